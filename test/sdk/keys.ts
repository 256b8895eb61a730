import { createAccessKey } from '../../functions/create-access-key.ts';
import type { Api } from '../support/client.ts';

/** An access key, with which requests are signed. */
export interface Key {
  readonly keyId: string;
  readonly secret: string;
}

/** A new access key of the account that calls. */
export async function keyOf(member: Api): Promise<Key> {
  const { keyId, secret } = await member.ok(createAccessKey);
  if (secret === undefined) {
    throw new Error(`The key ${keyId} came without its secret`);
  }
  return { keyId, secret };
}
