import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { readRecords, recordsQuery } from '../api/record-queries.ts';
import { CsvDownload } from '../components/csv-download.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useSearchChange } from '../frame/use-search-state.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ActivityFilterBar } from './activity-filter.tsx';
import { ActivityTable } from './activity-table.tsx';
import { type ActivityFilter, filterOfUrl, timesOf, urlParamsOf } from './filter.ts';
import { type ImageRecord, recordRow } from './record-row.ts';
import { recordTexts } from './record-texts.ts';
import { activityTexts } from './texts.ts';

/** Everything that happened to the images of the account or project, and to the shares that it received. */
export default function Activity() {
  const texts = useTexts(activityTexts);
  const common = useTexts(commonTexts);
  const records = useRegionTexts(recordTexts);
  const { api } = useSession();
  const { regions, region: here, account, principal, query } = useWorkspace();
  const [address] = useSearchParams();
  const changeSearch = useSearchChange();
  const [now, setNow] = useState(() => new Date());

  const regionNames = regions.filter(({ principalKind }) => principalKind === here.principalKind).map(({ region }) => region);
  const { actionNames } = records;
  const filter = filterOfUrl(address, { regions: regionNames, actions: Object.keys(actionNames) });
  // Without a region, the service lists the records of the account, or of the project that the query names.
  const requested = { ...query, ...filter.search, ...timesOf(filter.time, now) };
  const pages = useInfiniteQuery(recordsQuery(api, requested));

  const change = (changed: ActivityFilter) => {
    setNow(new Date());
    changeSearch(urlParamsOf(changed));
  };
  const csvRow = (record: ImageRecord): readonly string[] => {
    const { what, about, from } = recordRow(record, principal, { records, common });
    const { at, imageId, region: its, actor, action, requestId } = record;
    return [at, what, about, imageId, its, actor, from, action, requestId];
  };
  return (
    <ActivityTable
      pages={pages}
      isFiltered={Object.keys(filter.search).length > 0 || filter.time !== null}
      onClearFilters={() => change({ search: {}, time: null })}
      onRefresh={() => (filter.time?.type === 'relative' ? setNow(new Date()) : void pages.refetch())}
      filter={<ActivityFilterBar filter={filter} regions={regionNames} onChange={change} />}
      actions={
        <CsvDownload
          fileName={`activity-${principal ?? account.accountId}.csv`}
          header={[
            records.when,
            records.what,
            records.about,
            texts.imageId,
            texts.region,
            records.who,
            records.from,
            texts.action,
            records.requestId,
          ]}
          read={async (cursor, signal) => {
            const page = { ...requested, ...(cursor !== undefined && { cursor }) };
            const { entries, nextCursor } = await readRecords(api, page, signal);
            return { rows: entries.map(csvRow), nextCursor };
          }}
        />
      }
    />
  );
}
