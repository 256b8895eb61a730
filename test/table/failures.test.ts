import { type AttributeValue, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Step } from '../../lib/model/plan.ts';
import { invalidCursor, isValidationError, refusalIn, translateError } from '../../lib/table/failures.ts';
import { imageItem } from '../../lib/table/items/image.ts';
import { Contention, countName } from '../../lib/table/store.ts';
import { anImage } from '../support/builders.ts';

interface Reason {
  readonly Code?: string;
  readonly Item?: Record<string, AttributeValue>;
}

const cancelled = (...reasons: readonly Reason[]) =>
  new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons: [...reasons] });
const failure = (parts: object) => Object.assign(new Error('failure'), parts);
const none = { Code: 'None' };
const failed = { Code: 'ConditionalCheckFailed' };

describe('translateError', () => {
  it.each([
    'TransactionConflict',
    'TransactionConflictException',
    'ThrottlingError',
    'ThrottlingException',
    'ProvisionedThroughputExceeded',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
  ])('tells that DynamoDB is too busy, by %s of a request or of one part of a transaction', (name) => {
    const [ofRequest, ofPart] = [failure({ name }), cancelled(none, { Code: name })];

    expect(translateError(ofRequest)).toEqual(new Contention(name));
    expect(translateError(ofRequest)).toHaveProperty('cause', ofRequest);
    expect(translateError(ofPart)).toBeInstanceOf(Contention);
  });

  it.each([
    { $fault: 'server' },
    { name: 'TransactionInProgressException' },
    { name: 'TimeoutError' },
    ...['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'].map((code) => ({ code })),
  ])('tells that the outcome of a request is unknown: %j', (parts) => {
    const cause = failure(parts);

    expect(translateError(cause)).toMatchObject({ code: 'Unavailable', details: { retryAfterSeconds: 5 }, cause });
  });

  it.each([
    failure({ name: 'ValidationException', $fault: 'client' }),
    failure({ code: 'NOT_ECONNRESET' }),
    new SyntaxError('of the service itself'),
    cancelled(none, failed),
    cancelled({}),
    new TransactionCanceledException({ message: 'without reasons', $metadata: {} }),
    'not an error',
    undefined,
  ])('returns other failures unchanged: %s', (other) => {
    expect(translateError(other)).toBe(other);
  });
});

describe('refusalIn', () => {
  const image = anImage();
  const count = { what: 'images', region: image.region, principal: image.owner } as const;
  const steps: readonly Step[] = [
    { do: 'count', ...count, by: 1, atMost: 5 },
    { do: 'change-image', key: image, owner: image.owner, expect: {}, change: {} },
  ];
  const imageStored = marshall(imageItem(image));
  const countStored = marshall({ used: 5, changes: 7 });

  it('returns the items whose conditions failed', () => {
    expect(refusalIn(cancelled({ ...failed, Item: countStored }, { ...failed, Item: imageStored }), steps)).toEqual({
      committed: false,
      image,
      counts: [[countName(count), { used: 5, changes: 7 }]],
    });
  });

  it('returns nothing about a condition that failed without an item', () => {
    expect(refusalIn(cancelled(none, failed), steps)).toStrictEqual({ committed: false });
    expect(refusalIn(cancelled({}, failed), steps)).toStrictEqual({ committed: false });
    expect(refusalIn(cancelled({ ...failed, Item: countStored }, none), [{ do: 'require-none', ...count }])).toStrictEqual({
      committed: false,
    });
  });

  it.each([
    ['of another kind', failure({ name: 'ThrottlingException', CancellationReasons: [failed] })],
    ['without reasons', cancelled()],
    ['with no failed condition', cancelled(none, {})],
    ['with another reason besides', cancelled(failed, { Code: 'TransactionConflict' })],
    ['whose reasons are missing', new TransactionCanceledException({ message: '', $metadata: {} })],
  ])('is undefined for a failure %s', (_, other) => {
    expect(refusalIn(other, steps)).toBeUndefined();
  });
});

describe('errors of a position', () => {
  it('are recognized by their name', () => {
    expect(isValidationError(failure({ name: 'ValidationException' }))).toBe(true);
    expect([failure({}), { name: 'ValidationException' }].map(isValidationError)).toEqual([false, false]);
  });

  it('name the cursor', () => {
    expect(invalidCursor(undefined)).toMatchObject({ code: 'InvalidRequest', details: { offenders: [{ id: 'cursor' }] } });
  });
});
