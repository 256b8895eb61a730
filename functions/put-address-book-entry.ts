import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { Note } from '../lib/model/address-book.ts';
import { Name } from '../lib/model/fields.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { AddressBookEntryView } from '../lib/model/views/account.ts';
import { planAddressBookEntry } from '../lib/rules/address-book.ts';

/** Rules: account.address-book. */
export const putAddressBookEntry = action({
  name: 'PutAddressBookEntry',
  summary: 'Stores your name for another account or project, with an optional note. The ID does not have to exist.',
  routes: ['PUT /account/address-book/{principalId}'],
  callers: ['tenant'],
  refuses: ['AddressBookFull'],
  changes: true,
  path: z.strictObject({ principalId: PrincipalId }),
  body: z.strictObject({
    name: Name,
    note: Note.optional().meta({ description: 'Absent or empty: no note.' }),
  }),
  response: AddressBookEntryView,

  run({ principalId, name, note = '' }, { requireAccountId, change }) {
    const accountId = requireAccountId();
    const entry = { principalId, name, ...(note !== '' && { note }) };
    return change({ accounts: [accountId], addressBookEntry: { accountId, principalId } }, ({ accounts, addressBookEntry }) => {
      const account = accounts.get(accountId);
      return planAddressBookEntry(accountId, entry, { account, current: addressBookEntry });
    });
  },
});

export const handler = serve(putAddressBookEntry);
