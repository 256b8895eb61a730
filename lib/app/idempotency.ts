import { createHash } from 'node:crypto';
import type { Caller } from '../auth/caller.ts';
import { ActionError } from '../model/error.ts';
import type { PrincipalId } from '../model/ids.ts';
import type { IdempotencyRecord, Plan } from '../model/plan.ts';
import { epochSeconds } from '../rules/recipients.ts';

/** The key of a call's idempotency record, and a hash that distinguishes a repeat from a different request. */
export type IdempotentCall = Pick<IdempotencyRecord, 'key' | 'hash'>;

const lifetimeSeconds = 86_400;

/** Identifies a call with this Idempotency-Key. Keys belong to the account, or to the subject of a token without an account. */
export function idempotentCall(
  key: string,
  {
    action,
    caller,
    project,
    request,
    revisionsSeen,
  }: {
    action: string;
    caller: Caller;
    project: PrincipalId | undefined;
    request: unknown;
    revisionsSeen: readonly number[] | undefined;
  },
): IdempotentCall {
  const owner = caller.account === undefined ? ['subject', caller.subject] : ['account', caller.account];
  return { key: digest({ owner, key }), hash: digest({ action, bound: caller.project, project, request, revisionsSeen }) };
}

/**
 * Returns a plan without steps that has the recorded result, or undefined if there is no record or it has expired. Throws
 * IdempotencyKeyReused if the record belongs to a different request.
 */
export function replay<Result>(
  { hash }: IdempotentCall,
  record: IdempotencyRecord | undefined,
  now: Date,
): Plan<Result> | undefined {
  if (record === undefined || record.expiresAt <= epochSeconds(now)) {
    return undefined;
  }
  if (record.hash !== hash) {
    throw new ActionError('IdempotencyKeyReused', {
      detail: 'This Idempotency-Key was used for another request. Use a new key for a new request.',
    });
  }
  return { steps: [], result: record.result as Result };
}

/** Adds a step that records the result of the plan. */
export const withRecord = <Result>({ steps, result }: Plan<Result>, { key, hash }: IdempotentCall, now: Date): Plan<Result> => ({
  result,
  steps: [
    ...steps,
    { do: 'put-idempotency-record', now, record: { key, hash, result, expiresAt: epochSeconds(now) + lifetimeSeconds } },
  ],
});

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value, canonical)).digest('base64url');

/**
 * A replacer for JSON.stringify that makes equal requests equal text. The order of fields has no meaning. Lists of strings, such
 * as recipients, are sets: their order and duplicates have no meaning either.
 */
function canonical(_: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.every((entry) => typeof entry === 'string') ? [...new Set(value)].sort() : value;
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
