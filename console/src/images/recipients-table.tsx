import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { PrincipalName } from '../address-book/principal-name.tsx';
import { useNameOf } from '../address-book/use-address-book.ts';
import type { Image, Share } from '../api/client.ts';
import { sharesQuery } from '../api/image-queries.ts';
import { keys } from '../api/keys.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { FilterRow } from '../components/filter-row.tsx';
import { formatTime } from '../components/format-time.ts';
import { LoadError } from '../components/load-error.tsx';
import { PageLink } from '../components/page-link.tsx';
import { useTableLayout } from '../components/use-table-layout.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useSearchState } from '../frame/use-search-state.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { EditExpirationDialog } from '../sharing/edit-expiration-dialog.tsx';
import { EditRecipientsDialog } from '../sharing/edit-recipients-dialog.tsx';
import { expirationTexts } from '../sharing/expiration-texts.ts';
import { ExpirationTime } from '../sharing/expiration-time.tsx';
import { byExpiration, expiresSoon } from '../sharing/expiring.ts';
import { ExpiringToggle, useExpiringOnly } from '../sharing/expiring-toggle.tsx';
import { StopSharingDialog } from '../sharing/stop-sharing-dialog.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { type DetailsTexts, detailsTexts } from './details-texts.ts';
import { isShareable } from './image-actions.tsx';
import { imagesTexts } from './texts.ts';

/** A recipient, or a planned one, which a copy job will share the image with. */
type Row = Pick<Share, 'recipient'> & Partial<Share> & { readonly copyJob?: { readonly region: string; readonly jobId: string } };
type Columns = readonly TableProps.ColumnDefinition<Row>[];

const isShared = (row: Row): row is Row & Share => row.copyJob === undefined;
const timeOf = (at: string | undefined): string => (at === undefined ? '-' : formatTime(at));

const columnsOf = (texts: DetailsTexts): Columns => [
  {
    id: 'recipient',
    header: texts.recipient,
    cell: ({ recipient, copyJob }) => (
      <>
        <PrincipalName id={recipient} isCopyable isLinked isEditable />
        {copyJob && (
          <div>
            <StatusIndicator type="pending">
              <PageLink to={`/copy-jobs/${copyJob.region}/${copyJob.jobId}`}>{texts.planned}</PageLink>
            </StatusIndicator>
          </div>
        )}
      </>
    ),
    sortingField: 'recipient',
    isRowHeader: true,
    minWidth: 180,
  },
  { id: 'since', header: texts.since, cell: ({ sharedAt }) => timeOf(sharedAt), sortingField: 'sharedAt', minWidth: 170 },
  {
    id: 'until',
    header: texts.until,
    cell: (row) => (isShared(row) ? <ExpirationTime expiresAt={row.expiresAt} /> : '-'),
    sortingComparator: byExpiration,
    minWidth: 190,
  },
  { id: 'by', header: texts.by, cell: ({ sharedBy = '-' }) => sharedBy, sortingField: 'sharedBy', minWidth: 140 },
  {
    id: 'lastUse',
    header: texts.lastUse,
    cell: (row) => (isShared(row) && row.lastUsedAt === undefined ? texts.neverUsed : timeOf(row.lastUsedAt)),
    sortingField: 'lastUsedAt',
    minWidth: 170,
  },
];

const shownColumns = { narrow: ['recipient', 'until'] };

