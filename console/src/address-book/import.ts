import { rowsOf } from '../components/csv.ts';
import { isName, isWithin } from '../components/name-limits.ts';
import { formProblemOf } from '../sharing/recipient-ids.ts';
import { type AddressBookEntry, noteBytesMax } from './entry.ts';

type RowProblem = 'id' | 'name' | 'note';

/** What importing a file means. */
export interface Import {
  readonly added: readonly AddressBookEntry[];
  readonly changed: readonly AddressBookEntry[];
  readonly unchanged: number;
  /** Rows that can't be imported, by their number without empty rows. */
  readonly problems: readonly { readonly row: number; readonly problem: RowProblem }[];
}

const problemOf = ({ principalId, name, note = '' }: AddressBookEntry): RowProblem | undefined =>
  formProblemOf(principalId) !== undefined ? 'id' : !isName(name) ? 'name' : !isWithin(note, noteBytesMax) ? 'note' : undefined;

/** Reads rows of ID, name, and note. The first row can be a header. If an ID is repeated, its last row counts. */
export function importOf(text: string, book: ReadonlyMap<string, AddressBookEntry>): Import {
  const rows = rowsOf(text).map(([id = '', name = '', note = ''], index) => {
    const entry = { principalId: id.trim(), name: name.trim(), ...(note.trim() !== '' && { note: note.trim() }) };
    return { entry, row: index + 1, problem: problemOf(entry) };
  });
  const content = rows[0]?.problem === 'id' ? rows.slice(1) : rows;
  const entries = [
    ...new Map(
      content.flatMap(({ entry, problem }) => (problem === undefined ? [[entry.principalId, entry] as const] : [])),
    ).values(),
  ];
  const isSame = ({ principalId, name, note }: AddressBookEntry): boolean => {
    const current = book.get(principalId);
    return current?.name === name.normalize('NFC') && current.note === note?.normalize('NFC');
  };
  return {
    added: entries.filter(({ principalId }) => !book.has(principalId)),
    changed: entries.filter((entry) => book.has(entry.principalId) && !isSame(entry)),
    unchanged: entries.filter(isSame).length,
    problems: content.flatMap(({ row, problem }) => (problem === undefined ? [] : [{ row, problem }])),
  };
}
