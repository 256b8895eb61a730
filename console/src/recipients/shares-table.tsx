import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { PrincipalName } from '../address-book/principal-name.tsx';
import { useAddressBook, useNameOf } from '../address-book/use-address-book.ts';
import type { Schemas } from '../api/client.ts';
import { ownSharesQuery, readOwnShares } from '../api/share-queries.ts';
import { CsvDownload } from '../components/csv-download.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { formatTime } from '../components/format-time.ts';
import { ImageLink } from '../components/image-link.tsx';
import { LoadError } from '../components/load-error.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { PageLink } from '../components/page-link.tsx';
import { useTableLayout } from '../components/use-table-layout.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { ExpirationTime } from '../sharing/expiration-time.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ShareFilter } from './share-filter.tsx';
import { type RecipientsTexts, recipientsTexts } from './texts.ts';
import { useShareFilter } from './use-share-filter.ts';

type OwnShare = Schemas['OwnedShare'];
type Column = TableProps.ColumnDefinition<OwnShare>;

const sharesPerPage = 100;

const shownColumns = { narrow: ['image', 'recipient', 'until'] };

const imageColumn = (texts: RecipientsTexts): Column => ({
  id: 'image',
  header: texts.image,
  cell: ({ region, imageId, imageName }) => (
    <>
      <ImageLink region={region} imageId={imageId}>
        {imageName}
      </ImageLink>
      <div>
        <Box variant="small">{imageId}</Box>
      </div>
    </>
  ),
  isRowHeader: true,
  minWidth: 170,
});

const recipientColumn = (texts: RecipientsTexts): Column => ({
  id: 'recipient',
  header: texts.recipient,
  cell: ({ recipient }) => <PrincipalName id={recipient} isLinked isEditable />,
  minWidth: 170,
});

const detailColumns = (texts: RecipientsTexts): readonly Column[] => [
  { id: 'region', header: texts.region, cell: ({ region }) => region, minWidth: 130 },
  { id: 'since', header: texts.since, cell: ({ sharedAt }) => formatTime(sharedAt), minWidth: 170 },
  {
    id: 'until',
    header: texts.until,
    cell: ({ expiresAt }) => <ExpirationTime expiresAt={expiresAt} />,
    minWidth: 170,
  },
  {
    id: 'lastUse',
    header: texts.lastUse,
    cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? texts.neverUsed : formatTime(lastUsedAt)),
    minWidth: 170,
  },
  { id: 'by', header: texts.by, cell: ({ sharedBy }) => sharedBy, minWidth: 140 },
];

const csvRow = (share: OwnShare, name = ''): readonly string[] => [
  share.imageName,
  share.imageId,
  share.region,
  share.recipient,
  name,
  share.sharedAt,
  share.expiresAt ?? '',
  share.lastUsedAt ?? '',
  share.sharedBy,
];

interface SharesTableProps {
  /** Undefined: all recipients. */
  readonly recipient: string | undefined;
  /** An extra button in the table header. */
  readonly action?: React.ReactNode;
}

/** Shares of all images of the caller, in the order and with the filters of the service. */
export function SharesTable({ recipient, action }: SharesTableProps) {
  const texts = useTexts(recipientsTexts);
  const common = useTexts(commonTexts);
  const { api } = useSession();
  const book = useAddressBook();
  const nameOf = useNameOf();
  const { query, account, project } = useWorkspace();
  const { filter, regions, isFiltered, expiringBefore, unusedSince, change, clear } = useShareFilter();
  const requested = { ...query, ...expiringBefore, ...unusedSince, ...(recipient !== undefined && { recipient }) };
  const pages = useInfiniteQuery(ownSharesQuery(api, filter.region, requested));
  const { data, error, isFetching, isLoading, isPlaceholderData, hasNextPage } = pages;
  const columns = useMemo(
    () => [imageColumn(texts), ...(recipient === undefined ? [recipientColumn(texts)] : []), ...detailColumns(texts)],
    [texts, recipient],
  );
  const layout = useTableLayout(recipient === undefined ? 'shares' : 'recipient-shares', columns, shownColumns);
  const owners = [account.accountId, project ?? account.defaultProject, account.projects.length > 1] as const;
  const title = recipient === undefined ? texts.allShares : texts.sharedWith(nameOf(recipient));
  const rows = data ?? [];
  return (
    <SpaceBetween size="m">
      <LoadError query={pages} />
      <Table<OwnShare>
        {...layout}
        items={rows}
        trackBy={({ region, imageId, recipient: id }) => `${region} ${imageId} ${id}`}
        variant="full-page"
        stickyHeader
        loading={isLoading || (isPlaceholderData && rows.length === 0)}
        loadingText={isFiltered ? common.searching : common.loading}
        renderAriaLive={() => texts.shareCount(rows.length)}
        ariaLabels={{ tableLabel: title }}
        header={
          <Header
            variant="awsui-h1-sticky"
            {...(data !== undefined && !isPlaceholderData && { counter: `(${rows.length}${hasNextPage ? '+' : ''})` })}
            description={recipient === undefined ? texts.allSharesText(...owners) : texts.sharedWithText(...owners)}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={texts.refresh} loading={isFetching} onClick={() => void pages.refetch()} />
                <CsvDownload
                  fileName={`shares-${recipient ?? account.accountId}.csv`}
                  header={[
                    texts.image,
                    texts.imageId,
                    texts.region,
                    texts.recipientId,
                    texts.recipientName,
                    texts.since,
                    texts.until,
                    texts.lastUse,
                    texts.by,
                  ]}
                  read={async (cursor, signal) => {
                    const page = { ...requested, limit: sharesPerPage, ...(cursor !== undefined && { cursor }) };
                    const { entries, nextCursor } = await readOwnShares(api, filter.region, page, signal);
                    return { rows: entries.map((entry) => csvRow(entry, book.get(entry.recipient)?.name)), nextCursor };
                  }}
                />
                {action}
              </SpaceBetween>
            }
          >
            {title}
          </Header>
        }
        filter={<ShareFilter filter={filter} regions={regions} hasUse onChange={change} />}
        empty={
          data === undefined && error !== null ? (
            <EmptyState title={texts.sharesFailed} />
          ) : isFiltered ? (
            <EmptyState title={common.noMatches} text={common.noMatchesText(hasNextPage)}>
              <Button onClick={clear}>{common.clearFilters}</Button>
            </EmptyState>
          ) : (
            <EmptyState title={texts.noShares} text={texts.noSharesText(recipient && nameOf(recipient))}>
              <PageLink to="/images">{texts.viewImages}</PageLink>
            </EmptyState>
          )
        }
        footer={hasNextPage && !isPlaceholderData && <LoadMore pages={pages} />}
      />
    </SpaceBetween>
  );
}
