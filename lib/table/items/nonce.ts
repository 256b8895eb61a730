import { createHash } from 'node:crypto';
import type { AccessKeyId } from '../../model/ids.ts';
import { epochSecondsOf } from '../item.ts';
import { type Key, keyOf, schema } from '../schema.ts';
import type { NonceUse } from '../store.ts';
import { doesNotExist, type Write } from '../write.ts';

/** Uses a digest, because callers choose nonces of any length and characters. */
export const nonceKey = (keyId: AccessKeyId, nonce: string): Key =>
  keyOf(schema.nonce, { keyId, digest: createHash('sha256').update(nonce).digest('base64url') });

/** Records a nonce. Requires that the nonce has not been recorded, or that its record has expired. */
export const nonceUse = ({ keyId, nonce, request, id, now, until }: NonceUse) =>
  ({
    Item: { ...nonceKey(keyId, nonce), request, id, expiresAt: until, ttl: until },
    ConditionExpression: `${doesNotExist} OR expiresAt <= :now`,
    ExpressionAttributeValues: { ':now': epochSecondsOf(now) },
  }) satisfies Write['Put'];
