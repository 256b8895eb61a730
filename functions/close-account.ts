import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { holdingsOf } from '../lib/app/holdings.ts';
import { regionsOfKind } from '../lib/app/regions.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { planAccountClosing } from '../lib/rules/close-principals.ts';
import { countsIn } from '../lib/table/store.ts';

/**
 * Closes an account for good. Its id is never opened again, and it is taken from the images shared with it.
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
    const held = regionsOfKind(regions, 'account');
    const counts = countsIn(held, accountId);
    await change(
      { accounts: [accountId], counts },
      ({ accounts, holdings }, { at }) =>
        planAccountClosing(accountId, { account: accounts.get(accountId), holdings, regions: held }, at),
      holdingsOf(accountId, counts),
    );
    await removeClosedPrincipal(accountId, 'account');
    return null;
  },
});

export const handler = serve(closeAccount);
