import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import PropertyFilter from '@cloudscape-design/components/property-filter';
import Table from '@cloudscape-design/components/table';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Image } from '../api/client.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useColumnChoice } from './column-choice.ts';
import { ColumnPreferences } from './column-preferences.tsx';
import { columnsOf } from './image-columns.tsx';
import { filteringOptionsOf, filteringPropertiesOf, type ImageRow, rowOf } from './image-filter.ts';
import { imagesTexts } from './texts.ts';

interface ImageTableProps {
  readonly pages: UseInfiniteQueryResult<readonly Image[]>;
  readonly selected: readonly Image[];
  readonly onSelect: (imageIds: readonly string[]) => void;
  readonly actions: React.ReactNode;
  readonly onRegister: () => void;
}

/** Filters and sorts the loaded images only. */
export function ImageTable({ pages, selected, onSelect, actions, onRegister }: ImageTableProps) {
  const common = useTexts(commonTexts);
  const texts = useTexts(imagesTexts);
  const { region } = useWorkspace();
  const { data, hasNextPage } = pages;
  const columns = useMemo(() => columnsOf(texts, region.recipientsPerImageMax), [texts, region.recipientsPerImageMax]);
  const [choice, choose] = useColumnChoice(columns.map(({ id }) => id));
  const rows = useMemo(() => (data ?? []).map(rowOf), [data]);
  const filteringProperties = useMemo(() => filteringPropertiesOf(texts), [texts]);
  const filteringOptions = useMemo(() => filteringOptionsOf(rows, common.imageStates), [rows, common]);
  const {
    items,
    collectionProps,
    propertyFilterProps,
    actions: collection,
  } = useCollection(rows, {
    propertyFiltering: {
      filteringProperties,
      empty: (
        <EmptyState title={texts.noImages} text={texts.noImagesText}>
          <Button onClick={onRegister}>{texts.register}</Button>
        </EmptyState>
      ),
      noMatch: (
        <EmptyState title={common.noMatches} text={texts.noMatchesText(rows.length, hasNextPage)}>
          <Button onClick={() => collection.setPropertyFiltering({ tokens: [], operation: 'and' })}>{common.clearFilters}</Button>
        </EmptyState>
      ),
    },
    sorting: {},
  });
  const count = `${rows.length}${hasNextPage ? '+' : ''}`;
  return (
    <Table<ImageRow>
      {...collectionProps}
      items={items}
      trackBy="imageId"
      columnDefinitions={columns}
      columnDisplay={choice.contentDisplay}
      wrapLines={choice.wrapLines}
      resizableColumns={false}
      variant="full-page"
      stickyHeader
      selectionType="multi"
      selectedItems={rows.filter(({ imageId }) => selected.some((one) => one.imageId === imageId))}
      onSelectionChange={({ detail }) => onSelect(detail.selectedItems.map(({ imageId }) => imageId))}
      loading={pages.isLoading}
      loadingText={common.loading}
      ariaLabels={{
        tableLabel: texts.title,
        selectionGroupLabel: texts.selection,
        allItemsSelectionLabel: () => texts.selectAll,
        itemSelectionLabel: (_, { name }) => texts.selectOne(name),
      }}
      header={
        <Header
          variant="awsui-h1-sticky"
          counter={selected.length === 0 ? `(${count})` : `(${selected.length}/${count})`}
          description={texts.intro(region.recipientsPerImageMax, region.principalKind)}
          actions={actions}
        >
          {texts.title}
        </Header>
      }
      filter={
        <PropertyFilter
          {...propertyFilterProps}
          onChange={(event) => {
            // Filtered-out rows must not stay selected.
            onSelect([]);
            propertyFilterProps.onChange(event);
          }}
          filteringOptions={filteringOptions}
          filteringAriaLabel={texts.search}
          filteringPlaceholder={texts.search}
          countText={texts.matches(items.length)}
          expandToViewport
        />
      }
      preferences={<ColumnPreferences columns={columns} choice={choice} onChoose={choose} />}
      footer={hasNextPage && <LoadMore pages={pages} />}
    />
  );
}
