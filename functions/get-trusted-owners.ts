import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { requireOpenAccount } from '../lib/rules/principals.ts';

/** Rules: received.trust. */
export const getTrustedOwners = action({
  name: 'GetTrustedOwners',
  summary: 'Lists the owners whose shared images the account trusts.',
  routes: ['GET /account/trusted-owners'],
  callers: ['tenant'],
  response: z.strictObject({ owners: z.array(PrincipalId) }),

  async run(_, { requireAccountId, read }) {
    const accountId = requireAccountId();
    const { accounts } = await read({ accounts: [accountId] });
    const { trustedOwners = [] } = requireOpenAccount(accountId, accounts.get(accountId));
    return { owners: [...trustedOwners] };
  },
});

export const handler = serve(getTrustedOwners);
