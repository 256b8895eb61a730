import { createHash } from 'node:crypto';
import type { Caller } from '../auth/caller.ts';
import { ActionError } from '../model/error.ts';
import type { HolderId } from '../model/ids.ts';
import type { KeptAnswer, Plan } from '../model/plan.ts';
import { epochSeconds } from '../rules/recipients.ts';

/** Under which key the answer of a call is kept, and the hash that tells its repeats from other requests. */
export type Kept = Pick<KeptAnswer, 'key' | 'hash'>;

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
    project: HolderId | undefined;
    request: unknown;
    revisionsSeen: readonly number[] | undefined;
  },
): Kept {
  const who = caller.account === undefined ? ['subject', caller.subject] : ['account', caller.account];
  return { key: digest([...who, key]), hash: digest([action, caller.project, project, request, revisionsSeen]) };
}

/**
 * The plan of a call whose answer is kept: the answer goes with the plan, or the one kept earlier is given again. Refuses
 * with IdempotencyKeyReused when that one answered another request.
 */
export function keepingAnswer<Answer>(
  plan: () => Plan<Answer>,
  { key, hash }: Kept,
  found: KeptAnswer | undefined,
  now: Date,
): Plan<Answer> {
  const seconds = epochSeconds(now);
  if (found !== undefined && found.expiresAt > seconds) {
    if (found.hash !== hash) {
      throw new ActionError('IdempotencyKeyReused', {
        detail: 'This Idempotency-Key was used for another request. Use a new key for a new request.',
      });
    }
    return { steps: [], answer: found.answer as Answer };
  }
  const { steps, answer } = plan();
  return { answer, steps: [...steps, { do: 'keep-answer', now, kept: { key, hash, answer, expiresAt: seconds + keptSeconds } }] };
}

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value, inOrderOfKeys)).digest('base64url');

/** Gives the fields of every object in alphabetical order: in which order a request states them means nothing. */
const inOrderOfKeys = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
