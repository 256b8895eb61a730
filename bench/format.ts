/** Results as text for the terminal and as Markdown. */
import type { Cell, Goal, Table } from './part.ts';
import { isMet } from './part.ts';

/** Formats a number with three digits that count, or all digits of an integer. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

const formatCell = (cell: Cell): string => (cell === undefined ? '–' : typeof cell === 'number' ? formatNumber(cell) : cell);

export function textTable({ title, columns, rows, note }: Table): string {
  const texts = [columns, ...rows.map((row) => row.map(formatCell))];
  const widths = columns.map((_, index) => Math.max(...texts.map((row) => (row[index] ?? '').length)));
  const isNumeric = numericColumns(columns, rows);
  const lines = texts.map((row) =>
    row
      .map((text, index) => (isNumeric[index] ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return [title, ...lines, ...(note === undefined ? [] : [note])].join('\n');
}

export function markdownTable({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  const isNumeric = numericColumns(columns, rows);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map((_, index) => (isNumeric[index] ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(formatCell))),
  ].join('\n');
}

const numericColumns = (columns: readonly string[], rows: Table['rows']): boolean[] =>
  columns.map((_, index) => rows.some((row) => typeof row[index] === 'number'));

/** The goals as a table. */
export const goalsTable = (goals: readonly Goal[]): Table => ({
  name: 'goals',
  title: 'Goals',
  columns: ['figure', 'measured', 'goal', 'unit', 'met'],
  rows: goals.map((goal) => [
    goal.what,
    goal.measured,
    goal.atMost !== undefined ? `at most ${formatNumber(goal.atMost)}` : `at least ${formatNumber(goal.atLeast ?? 0)}`,
    goal.unit,
    isMet(goal) ? 'yes' : 'no',
  ]),
});
