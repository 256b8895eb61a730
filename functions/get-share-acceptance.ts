import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ShareAcceptance } from '../lib/model/views/account.ts';
import { principalIn } from '../lib/rules/principals.ts';
import { acceptanceView } from '../lib/rules/views.ts';

/** Rules: share.recipient-accepts. */
export const getShareAcceptance = action({
  name: 'GetShareAcceptance',
  summary: 'Returns who can share images with the account or, with `project`, with the project.',
  routes: ['GET /account/share-acceptance'],
  callers: ['tenant'],
  response: ShareAcceptance,

  async run(_, { readAsPrincipal }) {
    const facts = await readAsPrincipal(undefined, {});
    return acceptanceView(principalIn(facts, facts));
  },
});

export const handler = serve(getShareAcceptance);
