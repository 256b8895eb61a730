import type { AddressBookEntry, AddressBookKey } from '../../model/address-book.ts';
import type { PrincipalId } from '../../model/ids.ts';
import { type Item, withoutKeys } from '../item.ts';
import { type Key, keyOf, parsePattern, schema } from '../schema.ts';
import { doesNotExist, type Writes } from '../write.ts';

export const addressBookKey = (key: AddressBookKey): Key =>
  keyOf(schema.addressBookEntry, { accountId: key.accountId, principalId: key.principalId });

const addressBookItem = (accountId: PrincipalId, entry: AddressBookEntry): Item => {
  const { principalId, ...texts } = entry;
  return { ...addressBookKey({ accountId, principalId }), ...texts };
};

export const addressBookEntryFrom = (item: Item): AddressBookEntry =>
  ({ principalId: item['SK'], ...withoutKeys(item) }) as AddressBookEntry;

/** Returns the key of an entry's item. */
export function addressBookKeyFrom(item: Item): AddressBookKey {
  const { accountId } = parsePattern(schema.addressBookEntry.PK, item['PK'] as string);
  return { accountId: accountId as PrincipalId, principalId: item['SK'] as PrincipalId };
}

const exists = 'attribute_exists(PK)';

export const addressBookWrites: Writes<'create-address-book-entry' | 'change-address-book-entry' | 'remove-address-book-entry'> =
  {
    'create-address-book-entry': ({ accountId, entry }) => ({
      Put: { Item: addressBookItem(accountId, entry), ConditionExpression: doesNotExist },
    }),

    'change-address-book-entry': ({ accountId, entry }) => ({
      Put: { Item: addressBookItem(accountId, entry), ConditionExpression: exists },
    }),

    'remove-address-book-entry': ({ key }) => ({ Delete: { Key: addressBookKey(key), ConditionExpression: exists } }),
  };
