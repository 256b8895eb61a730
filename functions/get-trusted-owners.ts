import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { principalIn } from '../lib/rules/principals.ts';

/** Rules: received.trust. */
export const getTrustedOwners = action({
  name: 'GetTrustedOwners',
  summary: 'Lists the owners whose shared images the account or, with `project`, the project trusts.',
  routes: ['GET /account/trusted-owners'],
  callers: ['tenant'],
  response: z.strictObject({ owners: z.array(PrincipalId) }),

  async run(_, { requireAccountId, readAsPrincipal }) {
    requireAccountId();
    const facts = await readAsPrincipal(undefined, {});
    return { owners: [...(principalIn(facts, facts)?.trustedOwners ?? [])] };
  },
});

export const handler = serve(getTrustedOwners);
