import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { Pages } from '../api/use-pages.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { EmptyState } from './empty-state.tsx';
import { LoadError } from './load-error.tsx';
import { LoadMore } from './load-more.tsx';

/** What a list says of itself. */
interface ResourceListTexts {
  readonly title: string;
  readonly search: string;
  readonly empty: string;
  readonly loadFailed: string;
  readonly count: (count: number) => string;
  readonly select: (name: string) => string;
  readonly selection: string;
}

interface ResourceList<Entry> {
  readonly texts: ResourceListTexts;
  readonly pages: Pages<Entry>;
  readonly columns: readonly TableProps.ColumnDefinition<Entry>[];
  readonly idOf: (entry: Entry) => string;
  /** What the search looks in. */
  readonly wordsOf: (entry: Entry) => readonly string[];
  readonly sortedBy: TableProps.SortingColumn<Entry>;
  readonly isDescending?: boolean;
  /** The buttons beside the title; they act on the entry that is selected. */
  readonly actions: (selected: Entry | undefined) => React.ReactNode;
  /** What narrows the list beside the search. */
  readonly filter?: React.ReactNode;
  /** What is said below the title. */
  readonly notice?: React.ReactNode;
}

/** A page's list, of which one entry may be selected: searched and sorted within what is loaded. */
export function ResourceList<Entry>({
  texts,
  pages,
  columns,
  idOf,
  wordsOf,
  sortedBy,
  isDescending = false,
  actions,
  filter,
  notice,
}: ResourceList<Entry>) {
  const common = useTexts(commonTexts);
  const { data, problem, isLoading, hasMore } = pages;
  const {
    items,
    collectionProps,
    filterProps,
    filteredItemsCount,
    actions: collection,
  } = useCollection(data ?? [], {
    filtering: {
      filteringFunction: (entry, text) => wordsOf(entry).some((word) => word.toLowerCase().includes(text.trim().toLowerCase())),
    },
    sorting: {
      defaultState: { sortingColumn: sortedBy, isDescending },
    },
    selection: { trackBy: idOf },
  });
  // The selection keeps an entry as it was when it was chosen.
  const [chosen] = collectionProps.selectedItems ?? [];
  const selected = chosen && data?.find((one) => idOf(one) === idOf(chosen));
  const isSearched = filterProps.filteringText !== '';
  const count =
    data === undefined ? undefined : `(${isSearched ? `${filteredItemsCount}/` : ''}${data.length}${hasMore ? '+' : ''})`;
  return (
    <SpaceBetween size="m">
      <LoadError called={pages} />
      <Table
        {...collectionProps}
        items={items}
        columnDefinitions={columns}
        variant="full-page"
        stickyHeader={notice === undefined}
        selectionType="single"
        loading={isLoading && data === undefined}
        loadingText={common.loading}
        renderAriaLive={({ totalItemsCount = items.length }) => texts.count(totalItemsCount)}
        ariaLabels={{
          tableLabel: texts.title,
          selectionGroupLabel: texts.selection,
          itemSelectionLabel: (_, entry) => texts.select(idOf(entry)),
        }}
        header={
          <SpaceBetween size="m">
            <Header variant="awsui-h1-sticky" {...(count !== undefined && { counter: count })} actions={actions(selected)}>
              {texts.title}
            </Header>
            {notice}
          </SpaceBetween>
        }
        filter={
          <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 20px' }}>
            <div style={{ flex: '1 1 220px', maxWidth: '650px' }}>
              <TextFilter
                {...filterProps}
                filteringAriaLabel={texts.search}
                filteringPlaceholder={texts.search}
                {...(isSearched && { countText: texts.count(filteredItemsCount ?? 0) })}
              />
            </div>
            {filter}
          </div>
        }
        empty={
          <EmptyState title={whatIsMissing()}>
            {isSearched && <Button onClick={() => collection.setFiltering('')}>{common.clearFilters}</Button>}
          </EmptyState>
        }
        footer={hasMore && <LoadMore pages={pages} />}
      />
    </SpaceBetween>
  );

  function whatIsMissing(): string {
    if (data === undefined && problem !== undefined) {
      return texts.loadFailed;
    }
    return isSearched && (data?.length ?? 0) > 0 ? common.noMatches : texts.empty;
  }
}
