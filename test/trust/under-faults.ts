/** How a caller makes a call while requests to DynamoDB fail. */
import { ActionError } from '../../lib/model/error.ts';
import type { FaultyNetwork } from './faulty-network.ts';
import type { Around } from './start.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The time-out of the functions in serverless.yml. */
const timeoutMs = 29_000;
/** See process.ts. */
const respondMs = 1_000;

/** Makes a call in time. A caller that repeats it does so when the faults are over. */
export const underFaults =
  (time: VirtualTime, network: FaultyNetwork, isRepeated: boolean): Around =>
  async (call) => {
    for (let isFirst = true; ; isFirst = false) {
      const startedAt = time.now;
      const remainingMs = () => timeoutMs - (time.now - startedAt);
      const budget = { remainingMs, wait: time.wait, random: () => 0.5, deadline: time.timeout(timeoutMs - respondMs) };
      const outcome = await call({ budget, ...(isRepeated && { key: 'key-1' }) }).then(answered, refused);
      if (remainingMs() < 0) {
        throw new Error(`The call took ${time.now - startedAt} ms`);
      }
      if (outcome !== undefined) {
        return isFirst ? outcome.response : { ...outcome.response, repeated: true };
      }
      if (!isRepeated) {
        throw new ActionError('Unavailable', { detail: 'The outcome is unknown.' });
      }
      network.heal();
    }
  };

type Response = Record<string, unknown> | null;

/** Returns undefined if the response asks the caller to repeat the call. */
function answered(response: unknown): { readonly response: Response } | undefined {
  const { complete = true, failed = [] } = (response ?? {}) as { complete?: boolean; failed?: unknown[] };
  return complete && failed.length === 0 ? { response: response as Response } : undefined;
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
