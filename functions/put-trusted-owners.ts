import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { trustedOwnersMax } from '../lib/model/limits.ts';
import { UnknownOwners } from '../lib/model/views/account.ts';
import { planAcceptance, unknownOwners } from '../lib/rules/acceptance.ts';

/**
 * Replaces the list of trusted owners, by which ListImages can filter. It decides who can share with the account or project if
 * that accepts images only from trusted owners. Existing shares stay.
 *
 * Rules: received.trust, share.recipient-accepts.
 */
export const putTrustedOwners = action({
  name: 'PutTrustedOwners',
  summary: 'Replaces the list of owners whose shared images the account or, with `project`, the project trusts.',
  routes: ['PUT /account/trusted-owners'],
  callers: ['tenant'],
  changes: true,
  body: z.strictObject({ owners: z.array(PrincipalId).max(trustedOwnersMax) }),
  response: z.strictObject({ owners: z.array(PrincipalId), unknownOwners: UnknownOwners }),

  async run({ owners }, { requireAccountId, changeAsPrincipal }) {
    requireAccountId();
    return changeAsPrincipal(undefined, { accounts: owners, projects: owners }, (facts) => {
      const { steps, result } = planAcceptance({ trustedOwners: owners }, facts);
      const { trustedOwners } = result;
      // The list of an account also marks the images of projects.
      const kinds = facts.kind === 'account' ? (['account', 'project'] as const) : (['project'] as const);
      return { steps, result: { owners: [...trustedOwners], unknownOwners: unknownOwners(trustedOwners, facts, kinds) } };
    });
  },
});

export const handler = serve(putTrustedOwners);
