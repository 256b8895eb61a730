import { createHash } from 'node:crypto';
import type { Caller } from '../auth/caller.ts';
import { ActionError } from '../model/error.ts';
import type { PrincipalId } from '../model/ids.ts';
import type { IdempotencyRecord, Plan } from '../model/plan.ts';
import { epochSeconds } from '../rules/recipients.ts';

/** Under which key the answer of a call is kept, and the hash that tells its repeats from other requests. */
export type Kept = Pick<IdempotencyRecord, 'key' | 'hash'>;

const keptSeconds = 86_400;

/** Where the answer of a call is kept that carries `key` as its Idempotency-Key. A key belongs to the account that uses it. */
export function keptOf(
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
): Kept {
  const who = caller.account === undefined ? ['subject', caller.subject] : ['account', caller.account];
  return { key: digest([...who, key]), hash: digest([action, caller.project, project, request, revisionsSeen]) };
}

/**
 * The plan that gives the answer kept for an earlier call again; undefined where none is kept any more. Refuses with
 * IdempotencyKeyReused when that call was another request.
 */
export function repeatOf<Answer>({ hash }: Kept, found: IdempotencyRecord | undefined, now: Date): Plan<Answer> | undefined {
  if (found === undefined || found.expiresAt <= epochSeconds(now)) {
    return undefined;
  }
  if (found.hash !== hash) {
    throw new ActionError('IdempotencyKeyReused', {
      detail: 'This Idempotency-Key was used for another request. Use a new key for a new request.',
    });
  }
  return { steps: [], answer: found.answer as Answer };
}

/** The plan, which also keeps its answer. */
export const keepingAnswer = <Answer>({ steps, answer }: Plan<Answer>, { key, hash }: Kept, now: Date): Plan<Answer> => ({
  answer,
  steps: [
    ...steps,
    { do: 'put-idempotency-record', now, kept: { key, hash, answer, expiresAt: epochSeconds(now) + keptSeconds } },
  ],
});

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value, inOrderOfKeys)).digest('base64url');

/** Gives the fields of every object in alphabetical order: in which order a request states them means nothing. */
const inOrderOfKeys = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