export function RecipientsTable({ image, onShare }: { image: Image; onShare: () => void }) {
  const common = useTexts(commonTexts);
  const texts = useRegionTexts(detailsTexts);
  const names = useTexts(imagesTexts);
  const expiration = useTexts(expirationTexts);
  const { api } = useSession();
  const { query, region } = useWorkspace();
  const client = useQueryClient();
  const nameOf = useNameOf();
  const shares = useQuery(sharesQuery(api, image, query));
  const [open, setOpen] = useState<'stop' | 'edit' | 'expiration'>();
  const { shares: live = [], plannedShares } = shares.data ?? {};
  const planned = plannedShares?.recipients.map((recipient) => ({ recipient, copyJob: plannedShares.copyJob })) ?? [];
  const all: readonly Row[] = [...live, ...planned];
  const [searched, setSearched] = useSearchState('search');
  const [isExpiringOnly, setExpiringOnly] = useExpiringOnly();
  const canShare = isShareable(image, region);
  const shown = isExpiringOnly ? all.filter((share) => expiresSoon(share, new Date())) : all;
  const { items, collectionProps, filterProps, actions } = useCollection(shown, {
    filtering: {
      defaultFilteringText: searched,
      filteringFunction: ({ recipient, sharedBy = '' }, text) =>
        [nameOf(recipient), sharedBy].some((one) => one.toLowerCase().includes(text.toLowerCase())),
      empty: isExpiringOnly ? (
        <EmptyState title={expiration.noneExpiring} text={expiration.noneExpiringText}>
          <Button onClick={() => setExpiringOnly(false)}>{expiration.showAll}</Button>
        </EmptyState>
      ) : (
        <EmptyState title={texts.noRecipients} text={canShare ? texts.noRecipientsText : names.shareableOnly}>
          {canShare && <Button onClick={onShare}>{names.share(1)}</Button>}
        </EmptyState>
      ),
      noMatch: (
        <EmptyState title={common.noMatches} text={common.noMatchesText(false)}>
          <Button onClick={() => setSearched('')}>{common.clearFilters}</Button>
        </EmptyState>
      ),
    },
    sorting: {},
    selection: { trackBy: 'recipient' },
  });
  const { setFiltering } = actions;
  // biome-ignore lint/correctness/useExhaustiveDependencies: setFiltering is a new function in each render.
  useEffect(() => setFiltering(searched), [searched]);
  const selected = (collectionProps.selectedItems ?? []).map(({ recipient }) => recipient);
  const chosen = all.filter(({ recipient }) => selected.includes(recipient));
  const layout = useTableLayout('image-recipients', columnsOf(texts), shownColumns);
  const close = () => setOpen(undefined);
  return (
    <SpaceBetween size="m">
      <LoadError query={shares} />
      <Table<Row>
        {...layout}
        {...collectionProps}
        items={items}
        selectionType="multi"
        loading={shares.isLoading}
        loadingText={common.loading}
        ariaLabels={{
          tableLabel: texts.recipients,
          selectionGroupLabel: texts.recipients,
          allItemsSelectionLabel: () => texts.selectAllRecipients,
          itemSelectionLabel: (_, { recipient }) => texts.selectRecipient(recipient),
        }}
        header={
          <Header
            counter={`(${all.length})`}
            description={texts.recipientsText}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="refresh"
                  ariaLabel={texts.refreshRecipients}
                  onClick={() => void client.invalidateQueries({ queryKey: keys.image(image) })}
                />
                <Button disabled={chosen.length === 0} disabledReason={common.selectFirst} onClick={() => setOpen('stop')}>
                  {texts.stopSharing}
                </Button>
                <Button
                  disabled={!chosen.every(isShared) || chosen.length === 0}
                  disabledReason={chosen.length === 0 ? common.selectFirst : texts.notSharedYet}
                  onClick={() => setOpen('expiration')}
                >
                  {texts.editExpiration}
                </Button>
                <Button
                  disabled={shares.data === undefined || (all.length === 0 && !canShare)}
                  disabledReason={shares.data === undefined ? common.loading : names.shareableOnly}
                  onClick={() => setOpen('edit')}
                >
                  {texts.editRecipients}
                </Button>
              </SpaceBetween>
            }
          >
            {texts.recipients}
          </Header>
        }
        filter={
          <FilterRow
            search={
              <TextFilter
                {...filterProps}
                filteringText={searched}
                onChange={({ detail }) => setSearched(detail.filteringText)}
                filteringAriaLabel={texts.findRecipients}
                filteringPlaceholder={texts.findRecipients}
                countText={common.matches(items.length)}
              />
            }
          >
            <ExpiringToggle />
          </FilterRow>
        }
      />
      {open === 'stop' && (
        <StopSharingDialog image={image} recipients={chosen.map(({ recipient }) => recipient)} onClose={close} />
      )}
      {open === 'expiration' && <EditExpirationDialog image={image} shares={chosen.filter(isShared)} onClose={close} />}
      {open === 'edit' && <EditRecipientsDialog image={image} shares={live} onClose={close} />}
    </SpaceBetween>
  );
}
