const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Formats a table in Markdown. */
export const tableOf = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headings, headings.map(() => '---'), ...rows].map(row).join('\n');
