import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { Name } from '../lib/model/fields.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { planAccount } from '../lib/rules/change-principals.ts';

/** Rules: account.close. */
export const putAccount = action({
  name: 'PutAccount',
  summary: 'Registers or renames an account. For operators.',
  routes: ['PUT /accounts/{accountId}'],
  callers: ['operator'],
  refuses: ['AccountClosed'],
  changes: true,
  path: z.strictObject({ accountId: PrincipalId }),
  body: z.strictObject({ name: Name }),
  response: z.strictObject({ accountId: PrincipalId, name: z.string(), state: z.enum(['open', 'closed']) }),

  run({ accountId, name }, { change }) {
    return change({ accounts: [accountId] }, ({ accounts }, { at }) => {
      const { steps, result } = planAccount({ accountId, name }, accounts.get(accountId), at);
      return { steps, result: { accountId, name: result.name, state: result.state } };
    });
  },
});

export const handler = serve(putAccount);
