import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { planAddressBookRemoval } from '../lib/rules/address-book.ts';

/** Rules: account.address-book. */
export const deleteAddressBookEntry = action({
  name: 'DeleteAddressBookEntry',
  summary: 'Deletes your name for another account or project. Has no effect if there is none.',
  routes: ['DELETE /account/address-book/{principalId}'],
  callers: ['tenant'],
  changes: true,
  path: z.strictObject({ principalId: PrincipalId }),
  status: 204,

  run({ principalId }, { requireAccountId, change }) {
    const accountId = requireAccountId();
    const key = { accountId, principalId };
    return change({ accounts: [accountId], addressBookEntry: key }, ({ accounts, addressBookEntry }) =>
      planAddressBookRemoval(key, { account: accounts.get(accountId), current: addressBookEntry }),
    );
  },
});

export const handler = serve(deleteAddressBookEntry);
