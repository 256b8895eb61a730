import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { PrincipalName } from '../address-book/principal-name.tsx';
import { useAddressBook } from '../address-book/use-address-book.ts';
import type { Schemas } from '../api/client.ts';
import { readRecipients, recipientsQuery } from '../api/share-queries.ts';
import { CsvDownload } from '../components/csv-download.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { PageLink } from '../components/page-link.tsx';
import { ResourceList } from '../components/resource-list.tsx';
import { useSearchState } from '../frame/use-search-state.ts';
import { useHrefTo, useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { ExpirationTime } from '../sharing/expiration-time.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ShareFilter } from './share-filter.tsx';
import { StopDialog } from './stop-dialog.tsx';
import { type RecipientsTexts, recipientsTexts } from './texts.ts';
import { useShareFilter } from './use-share-filter.ts';

type Recipient = Schemas['Recipient'];

const recipientsPerPage = 100;

const columnsOf = (texts: RecipientsTexts, separator: string): TableProps.ColumnDefinition<Recipient>[] => [
  {
    id: 'recipient',
    header: texts.recipient,
    cell: ({ recipient }) => <PrincipalName id={recipient} isLinked isEditable />,
    sortingField: 'recipient',
    isRowHeader: true,
    minWidth: 170,
  },
  { id: 'images', header: texts.images, cell: ({ shareCount }) => shareCount, sortingField: 'shareCount', minWidth: 100 },
  { id: 'regions', header: texts.regions, cell: ({ regions }) => regions.join(separator), minWidth: 180 },
  {
    id: 'next',
    header: texts.nextExpiration,
    cell: ({ nextExpiresAt }) => <ExpirationTime expiresAt={nextExpiresAt} />,
    sortingField: 'nextExpiresAt',
    minWidth: 170,
  },
];

const shownColumns = { narrow: ['recipient', 'images'] };

/** Everyone that the caller's images are shared with. */
export default function Recipients() {
  const texts = useTexts(recipientsTexts);
  const common = useTexts(commonTexts);
  const { api } = useSession();
  const { query, account, project } = useWorkspace();
  const book = useAddressBook();
  const navigate = useNavigate();
  const hrefTo = useHrefTo();
  const { filter, regions, isFiltered, expiringBefore, change, clear } = useShareFilter();
  const [search] = useSearchState('search');
  const text = search.trim();
  const [stopped, setStopped] = useState<string>();
  const requested = { ...query, ...expiringBefore, ...(text !== '' && { search: text }) };
  const pages = useInfiniteQuery(recipientsQuery(api, filter.region, requested));
  const columns = useMemo(() => columnsOf(texts, common.listSeparator), [texts, common]);
  return (
    <>
      <ResourceList<Recipient>
        texts={texts}
        description={texts.about(account.accountId, project ?? account.defaultProject, account.projects.length > 1)}
        pages={pages}
        table="recipients"
        columns={columns}
        shownColumns={shownColumns}
        idOf={({ recipient }) => recipient}
        filter={<ShareFilter filter={filter} regions={regions} onChange={change} />}
        empty={
          isFiltered ? (
            <EmptyState title={common.noMatches} text={common.noMatchesText(false)}>
              <Button onClick={clear}>{common.clearFilters}</Button>
            </EmptyState>
          ) : (
            <EmptyState title={texts.none} text={texts.noneText}>
              <PageLink to="/images">{texts.viewImages}</PageLink>
            </EmptyState>
          )
        }
        actions={(selected) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              iconName="refresh"
              ariaLabel={texts.refresh}
              loading={pages.isFetching}
              onClick={() => void pages.refetch()}
            />
            <CsvDownload
              fileName={`recipients-${account.accountId}.csv`}
              header={[texts.recipientId, texts.recipientName, texts.images, texts.regions, texts.nextExpiration]}
              read={async (cursor, signal) => {
                const page = { ...requested, limit: recipientsPerPage, ...(cursor !== undefined && { cursor }) };
                const { entries, nextCursor } = await readRecipients(api, filter.region, page, signal);
                return { rows: entries.map((entry) => csvRow(entry, book.get(entry.recipient)?.name)), nextCursor };
              }}
            />
            <Button onClick={() => void navigate(hrefTo('/shares'))}>{texts.viewAll}</Button>
            <Button
              disabled={selected === undefined}
              disabledReason={common.selectFirst}
              onClick={() => setStopped(selected?.recipient)}
            >
              {texts.stop}
            </Button>
          </SpaceBetween>
        )}
      />
      {stopped !== undefined && <StopDialog recipient={stopped} onClose={() => setStopped(undefined)} />}
    </>
  );
}

const csvRow = ({ recipient, shareCount, regions, nextExpiresAt = '' }: Recipient, name = ''): readonly string[] => [
  recipient,
  name,
  String(shareCount),
  regions.join(' '),
  nextExpiresAt,
];
