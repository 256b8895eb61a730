import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ShareAcceptance, UnknownOwners } from '../lib/model/views/account.ts';
import { planAcceptance, unknownOwners } from '../lib/rules/acceptance.ts';
import { acceptanceView } from '../lib/rules/views.ts';

/**
 * Sets who can share images with an account or a project. Existing shares stay, and can be left.
 *
 * Rules: share.recipient-accepts.
 */
export const putShareAcceptance = action({
  name: 'PutShareAcceptance',
  summary: 'Sets who can share images with the account or, with `project`, with the project. Existing shares stay.',
  routes: ['PUT /account/share-acceptance'],
  callers: ['tenant'],
  changes: true,
  body: ShareAcceptance,
  response: ShareAcceptance.extend({ unknownOwners: UnknownOwners }).meta({ id: 'SavedShareAcceptance' }),

  run({ from, blockedOwners }, { changeAsPrincipal }) {
    return changeAsPrincipal(undefined, { accounts: blockedOwners, projects: blockedOwners }, (facts) => {
      const { steps, result } = planAcceptance({ acceptsFrom: from, blockedOwners }, facts);
      const unknown = unknownOwners(result.blockedOwners, facts, [facts.kind]);
      return { steps, result: { ...acceptanceView(result), unknownOwners: unknown } };
    });
  },
});

export const handler = serve(putShareAcceptance);
