/** Load in a closed loop, and what was measured. */

/** Returns the smallest value that at least this share of the values doesn't exceed; for example, 0.5 is the median. */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const p50 = (values: Iterable<number>): number => quantile(values, 0.5);
export const p99 = (values: Iterable<number>): number => quantile(values, 0.99);

/** How long calls took. */
export class Timings {
  /** Milliseconds of each call. */
  readonly ms: number[] = [];
  /** The time in which the calls were made. */
  elapsedMs = 0;

  get perSecond(): number {
    return (this.ms.length / this.elapsedMs) * 1_000;
  }
}

/** Makes one call. Throws if its outcome is not the expected one. */
export type Call = () => Promise<unknown>;

/**
 * Lets callers make calls at the same time. Each makes its own calls one after another, as soon as the previous one has ended.
 * Adds their times to `timings`.
 */
async function callInLoops(callers: readonly (readonly Call[])[], timings: Timings): Promise<void> {
  const start = performance.now();
  await Promise.all(
    callers.map(async (calls) => {
      for (const call of calls) {
        const startOfCall = performance.now();
        await call();
        timings.ms.push(performance.now() - startOfCall);
      }
    }),
  );
  timings.elapsedMs += performance.now() - start;
}

/** Something to measure. */
export interface Contender {
  /** Returns this many calls for one of the callers, ready to be made. Isn't measured itself. */
  prepare(count: number, caller: number): Promise<readonly Call[]> | readonly Call[];
  /** Waits until nothing that the calls caused is still running, such as background work. */
  settle?(): Promise<void>;
}

interface Rounds {
  readonly rounds: number;
  /** No further round starts after this time, if at least two were counted. Default: no limit. */
  readonly secondsMax?: number;
  readonly callers: number;
  /** Of each caller, in each round. */
  readonly calls: number;
}

/**
 * Measures contenders in turns, so that what else the machine does affects all of them. Each round starts with a different
 * contender. The first round isn't counted: it warms up the code and the connections.
 */
export async function measureInTurns<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  { rounds, secondsMax = Number.POSITIVE_INFINITY, callers, calls }: Rounds,
): Promise<Record<Name, Timings>> {
  const names = Object.keys(contenders) as Name[];
  const timings = Object.fromEntries(names.map((name) => [name, new Timings()])) as Record<Name, Timings>;
  const startedAt = performance.now();
  const isInTime = () => performance.now() - startedAt < secondsMax * 1_000;
  for (let round = 0; round <= rounds && (round <= 2 || isInTime()); round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length] as Name;
      const { [name]: contender } = contenders;
      const prepared: (readonly Call[])[] = [];
      for (let caller = 0; caller < callers; caller += 1) {
        prepared.push(await contender.prepare(calls, caller));
      }
      await callInLoops(prepared, round === 0 ? new Timings() : timings[name]);
      await contender.settle?.();
    }
  }
  return timings;
}
