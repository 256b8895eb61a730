/** Accounts that call with access keys. */
import { randomInt } from 'node:crypto';
import { putAccount } from '../../../functions/put-account.ts';
import type { Clients } from '../../support/client.ts';
import { keyOf } from '../keys.ts';

/** An account with an id as the cloud's are, a number, and a key of its own. */
export async function freshAccount({ operator, apiOf }: Clients) {
  const account = String(randomInt(10 ** 14, 2 * 10 ** 14));
  await operator().ok(putAccount, { accountId: account, name: account });
  const api = apiOf({ account });
  return { account, api, key: await keyOf(api) };
}
export type Account = Awaited<ReturnType<typeof freshAccount>>;
