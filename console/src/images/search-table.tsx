import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { EmptyState } from '../components/empty-state.tsx';
import { LoadError } from '../components/load-error.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { useSorting } from '../components/use-sorting.ts';
import { type ShownColumns, useTableLayout } from '../components/use-table-layout.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

interface SearchTableProps<Entry> {
  readonly pages: UseInfiniteQueryResult<readonly unknown[]>;
  /** The entries of `pages`, as they are shown. */
  readonly entries: readonly Entry[];
  /** The columns are remembered under this name. */
  readonly table: string;
  readonly columns: readonly TableProps.ColumnDefinition<Entry>[];
  readonly shownColumns?: ShownColumns;
  readonly trackBy: keyof Entry & string;
  readonly title: string;
  readonly text: string;
  readonly empty: React.ReactNode;
  /** The filter that `pages` match. */
  readonly filter: React.ReactNode;
  readonly isFiltered: boolean;
  readonly onClearFilter: () => void;
  readonly refresh: string;
  /** Buttons in the table header. */
  readonly actions?: React.ReactNode;
}

/** A table without selection. */
export function SearchTable<Entry>({
  pages,
  entries,
  table,
  columns,
  shownColumns,
  trackBy,
  title,
  text,
  empty,
  filter,
  isFiltered,
  onClearFilter,
  refresh,
  actions: buttons,
}: SearchTableProps<Entry>) {
  const common = useTexts(commonTexts);
  const { isLoading, isPlaceholderData, hasNextPage } = pages;
  const layout = useTableLayout(table, columns, shownColumns);
  const { items, sorting } = useSorting(entries, hasNextPage);
  return (
    <SpaceBetween size="m">
      <LoadError query={pages} />
      <Table<Entry>
        {...layout}
        {...sorting}
        items={items}
        trackBy={trackBy}
        loading={isLoading || (isPlaceholderData && items.length === 0)}
        loadingText={isFiltered ? common.searching : common.loading}
        ariaLabels={{ tableLabel: title }}
        header={
          <Header
            counter={`(${entries.length}${hasNextPage ? '+' : ''})`}
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
        filter={filter}
        empty={
          isFiltered ? (
            <EmptyState title={common.noMatches} text={common.noMatchesText(hasNextPage)}>
              <Button onClick={onClearFilter}>{common.clearFilters}</Button>
            </EmptyState>
          ) : (
            empty
          )
        }
        footer={hasNextPage && !isPlaceholderData && <LoadMore pages={pages} />}
      />
    </SpaceBetween>
  );
}
