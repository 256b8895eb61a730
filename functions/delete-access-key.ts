import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { AccessKeyId, PrincipalId } from '../lib/model/ids.ts';
import { accessKeyOwner, planKeyRemoval } from '../lib/rules/access-keys.ts';

/** Deletes an access key. Requests signed with it are no longer accepted. */
export const deleteAccessKey = action({
  name: 'DeleteAccessKey',
  summary: 'Permanently deletes an access key. An account can delete its own keys; operators can delete those of any account.',
  routes: ['DELETE /account/access-keys/{keyId}', 'DELETE /accounts/{accountId}/access-keys/{keyId}'],
  callers: ['tenant', 'operator'],
  refuses: ['KeyNotFound'],
  changes: true,
  path: z.strictObject({ accountId: PrincipalId.optional(), keyId: AccessKeyId }),
  status: 204,

  async run({ accountId: pathAccountId, keyId }, { caller, change }) {
    const owner = accessKeyOwner(caller, pathAccountId);
    return change({ accounts: [owner.accountId], accessKeys: [keyId] }, ({ accounts, accessKeys }) =>
      planKeyRemoval(owner, keyId, { account: accounts.get(owner.accountId), key: accessKeys.get(keyId) }),
    );
  },
});

export const handler = serve(deleteAccessKey);
