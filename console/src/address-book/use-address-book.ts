import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { addressBookQuery } from '../api/account-queries.ts';
import type { AddressBookEntry } from '../api/client.ts';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

type AddressBook = ReadonlyMap<string, AddressBookEntry>;
type Pages = InfiniteData<{ readonly entries: readonly AddressBookEntry[] }, unknown>;

const nobody: AddressBook = new Map();
const books = new WeakMap<Pages, AddressBook>();

/** Many components on a page use the same book. */
function bookOf(data: Pages): AddressBook {
  const book = books.get(data) ?? new Map(data.pages.flatMap(({ entries }) => entries.map((one) => [one.principalId, one])));
  books.set(data, book);
  return book;
}

/** The address book by ID. Empty until it is loaded, and if it can't be loaded. */
export function useAddressBook(): AddressBook {
  const { api } = useSession();
  return useInfiniteQuery({ ...addressBookQuery(api), select: bookOf }).data ?? nobody;
}

/** Returns a function that puts an ID into words: with its name, if it has one. */
export function useNameOf(): (id: string) => string {
  const texts = useTexts(commonTexts);
  const book = useAddressBook();
  return useCallback(
    (id) => {
      const name = book.get(id)?.name;
      return name === undefined ? id : texts.named(name, id);
    },
    [book, texts],
  );
}
