/** Time that passes as soon as nothing else is going on, so that time-outs and delays cost no time and don't depend on the machine. */

/** How long a test waits for something that neither ends nor has a time-out. */
const stuckMs = 5_000;

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

const { setTimeout: realTimeout, clearTimeout: realClear } = globalThis;
const realWait = (ms: number) => new Promise<void>((resolve) => realTimeout(resolve, ms));

export class VirtualTime {
  /** Milliseconds since the start. */
  now = 0;
  readonly #timers = new Set<Timer>();
  #working = 0;

  /** Does real work, such as a request that is answered: time stands still. */
  async standStill<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#working += 1;
    try {
      return await work();
    } finally {
      this.#working -= 1;
    }
  }

  readonly wait = (ms: number): Promise<void> => new Promise((resolve) => void this.#start(resolve, ms));

  /** Returns a signal that is aborted after this time. */
  timeout(ms: number): AbortSignal {
    const controller = new AbortController();
    this.#start(() => controller.abort(new Error('The deadline has passed')), ms);
    return controller.signal;
  }

  /** Runs something whose timers are all virtual. Throws if it waits for something that never happens. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    let isDone = false;
    Object.assign(globalThis, {
      setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => this.#start(() => run(...args), ms),
      // Timers that started earlier are real.
      clearTimeout: (timer: Timer) => this.#timers.delete(timer) || realClear(timer as never),
    });
    try {
      const result = work().finally(() => {
        isDone = true;
      });
      result.catch(() => {});
      await this.#passUntil(() => isDone);
      return await result;
    } finally {
      Object.assign(globalThis, { setTimeout: realTimeout, clearTimeout: realClear });
      this.#timers.clear();
    }
  }

  #start(run: () => void, ms: number): Timer {
    const timer = { at: this.now + ms, run, ref: () => timer, unref: () => timer, hasRef: () => true };
    this.#timers.add(timer);
    return timer;
  }

  async #passUntil(isDone: () => boolean): Promise<void> {
    const startedAt = performance.now();
    for (let idle = 0; !isDone(); idle += 1) {
      await new Promise(setImmediate);
      if (this.#working > 0) {
        idle = 0;
      }
      // Work that has ended goes on in the next turns, and can start other work.
      if (idle < 3) {
        continue;
      }
      const [next] = [...this.#timers].sort((a, b) => a.at - b.at);
      if (next !== undefined) {
        this.#timers.delete(next);
        this.now = Math.max(this.now, next.at);
        next.run();
        idle = 0;
      } else if (performance.now() - startedAt > stuckMs) {
        throw new Error('It waits for something that never happens, without a time-out');
      } else {
        await realWait(1);
      }
    }
  }
}
