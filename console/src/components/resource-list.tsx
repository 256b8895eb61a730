import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchState } from '../frame/use-search-state.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { EmptyState } from './empty-state.tsx';
import { LoadError } from './load-error.tsx';
import { LoadMore } from './load-more.tsx';

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
  readonly pages: UseInfiniteQueryResult<readonly Entry[]>;
  readonly columns: readonly TableProps.ColumnDefinition<Entry>[];
  readonly idOf: (entry: Entry) => string;
  /** Whether an item matches the text in the search field. */
  readonly isMatch: (entry: Entry, text: string) => boolean;
  /** Whether `pages` are the matches in the whole list. Otherwise the search finds loaded items only. */
  readonly isSearchedByService?: boolean;
  readonly sortedBy: TableProps.SortingColumn<Entry>;
  readonly isDescending?: boolean;
  /** Buttons in the table header. */
  readonly actions: (selected: Entry | undefined) => React.ReactNode;
  /** An extra filter control next to the search field. */
  readonly filter?: React.ReactNode;
  /** An alert below the title. */
  readonly notice?: React.ReactNode;
}

/** A full-page table with single selection. Sorts the loaded items only. The text in the search field is in the URL. */
export function ResourceList<Entry>({
  texts,
  description,
  empty,
  pages,
  columns,
  idOf,
  isMatch,
  isSearchedByService = false,
  sortedBy,
  isDescending = false,
  actions,
  filter,
  notice,
}: ResourceList<Entry>) {
  const common = useTexts(commonTexts);
  const { data, error, isLoading, isPlaceholderData, hasNextPage } = pages;
  const [text, search] = useSearchState('search');
  const searched = text.trim();
  const found = useMemo(
    () => (data ?? []).filter((entry) => searched === '' || isMatch(entry, searched)),
    [data, searched, isMatch],
  );
  const { items, collectionProps } = useCollection(found, {
    sorting: {
      defaultState: { sortingColumn: sortedBy, isDescending },
    },
    selection: { trackBy: idOf },
  });
  // useCollection keeps the item as it was when selected; use the current one.
  const [chosen] = collectionProps.selectedItems ?? [];
  const selected = chosen && data?.find((one) => idOf(one) === idOf(chosen));
  const isSearched = searched !== '';
  const loaded = `${data?.length}${hasNextPage ? '+' : ''}`;
  const isKnown = data !== undefined && !isPlaceholderData;
  const count = isKnown ? `(${isSearched && !isSearchedByService ? `${found.length}/` : ''}${loaded})` : undefined;
  const matches = common.matches(found.length, isSearchedByService && hasNextPage);
  return (
    <SpaceBetween size="m">
      <LoadError query={pages} />
      <Table
        {...collectionProps}
        items={items}
        columnDefinitions={columns}
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
              {...(count !== undefined && { counter: count })}
              actions={actions(selected)}
            >
              {texts.title}
            </Header>
            {notice}
          </SpaceBetween>
        }
        filter={
          <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 20px' }}>
            <div style={{ flex: '1 1 220px', maxWidth: '650px' }}>
              <TextFilter
                filteringText={text}
                filteringAriaLabel={texts.search}
                filteringPlaceholder={texts.search}
                onChange={({ detail }) => search(detail.filteringText)}
                {...(isSearched && { countText: isKnown ? matches : error === null ? common.searching : '' })}
              />
            </div>
            {filter}
          </div>
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
    return isSearched && (isSearchedByService || (data?.length ?? 0) > 0) ? (
      <EmptyState title={common.noMatches} text={common.noMatchesText(hasNextPage)}>
        <Button onClick={() => search('')}>{common.clearFilters}</Button>
      </EmptyState>
    ) : (
      empty
    );
  }
}
