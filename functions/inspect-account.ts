import * as z from 'zod';
import { readAccountOverview } from '../lib/app/account-overview.ts';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { AccountView } from '../lib/model/views/account.ts';
import { accountView } from '../lib/rules/views.ts';

/** Returns any account to an operator, including a closed one. */
export const inspectAccount = action({
  name: 'InspectAccount',
  summary: 'Returns an account with its projects and image quotas. For operators.',
  routes: ['GET /accounts/{accountId}'],
  callers: ['operator'],
  refuses: ['AccountNotFound'],
  path: z.strictObject({ accountId: PrincipalId }),
  response: AccountView,

  async run({ accountId }, { store, regions }) {
    const overview = await readAccountOverview(store, accountId, regions);
    return { ...accountView(overview), state: overview.account.state };
  },
});

export const handler = serve(inspectAccount);
