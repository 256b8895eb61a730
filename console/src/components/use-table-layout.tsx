import type { TableProps } from '@cloudscape-design/components/table';
import { useColumnChoice } from './column-choice.ts';
import { ColumnPreferences } from './column-preferences.tsx';
import { useIsNarrow } from './use-is-narrow.ts';

export type Column<Entry> = TableProps.ColumnDefinition<Entry> & {
  /** Used on narrow screens, for a cell that also has the content of a column which doesn't fit there. */
  readonly narrowCell?: TableProps.ColumnDefinition<Entry>['cell'];
};

/** The columns of a table that are shown until the user chooses others. Default: all. */
export interface ShownColumns {
  readonly wide?: readonly string[];
  readonly narrow?: readonly string[];
}

/**
 * Table properties for columns that the user can choose and resize, remembered for each `table`.
 * Narrow screens have a choice of their own, and no room to resize columns.
 */
export function useTableLayout<Entry>(table: string, columns: readonly Column<Entry>[], shown: ShownColumns = {}) {
  const isNarrow = useIsNarrow();
  const withIds = columns.map((column) => ({ ...column, id: column.id ?? '' }));
  const ids = withIds.map(({ id }) => id);
  const first = (isNarrow ? shown.narrow : shown.wide) ?? ids;
  const [choice, choose] = useColumnChoice(isNarrow ? `${table}-narrow` : table, ids, first);
  return {
    columnDefinitions: withIds.map(
      ({ minWidth = 0, width, narrowCell, ...column }): TableProps.ColumnDefinition<Entry> & { readonly id: string } => {
        const shownWidth = choice.widths[column.id] ?? width;
        return isNarrow
          ? { ...column, cell: narrowCell ?? column.cell }
          : { ...column, minWidth, ...(shownWidth !== undefined && { width: shownWidth }) };
      },
    ),
    columnDisplay: choice.contentDisplay,
    wrapLines: choice.wrapLines,
    resizableColumns: !isNarrow,
    onColumnWidthsChange: ({ detail }: { readonly detail: TableProps.ColumnWidthsChangeDetail }) =>
      choose({ widths: Object.fromEntries(ids.map((id, index) => [id, detail.widths[index] ?? 0])) }),
    preferences: <ColumnPreferences columns={withIds} choice={choice} onChoose={choose} />,
  };
}
