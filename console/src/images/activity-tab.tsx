import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ActivityFilterBar } from '../activity/activity-filter.tsx';
import { type ActivityFilter, filterOfUrl, noActivityFilter, timesOf, urlParamsOf } from '../activity/filter.ts';
import { recordColumns } from '../activity/record-columns.tsx';
import { recordRow } from '../activity/record-row.ts';
import { recordTexts } from '../activity/record-texts.ts';
import { useNameOf } from '../address-book/use-address-book.ts';
import type { Image } from '../api/client.ts';
import { imageRecordsQuery } from '../api/record-queries.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useSearchChange } from '../frame/use-search-state.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { detailsTexts } from './details-texts.ts';
import { SearchTable } from './search-table.tsx';

const shownColumns = { wide: ['when', 'what', 'about', 'who', 'from'], narrow: ['what', 'about'] };
const aboutWidth = 480;

export function ActivityTab({ image }: { image: Image }) {
  const texts = useRegionTexts(detailsTexts);
  const records = useRegionTexts(recordTexts);
  const common = useTexts(commonTexts);
  const { api } = useSession();
  const { query, principal } = useWorkspace();
  const nameOf = useNameOf();
  const [address] = useSearchParams();
  const changeSearch = useSearchChange();
  const [now, setNow] = useState(() => new Date());
  const { time, search } = filterOfUrl(address, { regions: [], actions: Object.keys(records.actionNames) });
  const { imageId: _, ...others } = search;
  const filter: ActivityFilter = { search: others, time };
  const change = (changed: ActivityFilter) => {
    setNow(new Date());
    changeSearch(urlParamsOf(changed));
  };
  const pages = useInfiniteQuery(imageRecordsQuery(api, image, { ...query, ...filter.search, ...timesOf(filter.time, now) }));
  const rows = useMemo(
    () => (pages.data ?? []).map((record) => recordRow(record, principal, { records, common, nameOf })),
    [pages.data, principal, records, common, nameOf],
  );
  const columns = useMemo(() => {
    const { first, last } = recordColumns(records, common.noValue);
    // The columns of the image and its region aren't here, so there is more room.
    return [...first, ...last.map((column) => (column.id === 'about' ? { ...column, width: aboutWidth } : column))];
  }, [records, common]);
  return (
    <SearchTable
      pages={pages}
      entries={rows}
      table="image-activity"
      columns={columns}
      shownColumns={shownColumns}
      trackBy="id"
      title={texts.activity}
      text={texts.activityText}
      empty={<EmptyState title={texts.noActivity} text={texts.noActivityText} />}
      filter={<ActivityFilterBar filter={filter} onChange={change} />}
      isFiltered={Object.keys(others).length > 0 || time !== null}
      onClearFilter={() => change(noActivityFilter)}
      refresh={texts.refreshActivity}
    />
  );
}
