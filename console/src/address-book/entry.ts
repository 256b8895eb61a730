import type { AddressBookEntry } from '../api/client.ts';

/** Limits of the API: PutAddressBookEntry in docs/openapi.json, and the rule account.address-book. */
export const noteBytesMax = 256;

const folded = (text: string): string => text.normalize('NFC').toLowerCase();

/** Whether the name, the note, or the ID of an entry contains the text, in any case. */
export const isFoundBy = (text: string, { principalId, name, note = '' }: AddressBookEntry): boolean =>
  [principalId, name, note].some((one) => folded(one).includes(folded(text)));
