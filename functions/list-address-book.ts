import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { fillPage } from '../lib/app/fill-page.ts';
import { cursorsOf } from '../lib/http/cursor.ts';
import { serve } from '../lib/http/serve.ts';
import { Cursor, Limit, textOf } from '../lib/model/fields.ts';
import { noteBytesMax } from '../lib/model/limits.ts';
import { AddressBookEntryView } from '../lib/model/views/account.ts';
import { NextCursor } from '../lib/model/views/common.ts';
import { isFoundBy } from '../lib/rules/address-book.ts';
import { requireOpenAccount } from '../lib/rules/principals.ts';
import { isPrincipalPosition } from '../lib/table/positions.ts';

/**
 * Lists the address book by ID, because pages start after an ID. The list is strongly consistent.
 *
 * Rules: account.address-book.
 */
export const listAddressBook = action({
  name: 'ListAddressBook',
  summary: 'Lists your names for other accounts and projects, in the order of their IDs.',
  routes: ['GET /account/address-book'],
  callers: ['tenant'],
  query: z.strictObject({
    search: textOf(noteBytesMax).optional().meta({ description: 'Part of the name, the note, or the ID, case-insensitive.' }),
    limit: Limit,
    cursor: Cursor,
  }),
  response: z.strictObject({ entries: z.array(AddressBookEntryView), nextCursor: NextCursor }),

  async run({ search, limit, cursor }, { requireAccountId, read, store }) {
    const accountId = requireAccountId();
    const cursors = cursorsOf(['address-book', accountId, search]);
    const after = cursors.read(cursor, isPrincipalPosition);
    const { accounts } = await read({ accounts: [accountId] });
    requireOpenAccount(accountId, accounts.get(accountId));
    const { entries, next } = await fillPage(
      { limit, after, isFiltered: search !== undefined },
      (page) => store.addressBook(accountId, page),
      async (found) => found.map((entry) => (search === undefined || isFoundBy(search, entry) ? entry : undefined)),
    );
    return { entries: [...entries], ...(next !== undefined && { nextCursor: cursors.at(next) }) };
  },
});

export const handler = serve(listAddressBook);
