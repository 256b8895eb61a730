/** Responses to calls that carried an `Idempotency-Key`. */
import type { IdempotencyRecord } from '../../model/plan.ts';
import { epochSecondsOf, type Item, withoutKeys } from '../item.ts';
import { type Key, keyOf, schema } from '../schema.ts';
import { doesNotExist, type Writes } from '../write.ts';

/** `digest` stands for the caller and its key. */
export const idempotencyKey = (digest: string): Key => keyOf(schema.idempotency, { digest });

const idempotencyItem = (kept: IdempotencyRecord): Item => ({
  ...idempotencyKey(kept.key),
  ...kept,
  answer: JSON.stringify(kept.answer),
  ttl: kept.expiresAt,
});

export function idempotencyFrom(item: Item): IdempotencyRecord {
  const kept = withoutKeys(item) as unknown as IdempotencyRecord;
  return { ...kept, answer: JSON.parse(kept.answer as string) };
}

export const idempotencyWrites: Writes<'put-idempotency-record'> = {
  'put-idempotency-record': ({ kept, now }) => ({
    Put: {
      Item: idempotencyItem(kept),
      ConditionExpression: `${doesNotExist} OR expiresAt <= :now`,
      ExpressionAttributeValues: { ':now': epochSecondsOf(now) },
    },
  }),
};
