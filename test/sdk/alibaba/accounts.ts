/** Accounts with access keys. */
import { randomInt } from 'node:crypto';
import { putAccount } from '../../../functions/put-account.ts';
import type { Clients } from '../../support/client.ts';
import { keyOf } from '../keys.ts';

/** Creates an account with an access key. Its id is a number, as in Alibaba Cloud. */
export async function freshAccount({ operator, apiOf }: Clients) {
  const account = String(randomInt(10 ** 14, 2 * 10 ** 14));
  await operator().ok(putAccount, { accountId: account, name: account });
  const api = apiOf({ account });
  return { account, api, key: await keyOf(api) };
}
export type Account = Awaited<ReturnType<typeof freshAccount>>;
