import { useMemo } from 'react';
import { idsIn } from '../sharing/recipient-ids.ts';
import { folded } from './entry.ts';
import { useAddressBook } from './use-address-book.ts';

/** What users can type instead of IDs. */
export function useNames() {
  const book = useAddressBook();
  return useMemo(() => {
    const entries = [...book.values()].map((entry) => ({ ...entry, folded: folded(entry.name) }));
    /** The ID of the only entry with this name. */
    const idOf = (name: string): string | undefined => {
      const found = entries.filter((one) => one.folded === folded(name.trim()));
      return found.length === 1 ? found[0]?.principalId : undefined;
    };
    return {
      idOf,
      /** The IDs in a text, or the ID of the name that the text is. */
      idsIn(text: string): readonly string[] {
        const id = idOf(text);
        return id === undefined ? idsIn(text) : [id];
      },
      /** Whether a line is a part of a name that has spaces, so that it isn't a list of IDs. */
      isPartOfName: (line: string): boolean =>
        line.trim() !== '' && !line.includes('\n') && entries.some((one) => one.folded.includes(folded(line.trimStart()))),
    };
  }, [book]);
}
