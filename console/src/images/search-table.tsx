import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { EmptyState } from '../components/empty-state.tsx';
import { LoadError } from '../components/load-error.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { useSearchState } from '../frame/use-search-state.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

interface SearchTableProps<Entry> {
  readonly pages: UseInfiniteQueryResult<readonly unknown[]>;
  /** The entries of `pages`, as they are shown. */
  readonly entries: readonly Entry[];
  readonly columns: readonly TableProps.ColumnDefinition<Entry>[];
  readonly trackBy: keyof Entry & string;
  readonly title: string;
  readonly text: string;
  readonly empty: React.ReactNode;
  readonly search: string;
  readonly refresh: string;
  /** Buttons in the table header. */
  readonly actions?: React.ReactNode;
}

/** A table without selection. Filters and sorts the loaded items only. The text in the search field is in the URL. */
export function SearchTable<Entry>({
  pages,
  entries,
  columns,
  trackBy,
  title,
  text,
  empty,
  search,
  refresh,
  actions: buttons,
}: SearchTableProps<Entry>) {
  const common = useTexts(commonTexts);
  const [searched, setSearched] = useSearchState('search');
  const { items, collectionProps, filterProps, actions } = useCollection(entries, {
    filtering: {
      defaultFilteringText: searched,
      empty,
      noMatch: (
        <EmptyState title={common.noMatches} text={common.noMatchesText(pages.hasNextPage)}>
          <Button onClick={() => setSearched('')}>{common.clearFilters}</Button>
        </EmptyState>
      ),
    },
    sorting: {},
  });
  const { setFiltering } = actions;
  // biome-ignore lint/correctness/useExhaustiveDependencies: setFiltering is a new function in each render.
  useEffect(() => setFiltering(searched), [searched]);
  return (
    <SpaceBetween size="m">
      <LoadError query={pages} />
      <Table<Entry>
        {...collectionProps}
        items={items}
        trackBy={trackBy}
        columnDefinitions={columns}
        wrapLines
        loading={pages.isLoading}
        loadingText={common.loading}
        ariaLabels={{ tableLabel: title }}
        header={
          <Header
            counter={`(${entries.length}${pages.hasNextPage ? '+' : ''})`}
            description={text}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={refresh} onClick={() => void pages.refetch()} />
                {buttons}
              </SpaceBetween>
            }
          >
            {title}
          </Header>
        }
        filter={
          <TextFilter
            {...filterProps}
            filteringText={searched}
            onChange={({ detail }) => setSearched(detail.filteringText)}
            filteringAriaLabel={search}
            filteringPlaceholder={search}
            countText={common.matches(items.length)}
          />
        }
        footer={pages.hasNextPage && <LoadMore pages={pages} />}
      />
    </SpaceBetween>
  );
}
