import type { components } from '../api/schema.d.ts';

export type AddressBookEntry = components['schemas']['AddressBookEntry'];

/** A limit of the API: PutAddressBookEntry in docs/openapi.json. */
export const noteBytesMax = 256;

export const folded = (text: string): string => text.normalize('NFC').toLowerCase();

/** Whether the name, the note, or the ID of an entry contains the text, in any case. */
export const isFoundBy = (text: string, { principalId, name, note = '' }: AddressBookEntry): boolean =>
  [principalId, name, note].some((one) => folded(one).includes(folded(text)));
