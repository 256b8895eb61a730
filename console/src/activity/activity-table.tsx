import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNameOf } from '../address-book/use-address-book.ts';
import type { Image } from '../api/client.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ImageLink } from '../components/image-link.tsx';
import { LoadError } from '../components/load-error.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { useTableLayout } from '../components/use-table-layout.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { recordColumns } from './record-columns.tsx';
import { type ImageRecord, type RecordRow, recordRow } from './record-row.ts';
import { recordTexts } from './record-texts.ts';
import { activityTexts } from './texts.ts';
import { refOf, useVisibleImages } from './use-visible-images.ts';

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

const shownColumns = { narrow: ['when', 'what', 'image'] };

export function ActivityTable({ pages, isFiltered, onClearFilters, onRefresh, filter, actions }: ActivityTableProps) {
  const common = useTexts(commonTexts);
  const texts = useTexts(activityTexts);
  const records = useRegionTexts(recordTexts);
  const { region, account, principal } = useWorkspace();
  const { data, error, isFetching, isLoading, isPlaceholderData, hasNextPage } = pages;
  const nameOf = useNameOf();
  const images = useVisibleImages(data ?? []);
  const rows = useMemo(
    () => (data ?? []).map((record) => recordRow(record, principal, { records, common, nameOf }, idsShownMax)),
    [data, principal, records, common, nameOf],
  );
  const columns = useMemo((): readonly TableProps.ColumnDefinition<RecordRow>[] => {
    const { first, last } = recordColumns(records, common.noValue);
    const all: readonly TableProps.ColumnDefinition<RecordRow>[] = [
      ...first,
      { id: 'image', header: texts.image, cell: (row) => <ImageCell row={row} image={images.get(refOf(row))} />, minWidth: 170 },
      { id: 'region', header: texts.region, cell: (row) => row.region, minWidth: 160 },
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

/** Links to the image if the caller can still see it. */
const ImageCell = ({ row: { region, imageId }, image }: { row: RecordRow; image: Image | undefined }) =>
  image === undefined ? (
    imageId
  ) : (
    <>
      <ImageLink region={region} imageId={imageId}>
        {image.name}
      </ImageLink>
      <div>
        <Box variant="small">{imageId}</Box>
      </div>
    </>
  );
