import { createAccessKey } from '../../functions/create-access-key.ts';
import type { Member } from '../support/api.ts';
import type { Key } from './sent.ts';

/** A new access key of the member's. */
export async function keyOf(member: Member): Promise<Key> {
  const { keyId, secret = '' } = await member.ok(createAccessKey);
  return { publicKey: keyId, privateKey: secret };
}
