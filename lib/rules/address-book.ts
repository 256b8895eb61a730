import type { AddressBookEntry, AddressBookKey } from '../model/address-book.ts';
import type { PrincipalId } from '../model/ids.ts';
import { addressBookEntriesMax } from '../model/limits.ts';
import type { Plan } from '../model/plan.ts';
import type { Account } from '../model/principal.ts';
import { isFoundIn } from './image-list.ts';
import { requireOpenAccount } from './principals.ts';
import { refusal } from './rule.ts';

interface EntryFacts {
  readonly account: Account | undefined;
  /** The current entry for the ID. */
  readonly current: AddressBookEntry | undefined;
}

/**
 * Plans to add an entry to the address book of an account, or to replace it. Rule `account.address-book`. Throws AddressBookFull,
 * AccountNotFound, and Forbidden for a closed account.
 */
export function planAddressBookEntry(
  accountId: PrincipalId,
  entry: AddressBookEntry,
  { account, current }: EntryFacts,
): Plan<AddressBookEntry> {
  const { addressBookEntries: used = 0 } = requireOpenAccount(accountId, account);
  if (current !== undefined) {
    const isSame = current.name === entry.name && current.note === entry.note;
    return { result: entry, steps: isSame ? [] : [{ do: 'change-address-book-entry', accountId, entry }] };
  }
  if (used >= addressBookEntriesMax) {
    throw refusal('account.address-book', `The address book has ${used} of ${addressBookEntriesMax} entries`, {
      cap: addressBookEntriesMax,
      used,
      remaining: 0,
    });
  }
  return {
    result: entry,
    steps: [
      { do: 'create-address-book-entry', accountId, entry },
      { do: 'count-address-book', accountId, by: 1, atMost: addressBookEntriesMax },
    ],
  };
}

/** Plans to delete an entry, if there is one. Throws AccountNotFound, and Forbidden for a closed account. */
export function planAddressBookRemoval({ accountId, principalId }: AddressBookKey, { account, current }: EntryFacts): Plan<null> {
  requireOpenAccount(accountId, account);
  return {
    result: null,
    steps:
      current === undefined
        ? []
        : [
            { do: 'remove-address-book-entry', key: { accountId, principalId } },
            { do: 'count-address-book', accountId, by: -1 },
          ],
  };
}

/** Returns whether the name, the note, or the ID of an entry contains the text, in any case. */
export const isFoundBy = (search: string, { principalId, name, note = '' }: AddressBookEntry): boolean =>
  isFoundIn([principalId, name, note], search);
