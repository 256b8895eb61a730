import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { trustedOwnersMax } from '../lib/model/limits.ts';
import { planTrustedOwners } from '../lib/rules/change-principals.ts';

/**
 * Replaces the list of trusted owners. ListImages can filter by it. It doesn't affect access.
 *
 * Rules: received.trust.
 */
export const putTrustedOwners = action({
  name: 'PutTrustedOwners',
  summary: 'Replaces the list of owners whose shared images the account trusts.',
  routes: ['PUT /account/trusted-owners'],
  callers: ['tenant'],
  changes: true,
  body: z.strictObject({ owners: z.array(PrincipalId).max(trustedOwnersMax) }),
  response: z.strictObject({ owners: z.array(PrincipalId) }),

  run({ owners }, { requireAccountId, change }) {
    const accountId = requireAccountId();
    return change({ accounts: [accountId] }, ({ accounts }) => {
      const { steps, result } = planTrustedOwners(accountId, owners, accounts.get(accountId));
      return { steps, result: { owners: [...result] } };
    });
  },
});

export const handler = serve(putTrustedOwners);
