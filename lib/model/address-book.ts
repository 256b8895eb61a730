import { lineOf } from './fields.ts';
import type { PrincipalId } from './ids.ts';
import { noteBytesMax } from './limits.ts';

/** Text about an entry of an address book. */
export const Note = lineOf(noteBytesMax);

/** What an account calls another account or project. The ID doesn't have to exist. */
export interface AddressBookEntry {
  readonly principalId: PrincipalId;
  readonly name: string;
  readonly note?: string;
}

/** Identifies an entry: whose address book it is in, and whom it is about. */
export interface AddressBookKey {
  readonly accountId: PrincipalId;
  readonly principalId: PrincipalId;
}
