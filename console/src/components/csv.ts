/** What spreadsheets take for the start of a formula. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

const cellOf = (text: string): string => {
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Comma-separated values (RFC 4180). No cell runs as a formula: those that would start with an apostrophe. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');

/** Parses the values of a file that `csvOf` or a spreadsheet wrote. Skips empty lines. */
export function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  // Each match is a cell, quoted or not, and the separator after it.
  const cells = text.replace(/^\uFEFF/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|\r|$)/g);
  for (const [, quoted, plain = '', separator = ''] of cells) {
    const cell = quoted?.replaceAll('""', '"') ?? plain;
    rows.at(-1)?.push(cell.startsWith("'") && formulaStart.test(cell.slice(1)) ? cell.slice(1) : cell);
    if (separator === '') {
      break;
    }
    if (separator !== ',') {
      rows.push([]);
    }
  }
  return rows.filter((row) => row.some((cell) => cell.trim() !== ''));
}
