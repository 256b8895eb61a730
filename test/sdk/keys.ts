import { createAccessKey } from '../../functions/create-access-key.ts';
import type { Api } from '../support/client.ts';

/** An access key for signing requests. */
export interface Key {
  readonly keyId: string;
  readonly secret: string;
}

/** Creates an access key for the calling account. */
export async function keyOf(member: Api): Promise<Key> {
  const { keyId, secret } = await member.ok(createAccessKey);
  if (secret === undefined) {
    throw new Error(`The response for key ${keyId} has no secret`);
  }
  return { keyId, secret };
}
