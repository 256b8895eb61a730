import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ActionError, invalidField } from '../model/error.ts';
import type { Step } from '../model/plan.ts';
import type { Item } from './item.ts';
import { countFrom } from './items/count.ts';
import { imageFrom } from './items/image.ts';
import { Contention, countName, type Refused } from './store.ts';

/** Errors that mean that DynamoDB was too busy with other transactions or requests. */
const contentionErrors = new Set([
  'TransactionConflict',
  'TransactionConflictException',
  'ThrottlingError',
  'ThrottlingException',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);

/**
 * Errors after which it is unknown whether the request took effect: network errors of Node.js and the SDK, and a transaction
 * that is still in progress.
 */
const unknownOutcomes =
  /^(TransactionInProgressException|ECONN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|TimeoutError|RequestTimeout|NetworkingError)/;

/**
 * Returns what the failed conditions of a transaction returned, or undefined if it failed for any other reason. Cancellation
 * reasons are in the order of the steps.
 */
export function refusalIn(failure: unknown, steps: readonly Step[]): Refused | undefined {
  if (!(failure instanceof TransactionCanceledException)) {
    return undefined;
  }
  const reasons = failure.CancellationReasons ?? [];
  const codes = reasons.map(({ Code = 'None' }) => Code).filter((code) => code !== 'None');
  if (codes.length === 0 || codes.some((code) => code !== 'ConditionalCheckFailed')) {
    return undefined;
  }
  const image = imageItemIn(failure, steps);
  const counts = steps.flatMap((step, index) => {
    const item = reasons[index]?.Item;
    return step.do === 'count' && item !== undefined ? [[countName(step), countFrom(unmarshall(item))] as const] : [];
  });
  return {
    committed: false,
    ...(image !== undefined && { image: imageFrom(image) }),
    ...(counts.length > 0 && { counts }),
  };
}

/** Returns the item of the image that a failed condition returned. */
export function imageItemIn(failure: unknown, steps: readonly Step[]): Item | undefined {
  const reasons = failure instanceof TransactionCanceledException ? failure.CancellationReasons : undefined;
  const item = reasons?.[steps.findIndex((step) => step.do === 'change-image')]?.Item;
  return item && unmarshall(item);
}

/** Translates a DynamoDB error to those that Store documents. Returns unknown errors unchanged. */
export function translateError(failure: unknown): unknown {
  if (!(failure instanceof Error)) {
    return failure;
  }
  const reasons = failure instanceof TransactionCanceledException ? (failure.CancellationReasons ?? []) : [];
  if (contentionErrors.has(failure.name) || reasons.some(({ Code = '' }) => contentionErrors.has(Code))) {
    return new Contention(failure.name, { cause: failure });
  }
  return hasUnknownOutcome(failure) ? unknownOutcome(failure) : failure;
}

/** Whether it is unknown if the request took effect. */
export function hasUnknownOutcome(failure: unknown): boolean {
  const { name, code, $fault, $metadata } = Object(failure) as {
    name?: unknown;
    code?: unknown;
    $fault?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  // A response that isn't JSON, such as that of a proxy. The SDK throws the error of the parser.
  const isUnreadable = failure instanceof SyntaxError && $metadata !== undefined;
  return $fault === 'server' || isUnreadable || unknownOutcomes.test(String(name)) || unknownOutcomes.test(String(code));
}

/** The error for a request with an unknown outcome. */
export const unknownOutcome = (cause: unknown): ActionError =>
  new ActionError(
    'Unavailable',
    {
      detail:
        "Couldn't reach the database, so the request may or may not have taken effect. Check the result, or retry with the same Idempotency-Key.",
      retryAfterSeconds: 5,
    },
    cause,
  );

/** Whether DynamoDB rejected the request itself, such as a start key outside the range of the query. */
export const isValidationError = (failure: unknown): boolean =>
  failure instanceof Error && failure.name === 'ValidationException';

/** The error for a position that is not from this list. */
export const invalidCursor = (cause: unknown): ActionError => invalidField('cursor', 'is not a valid cursor', cause);
