import { useCollection } from '@cloudscape-design/collection-hooks';
import type { TableProps } from '@cloudscape-design/components/table';

/** Sorts a list by the column that the user chooses. To sort only the loaded items would mislead, so it needs all of them. */
export function useSorting<Entry>(entries: readonly Entry[], hasMore: boolean, sortedBy?: TableProps.SortingColumn<Entry>) {
  const { items, collectionProps } = useCollection(entries, {
    sorting: sortedBy === undefined ? {} : { defaultState: { sortingColumn: sortedBy } },
  });
  const { sortingColumn, sortingDescending, onSortingChange } = collectionProps;
  return hasMore
    ? { items: entries, sorting: { sortingDisabled: true } }
    : {
        items,
        sorting: {
          ...(sortingColumn !== undefined && { sortingColumn }),
          ...(sortingDescending !== undefined && { sortingDescending }),
          ...(onSortingChange !== undefined && { onSortingChange }),
        },
      };
}
