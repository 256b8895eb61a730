/** How long and in what manner a caller waits for a busy table. Handed in, so that tests neither sleep nor roll dice. */
export interface Patience {
  /** Milliseconds until the caller has to give up. */
  readonly remainingMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
}

const firstDelayMs = 25;
const delayMsMax = 400;

/** A caller gives up so long before its time is over, so that there is time left to answer. */
const reserveMs = 5_000;

/** Full jitter: anything from nothing to 25 ms after the first attempt, doubling up to 400 ms. */
export const delayMs = (attempt: number, random: () => number): number =>
  random() * Math.min(delayMsMax, firstDelayMs * 2 ** attempt);

/** Waits before the next attempt; false when there is no time left for one. */
export async function waitForTurn(attempt: number, { remainingMs, wait, random }: Patience): Promise<boolean> {
  const delay = delayMs(attempt, random);
  if (remainingMs() - delay < reserveMs) {
    return false;
  }
  await wait(delay);
  return true;
}
