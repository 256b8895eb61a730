import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { AccessKeyView } from '../lib/model/views/access-key.ts';
import { accessKeyOwner, keysListed, keysToList } from '../lib/rules/access-keys.ts';

/** Lists the access keys of an account, newest first, without their secrets. */
export const listAccessKeys = action({
  name: 'ListAccessKeys',
  summary:
    'Lists access keys, newest first, without their secrets. An account can list its own keys; operators can list those of any account.',
  routes: ['GET /account/access-keys', 'GET /accounts/{accountId}/access-keys'],
  callers: ['tenant', 'operator'],
  path: z.strictObject({ accountId: PrincipalId.optional() }),
  response: z.strictObject({ accessKeys: z.array(AccessKeyView) }),

  async run({ accountId: pathAccountId }, { caller, read }) {
    const owner = accessKeyOwner(caller, pathAccountId);
    const { accounts } = await read({ accounts: [owner.accountId] });
    const { accessKeys } = await read({ accessKeys: keysToList(owner, accounts.get(owner.accountId)) });
    return { accessKeys: keysListed(accessKeys.values()) };
  },
});

export const handler = serve(listAccessKeys);
