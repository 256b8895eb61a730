import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { requireOpenAccount } from '../lib/rules/principals.ts';

/** Returns the owners that the account trusts. Rules: received.trust. */
export const getTrustedOwners = action({
  name: 'GetTrustedOwners',
  summary: 'Lists the owners whose shared images the account trusts.',
  routes: ['GET /account/trusted-owners'],
  callers: ['tenant'],
  response: z.strictObject({ owners: z.array(PrincipalId) }),

  async run(_, { account, read }) {
    const accountId = account();
    const { accounts } = await read({ accounts: [accountId] });
    return { owners: [...(requireOpenAccount(accountId, accounts.get(accountId)).trustedOwners ?? [])] };
  },
});

export const handler = serve(getTrustedOwners);
