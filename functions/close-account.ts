import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { loadHoldings } from '../lib/app/holdings.ts';
import { regionsOfKind } from '../lib/app/regions.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { planCloseAccount } from '../lib/rules/close-principals.ts';
import { countsIn } from '../lib/table/store.ts';

/**
 * Permanently closes an account, and removes the account from all images shared with it. Its ID can't be reused.
 *
 * Rules: account.close.
 */
export const closeAccount = action({
  name: 'CloseAccount',
  summary: 'Permanently closes an account that has no images, instances, or open projects. For operators.',
  routes: ['DELETE /accounts/{accountId}'],
  callers: ['operator'],
  refuses: ['AccountNotFound', 'AccountInUse'],
  changes: true,
  path: z.strictObject({ accountId: PrincipalId }),
  status: 204,

  async run({ accountId }, { change, regions, removeClosedPrincipal }) {
    const accountRegions = regionsOfKind(regions, 'account');
    const counts = countsIn(accountRegions, accountId);
    await change({ accounts: [accountId], counts, loadMore: loadHoldings(accountId, counts) }, ({ accounts, holdings }, { at }) =>
      planCloseAccount(accountId, { account: accounts.get(accountId), holdings, regions: accountRegions }, at),
    );
    // If this fails, the plan's clean-up task does it 15 minutes later.
    await removeClosedPrincipal(accountId, 'account');
    return null;
  },
});

export const handler = serve(closeAccount);
