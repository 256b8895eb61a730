import { readAccountOverview } from '../lib/app/account-overview.ts';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { AccountView } from '../lib/model/views/account.ts';
import { requireOpenAccount } from '../lib/rules/principals.ts';
import { accountView } from '../lib/rules/views.ts';

/**
 * Returns the caller's account with its open projects and the image quotas of all of them.
 *
 * Rules: account.ids-visible, quota.images.
 */
export const getAccount = action({
  name: 'GetAccount',
  summary: "Returns the caller's account with its projects and image quotas.",
  routes: ['GET /account'],
  callers: ['tenant'],
  response: AccountView,

  async run(_, { tenant, store, regions }) {
    // Not requireAccountId(): also for credentials that are limited to a project.
    const { account: accountId } = tenant();
    const overview = await readAccountOverview(store, accountId, regions);
    // Throws for a closed account.
    requireOpenAccount(accountId, overview.account);
    return accountView(overview);
  },
});

export const handler = serve(getAccount);
