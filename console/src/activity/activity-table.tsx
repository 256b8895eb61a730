import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNameOf } from '../address-book/use-address-book.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { LoadError } from '../components/load-error.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { NamedImage } from '../components/named-image.tsx';
import { type Column, useTableLayout } from '../components/use-table-layout.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { refOf, useVisibleImages } from '../images/use-visible-images.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { recordColumns } from './record-columns.tsx';
import { type ImageRecord, type RecordRow, recordRow } from './record-row.ts';
import { recordTexts } from './record-texts.ts';
import { activityTexts } from './texts.ts';

interface ActivityTableProps {
  readonly pages: UseInfiniteQueryResult<readonly ImageRecord[]>;
  readonly isFiltered: boolean;
  readonly onClearFilters: () => void;
  readonly onRefresh: () => void;
  readonly filter: React.ReactNode;
  /** Buttons in the table header. */
  readonly actions: React.ReactNode;
}

/** More recipients of one change aren't shown in the table. */
const idsShownMax = 5;

const shownColumns = { wide: ['when', 'what', 'image', 'region', 'about', 'who', 'from'], narrow: ['what', 'image'] };

export function ActivityTable({ pages, isFiltered, onClearFilters, onRefresh, filter, actions }: ActivityTableProps) {
  const common = useTexts(commonTexts);
  const texts = useTexts(activityTexts);
  const records = useRegionTexts(recordTexts);
  const { region, account, principal } = useWorkspace();
  const { data, error, isFetching, isLoading, isPlaceholderData, hasNextPage } = pages;
  const nameOf = useNameOf();
  const deleted = new Set((data ?? []).filter(({ action }) => action === 'DeleteImage').map(refOf));
  const images = useVisibleImages((data ?? []).filter((record) => !deleted.has(refOf(record))));
  const rows = useMemo(
    () => (data ?? []).map((record) => recordRow(record, principal, { records, common, nameOf }, idsShownMax)),
    [data, principal, records, common, nameOf],
  );
  const columns = useMemo((): readonly Column<RecordRow>[] => {
    const { first, last } = recordColumns(records, common.noValue);
    const all: readonly Column<RecordRow>[] = [
      ...first,
      {
        id: 'image',
        header: texts.image,
        cell: (row) => <NamedImage region={row.region} imageId={row.imageId} name={images.get(refOf(row))?.name} />,
        width: 190,
        minWidth: 150,
      },
      { id: 'region', header: texts.region, cell: (row) => row.region, width: 140, minWidth: 120 },
      ...last,
    ];
    return all.map(({ sortingField: _, ...column }) => column);
  }, [records, common, texts, images]);
  const layout = useTableLayout('activity', columns, shownColumns);
  return (
    <SpaceBetween size="m">
      <LoadError query={pages} />
      <Table<RecordRow>
        {...layout}
        items={rows}
        trackBy="id"
        variant="full-page"
        stickyHeader
        loading={isLoading || (isPlaceholderData && rows.length === 0)}
        loadingText={isFiltered ? common.searching : common.loading}
        renderAriaLive={() => texts.count(rows.length)}
        ariaLabels={{ tableLabel: texts.title }}
        header={
          <Header
            variant="awsui-h1-sticky"
            {...(data !== undefined && !isPlaceholderData && { counter: `(${rows.length}${hasNextPage ? '+' : ''})` })}
            description={texts.about(region.principalKind, principal ?? account.accountId)}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={common.refresh} loading={isFetching} onClick={onRefresh} />
                {actions}
              </SpaceBetween>
            }
          >
            {texts.title}
          </Header>
        }
        filter={filter}
        empty={
          data === undefined && error !== null ? (
            <EmptyState title={texts.loadFailed} />
          ) : isFiltered ? (
            <EmptyState title={common.noMatches} text={common.noMatchesText(hasNextPage)}>
              <Button onClick={onClearFilters}>{common.clearFilters}</Button>
            </EmptyState>
          ) : (
            <EmptyState title={texts.none} text={texts.noneText} />
          )
        }
        footer={hasNextPage && !isPlaceholderData && <LoadMore pages={pages} />}
      />
    </SpaceBetween>
  );
}
