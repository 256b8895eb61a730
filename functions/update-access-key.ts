import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { AccessKeyState } from '../lib/model/access-key.ts';
import { AccessKeyId, PrincipalId } from '../lib/model/ids.ts';
import { AccessKeyView } from '../lib/model/views/access-key.ts';
import { accessKeyOwner, planKeyState } from '../lib/rules/access-keys.ts';

export const updateAccessKey = action({
  name: 'UpdateAccessKey',
  summary: 'Disables or enables an access key. An account can change its own keys; operators can change those of any account.',
  routes: ['PATCH /account/access-keys/{keyId}', 'PATCH /accounts/{accountId}/access-keys/{keyId}'],
  callers: ['tenant', 'operator'],
  refuses: ['KeyNotFound'],
  changes: true,
  path: z.strictObject({ accountId: PrincipalId.optional(), keyId: AccessKeyId }),
  body: z.strictObject({ state: AccessKeyState }),
  response: AccessKeyView,

  async run({ accountId: pathAccountId, keyId, state }, { caller, change }) {
    const owner = accessKeyOwner(caller, pathAccountId);
    return change({ accounts: [owner.accountId], accessKeys: [keyId] }, ({ accounts, accessKeys }) =>
      planKeyState(owner, keyId, state, { account: accounts.get(owner.accountId), key: accessKeys.get(keyId) }),
    );
  },
});

export const handler = serve(updateAccessKey);
