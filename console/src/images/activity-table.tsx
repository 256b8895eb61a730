import type { TableProps } from '@cloudscape-design/components/table';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Image, Schemas } from '../api/client.ts';
import { recordsQuery } from '../api/queries.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { formatTime } from '../components/format-time.ts';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { type DetailsTexts, detailsTexts } from './details-texts.ts';
import { SearchTable } from './search-table.tsx';

/** The actor of changes that nobody requested, such as expirations. */
const serviceActor = 'service';
/** The actor of changes that the compute platform reports. */
const computeActor = 'compute';

/** An actor is `ACCOUNT` or `ACCOUNT/SUBJECT`. Only the owner and recipients can stop sharing, and only the owner sees records. */
const accountOf = (actor: string): string | undefined => actor.split('/')[0];

type ImageRecord = Schemas['Record'];

function aboutOf(
  { recipients = [], added, rescheduled = [], state, source }: ImageRecord,
  texts: DetailsTexts,
  { imageStates, listSeparator: separator }: (typeof commonTexts)['en'],
): string {
  const removed = recipients.filter((one) => added !== undefined && !added.includes(one) && !rescheduled.includes(one));
  return [
    added === undefined
      ? recipients.join(separator)
      : texts.changes(added.join(separator), removed.join(separator), rescheduled.join(separator)),
    state && imageStates[state],
    source && texts.sourceImage(source.imageId, source.region),
  ]
    .filter(Boolean)
    .join(' ');
}

export function ActivityTable({ image }: { image: Image }) {
  const texts = useRegionTexts(detailsTexts);
  const common = useTexts(commonTexts);
  const { noValue } = common;
  const { api } = useSession();
  const { query, account } = useWorkspace();
  const { accountId } = account;
  const pages = useInfiniteQuery(recordsQuery(api, image, query));
  const columns = useMemo(
    (): readonly TableProps.ColumnDefinition<ImageRecord>[] => [
      { id: 'when', header: texts.when, cell: ({ at }) => formatTime(at), sortingField: 'at', minWidth: 170 },
      {
        id: 'who',
        header: texts.who,
        cell: ({ actor }) => (actor === serviceActor ? texts.service : actor === computeActor ? texts.compute : actor),
        sortingField: 'actor',
        minWidth: 140,
      },
      {
        id: 'what',
        header: texts.what,
        cell: ({ action, actor }) =>
          action === 'CancelImageShares' && accountOf(actor) !== accountId
            ? texts.recipientLeft
            : (texts.actionNames[action] ?? action),
        sortingField: 'action',
        isRowHeader: true,
        minWidth: 160,
      },
      { id: 'about', header: texts.about, cell: (record) => aboutOf(record, texts, common), minWidth: 220 },
      { id: 'from', header: texts.from, cell: ({ from }) => from ?? noValue, sortingField: 'from', minWidth: 130 },
      { id: 'requestId', header: texts.requestId, cell: ({ requestId }) => requestId, minWidth: 180 },
    ],
    [texts, common, noValue, accountId],
  );
  return (
    <SearchTable
      pages={pages}
      columns={columns}
      trackBy="id"
      title={texts.activity}
      text={texts.activityText}
      empty={<EmptyState title={texts.noActivity} text={texts.noActivityText} />}
      search={texts.findEvents}
      refresh={texts.refreshActivity}
    />
  );
}
