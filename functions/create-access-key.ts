import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { processWithSecrets } from '../lib/app/process-with-secrets.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId } from '../lib/model/ids.ts';
import { NewAccessKeyView } from '../lib/model/views/access-key.ts';
import { accessKeyOwner, planNewKey } from '../lib/rules/access-keys.ts';

/**
 * Creates an access key: an ID and a secret, with which the clouds' SDKs sign requests. Only this response contains the secret,
 * which is stored encrypted. A repeated call with the same Idempotency-Key returns the key without the secret.
 */
export const createAccessKey = action({
  name: 'CreateAccessKey',
  summary:
    'Creates an access key. The secret is returned only once. An account can create keys for itself; operators can create them for any account.',
  routes: ['POST /account/access-keys', 'POST /accounts/{accountId}/access-keys'],
  callers: ['tenant', 'operator'],
  refuses: ['KeyQuotaExceeded'],
  changes: true,
  path: z.strictObject({ accountId: PrincipalId.optional() }),
  response: NewAccessKeyView,
  status: 201,

  async run({ accountId: pathAccountId }, { caller, change, newAccessKey, secrets }) {
    const owner = accessKeyOwner(caller, pathAccountId);
    const { accountId: account } = owner;
    const { keyId, secret } = newAccessKey();
    const sealed = await secrets.seal(secret, { keyId, account });
    const created = await change({ accounts: [account] }, ({ accounts }, { at }) =>
      planNewKey(owner, { keyId, account, state: 'active', createdAt: at, secret: sealed }, accounts.get(account)),
    );
    return created.keyId === keyId ? { ...created, secret } : created;
  },
});

export const handler = serve(createAccessKey, processWithSecrets);
