import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { NewAccessKeyView } from '../lib/model/views.ts';
import { keysOwner, planNewKey } from '../lib/rules/access-keys.ts';

/**
 * Makes an access key for an account: an id and a secret with which the clouds' own SDKs sign. The secret is shown in this
 * one response; only what it was sealed to, also under an Idempotency-Key.
 */
export const createAccessKey = action({
  name: 'CreateAccessKey',
  summary: 'Creates an access key. The secret is returned only once. For an account itself, or for operators.',
  routes: ['POST /account/access-keys', 'POST /accounts/{accountId}/access-keys'],
  callers: ['tenant', 'operator'],
  refuses: ['KeyQuotaExceeded', 'AccountNotFound', 'AccountClosed'],
  changes: true,
  path: z.strictObject({ accountId: PrincipalId.optional() }),
  response: NewAccessKeyView,
  status: 201,

  async run({ accountId: inPath }, { caller, change, newAccessKey, secrets }) {
    const owner = keysOwner(caller, inPath);
    const { accountId: account } = owner;
    const { keyId, secret } = newAccessKey();
    const sealed = await secrets.seal(secret, { keyId, account });
    const made = await change({ accounts: [account] }, ({ accounts }, { at }) =>
      planNewKey(owner, { keyId, account, state: 'active', createdAt: at, secret: sealed }, accounts.get(account)),
    );
    return made.keyId === keyId ? { ...made, secret } : made;
  },
});

export const handler = serve(createAccessKey);
