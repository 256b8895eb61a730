/** Results of calls that carried an `Idempotency-Key`. */
import type { IdempotencyRecord } from '../../model/plan.ts';
import { epochSecondsOf, type Item, withoutKeys } from '../item.ts';
import { type Key, keyOf, schema } from '../schema.ts';
import { doesNotExist, type Writes } from '../write.ts';

/** `digest` is that of the caller and its Idempotency-Key. */
export const idempotencyRecordKey = (digest: string): Key => keyOf(schema.idempotency, { digest });

/** In the table, `result` is named `answer`, for compatibility with existing items. */
const idempotencyRecordItem = ({ key, hash, result, expiresAt }: IdempotencyRecord): Item => ({
  ...idempotencyRecordKey(key),
  key,
  hash,
  answer: JSON.stringify(result),
  expiresAt,
  ttl: expiresAt,
});

export function idempotencyRecordFrom(item: Item): IdempotencyRecord {
  const { answer, ...record } = withoutKeys(item);
  return { ...record, result: JSON.parse(answer as string) } as IdempotencyRecord;
}

export const idempotencyWrites: Writes<'put-idempotency-record'> = {
  'put-idempotency-record': ({ record, now }) => ({
    Put: {
      Item: idempotencyRecordItem(record),
      ConditionExpression: `${doesNotExist} OR expiresAt <= :now`,
      ExpressionAttributeValues: { ':now': epochSecondsOf(now) },
    },
  }),
};
