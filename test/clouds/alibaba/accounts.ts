/** Accounts that call with access keys. */
import { randomInt } from 'node:crypto';
import { createAccessKey } from '../../../functions/create-access-key.ts';
import { putAccount } from '../../../functions/put-account.ts';
import { type Api, apiOf, operator } from '../../support/api.ts';
import type { Key } from './signing.ts';

/** A new access key of an account. */
export async function keyOf(member: Api): Promise<Key> {
  const { keyId, secret } = await member.ok(createAccessKey);
  if (secret === undefined) {
    throw new Error(`The key ${keyId} came without its secret`);
  }
  return { keyId, secret };
}

/** An account with an id as the cloud's are, a number, and a key of its own. */
export async function freshAccount() {
  const account = String(randomInt(10 ** 14, 2 * 10 ** 14));
  await operator().ok(putAccount, { accountId: account, name: account });
  const api = apiOf({ account });
  return { account, api, key: await keyOf(api) };
}
export type Account = Awaited<ReturnType<typeof freshAccount>>;
