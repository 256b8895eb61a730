import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ActionError, invalidField } from '../model/error.ts';
import type { Step } from '../model/plan.ts';
import { imageFrom } from './items/image.ts';
import { countFrom } from './items/quota.ts';
import { Contention, countName, type Refused } from './store.ts';

/** DynamoDB was too busy with other transactions, or with too many requests. */
const contentions = new Set([
  'TransactionConflict',
  'TransactionConflictException',
  'ThrottlingError',
  'ThrottlingException',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);

/**
 * Failures that leave it open whether DynamoDB did what it was asked: of the network, as Node and the SDK name them, or a
 * repeat under way.
 */
const isOpenWhether =
  /^(TransactionInProgressException|ECONN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|TimeoutError|RequestTimeout|NetworkingError)/;

/**
 * What a failed transaction tells when a condition did not hold and nothing else was wrong: what stood there instead.
 * Otherwise undefined. Step i is transaction item i.
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
  const image = reasons[steps.findIndex((step) => step.do === 'change-image')]?.Item;
  const counted = steps.findIndex((step) => step.do === 'count');
  const step = steps[counted];
  const count = reasons[counted]?.Item;
  return {
    committed: false,
    ...(image !== undefined && { image: imageFrom(unmarshall(image)) }),
    ...(count !== undefined && step?.do === 'count' && { count: { name: countName(step), count: countFrom(unmarshall(count)) } }),
  };
}

/** A failure of DynamoDB as the store's promises name it; anything unknown stays as it is. */
export function translated(failure: unknown): unknown {
  if (!(failure instanceof Error)) {
    return failure;
  }
  const reasons = failure instanceof TransactionCanceledException ? (failure.CancellationReasons ?? []) : [];
  if (contentions.has(failure.name) || reasons.some(({ Code = '' }) => contentions.has(Code))) {
    return new Contention(failure.name, { cause: failure });
  }
  const code = 'code' in failure ? String(failure.code) : '';
  const isServerFault = '$fault' in failure && failure.$fault === 'server';
  if (isServerFault || isOpenWhether.test(failure.name) || isOpenWhether.test(code)) {
    return new ActionError(
      'Unavailable',
      {
        detail:
          'The table cannot be reached at this moment; whether the call took effect is not known. Ask, or repeat it with its Idempotency-Key.',
        retryAfterSeconds: 5,
      },
      failure,
    );
  }
  return failure;
}

/** Whether DynamoDB found fault with the request itself, as it does with a start key outside of what a query asks for. */
export const isAboutTheRequest = (failure: unknown): boolean =>
  failure instanceof Error && failure.name === 'ValidationException';

/** The refusal of a position that no page of this list ended at. */
export const noPosition = (cause: unknown): ActionError =>
  invalidField('cursor', 'is not a cursor that this service gave', cause);
