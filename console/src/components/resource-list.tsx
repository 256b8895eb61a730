import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useSearchState } from '../frame/use-search-state.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { EmptyState } from './empty-state.tsx';
import { FilterRow } from './filter-row.tsx';
import { LoadError } from './load-error.tsx';
import { LoadMore } from './load-more.tsx';
import { useSorting } from './use-sorting.ts';
import { type ShownColumns, useTableLayout } from './use-table-layout.tsx';

interface ResourceListTexts {
  readonly title: string;
  readonly search: string;
  readonly loadFailed: string;
  readonly count: (count: number) => string;
  readonly select: (name: string) => string;
  readonly selection: string;
}

interface ResourceList<Entry> {
  readonly texts: ResourceListTexts;
  /** Default: the time zone of the times. */
  readonly description?: string;
  /** Shown if the list has no items. */
  readonly empty: React.ReactNode;
  /** What the service finds for the text in the search field, which is the parameter `search` of the URL. */
  readonly pages: UseInfiniteQueryResult<readonly Entry[]>;
  /** Searches here instead. Only for lists that are loaded as a whole. */
  readonly isMatch?: (entry: Entry, text: string) => boolean;
  /** The column that the list is sorted by first. Default: the order of the service. */
  readonly sortedBy?: TableProps.SortingColumn<Entry>;
  /** The columns are remembered under this name. */
  readonly table: string;
  readonly columns: readonly TableProps.ColumnDefinition<Entry>[];
  readonly shownColumns?: ShownColumns;
  readonly idOf: (entry: Entry) => string;
  /** Buttons in the table header. */
  readonly actions: (selected: Entry | undefined) => React.ReactNode;
  /** An extra filter control next to the search field. */
  readonly filter?: React.ReactNode;
  /** An alert below the title. */
  readonly notice?: React.ReactNode;
}

/** A full-page table with single selection. */
export function ResourceList<Entry>({
  texts,
  description,
  empty,
  pages,
  table,
  columns,
  shownColumns,
  idOf,
  isMatch,
  sortedBy,
  actions,
  filter,
  notice,
}: ResourceList<Entry>) {
  const common = useTexts(commonTexts);
  const { data, error, isLoading, isPlaceholderData, hasNextPage } = pages;
  const [text, search] = useSearchState('search');
  const searched = text.trim();
  const isSearched = searched !== '';
  const found = useMemo(
    () => (isSearched && isMatch !== undefined ? (data ?? []).filter((entry) => isMatch(entry, searched)) : (data ?? [])),
    [data, isMatch, isSearched, searched],
  );
  const { items, sorting } = useSorting(found, hasNextPage, sortedBy);
  const layout = useTableLayout(table, columns, shownColumns);
  const [selectedId, setSelectedId] = useState<string>();
  const selected = items.find((one) => idOf(one) === selectedId);
  const isKnown = data !== undefined && !isPlaceholderData;
  const count = `${items.length}${hasNextPage ? '+' : ''}`;
  return (
    <SpaceBetween size="m">
      <LoadError query={pages} />
      <Table
        {...layout}
        {...sorting}
        trackBy={idOf}
        selectedItems={selected === undefined ? [] : [selected]}
        onSelectionChange={({ detail: { selectedItems } }) => setSelectedId(selectedItems[0] && idOf(selectedItems[0]))}
        items={items}
        variant="full-page"
        stickyHeader={notice === undefined}
        selectionType="single"
        loading={isLoading || (isPlaceholderData && items.length === 0)}
        loadingText={isSearched ? common.searching : common.loading}
        renderAriaLive={({ totalItemsCount = items.length }) => texts.count(totalItemsCount)}
        ariaLabels={{
          tableLabel: texts.title,
          selectionGroupLabel: texts.selection,
          itemSelectionLabel: (_, entry) => texts.select(idOf(entry)),
        }}
        header={
          <SpaceBetween size="m">
            <Header
              variant="awsui-h1-sticky"
              description={description ?? common.timesText}
              {...(isKnown && { counter: `(${count})` })}
              actions={actions(selected)}
            >
              {texts.title}
            </Header>
            {notice}
          </SpaceBetween>
        }
        filter={
          <FilterRow
            search={
              <TextFilter
                filteringText={text}
                filteringAriaLabel={texts.search}
                filteringPlaceholder={texts.search}
                onChange={({ detail }) => search(detail.filteringText)}
                {...(isSearched && {
                  countText: isKnown ? common.matches(items.length, hasNextPage) : error === null ? common.searching : '',
                })}
              />
            }
          >
            {filter}
          </FilterRow>
        }
        empty={emptyState()}
        footer={hasNextPage && !isPlaceholderData && <LoadMore pages={pages} />}
      />
    </SpaceBetween>
  );

  function emptyState(): React.ReactNode {
    if (data === undefined && error !== null) {
      return <EmptyState title={texts.loadFailed} />;
    }
    return isSearched ? (
      <EmptyState title={common.noMatches} text={common.noMatchesText(hasNextPage)}>
        <Button onClick={() => search('')}>{common.clearFilters}</Button>
      </EmptyState>
    ) : (
      empty
    );
  }
}
