import { createHash } from 'node:crypto';
import type { AccessKeyId } from '../../model/ids.ts';
import { epochSecondsOf } from '../item.ts';
import { type Key, keyOf, schema } from '../schema.ts';
import type { NonceUse } from '../store.ts';
import { doesNotExist, type Write } from '../write.ts';

/** A nonce is whatever the caller sent, of any length and characters, so its digest stands for it. */
export const nonceKey = (keyId: AccessKeyId, nonce: string): Key =>
  keyOf(schema.nonce, { keyId, digest: createHash('sha256').update(nonce).digest('base64url') });

/** Notes that a nonce is used. Holds unless it was used before and is still remembered. */
export const nonceUse = ({ keyId, nonce, now, until }: NonceUse) =>
  ({
    Item: { ...nonceKey(keyId, nonce), expiresAt: until, ttl: until },
    ConditionExpression: `${doesNotExist} OR expiresAt <= :now`,
    ExpressionAttributeValues: { ':now': epochSecondsOf(now) },
  }) satisfies Write['Put'];
