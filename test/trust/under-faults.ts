/** How a caller makes a call while requests to DynamoDB fail. */
import type { RetryBudget } from '../../lib/app/retry.ts';
import { ActionError } from '../../lib/model/error.ts';
import type { FaultyNetwork } from './faulty-network.ts';
import type { Around } from './start.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The time-out of the functions in serverless.yml. */
const timeoutMs = 29_000;
/** See process.ts. */
const respondMs = 1_000;

/** How often a caller repeats a call when nothing fails any more. */
const repeatsMax = 3;

/** The budget of a function that starts now. */
export function budgetFrom(time: VirtualTime): RetryBudget {
  const startedAt = time.now;
  return {
    remainingMs: () => timeoutMs - (time.now - startedAt),
    wait: time.wait,
    random: () => 0.5,
    deadline: time.timeout(timeoutMs - respondMs),
  };
}

/** Makes a call in time. A caller that repeats it does so when the faults are over. */
export const underFaults =
  (time: VirtualTime, network: FaultyNetwork, isRepeated: boolean): Around =>
  async (call) => {
    for (let attempt = 0; attempt <= repeatsMax; attempt += 1) {
      const startedAt = time.now;
      const budget = budgetFrom(time);
      const outcome = await call({ budget, ...(isRepeated && { key: 'key-1' }) }).then(answered, refused);
      if (budget.remainingMs() < 0) {
        throw new Error(`The call took ${time.now - startedAt} ms`);
      }
      if (outcome !== undefined) {
        return attempt === 0 ? outcome.response : { ...outcome.response, repeated: true };
      }
      if (!isRepeated) {
        throw new ActionError('Unavailable', { detail: 'The outcome is unknown.' });
      }
      network.heal();
    }
    throw new Error('The caller is asked to repeat the call again and again');
  };

type Response = Record<string, unknown> | null;

/** Returns undefined if the response asks the caller to repeat the call. */
function answered(response: unknown): { readonly response: Response } | undefined {
  const { complete = true, failed = [] } = (response ?? {}) as { complete?: boolean; failed?: { code?: string }[] };
  // Only the owner can stop such a share, so repeating the call is of no use.
  return complete && failed.every(({ code }) => code === 'NotOwner') ? { response: response as Response } : undefined;
}

/** Returns undefined if the refusal asks the caller to repeat the call. */
function refused(failure: unknown): undefined {
  if (!(failure instanceof ActionError) || failure.code !== 'Unavailable') {
    throw failure;
  }
  if (failure.details.retryAfterSeconds === undefined) {
    throw new Error('Unavailable without Retry-After', { cause: failure });
  }
}
