/**
 * All interleavings of calls that run at the same time. A call is a sequence of reads and writes of the store, and a scheduler
 * decides which call goes on. Whatever it decides, the answers and what everyone sees afterwards must be those of the model for
 * some order of the calls, one after the other.
 */
import type { Store } from '../../lib/table/store.ts';
import type { PolicyFixture } from '../support/builders.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';
import type { Call } from './call.ts';
import { violationOf } from './linearizability.ts';
import { startOn } from './start.ts';
import { importImage, on, setList, share, stop } from './vocabulary.ts';

/** Lets one of several calls go on at a time. */
class Scheduler {
  readonly #waiting: { readonly call: number; readonly goOn: () => void }[] = [];
  readonly #choices: readonly number[];
  /** How many calls there were to choose from, at each step. */
  readonly branches: number[] = [];

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  /** Returns when it is the turn of the call. */
  turnOf = (call: number): Promise<void> =>
    new Promise((goOn) => {
      this.#waiting.push({ call, goOn });
    });

  /** Lets the calls take turns, until none is waiting any more. */
  async run(): Promise<void> {
    for (;;) {
      // A call that goes on reaches its next turn, or its end, without waiting for anything but promises.
      await new Promise(setImmediate);
      if (this.#waiting.length === 0) {
        return;
      }
      this.#waiting.sort((a, b) => a.call - b.call);
      const choice = this.#choices[this.branches.length] ?? 0;
      this.branches.push(this.#waiting.length);
      this.#waiting.splice(choice, 1)[0]?.goOn();
    }
  }
}

/** The store as one call sees it: before each read and write, it waits for its turn. */
const takingTurns = (store: Store, turn: () => Promise<void>): Store =>
  new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' && name !== 'everything'
        ? async (...args: unknown[]) => {
            await turn();
            return value.apply(target, args);
          }
        : value;
    },
  });

/** The next sequence of choices in depth-first order, or undefined after the last. */
function nextChoices(choices: readonly number[], branches: readonly number[]): number[] | undefined {
  for (let step = branches.length - 1; step >= 0; step -= 1) {
    const choice = choices[step] ?? 0;
    if (choice + 1 < (branches[step] ?? 0)) {
      return [...Array.from({ length: step }, (_, before) => choices[before] ?? 0), choice + 1];
    }
  }
  return undefined;
}

export interface Interleaved {
  /** Made one after the other. */
  readonly before: readonly Call[];
  /** Made at the same time. */
  readonly concurrent: readonly Call[];
}

/** Returns the number of interleavings, the histories whose answers are not those of any order of the calls, and failures. */
export async function interleave(
  fixture: PolicyFixture,
  { before, concurrent }: Interleaved,
  wrap: (store: Store) => Store = (store) => store,
): Promise<{ readonly rounds: number; readonly violations: readonly unknown[] }> {
  const violations: unknown[] = [];
  let rounds = 0;
  for (let choices: number[] | undefined = []; choices !== undefined; ) {
    const scheduler = new Scheduler(choices);
    const store = wrap(new MemoryStore());
    const { tested: service, withStore } = await startOn(fixture, store);
    const violation = await violationOf(fixture, service, before, async (record) => {
      const made = concurrent.map((call, index) => {
        const turn = () => scheduler.turnOf(index);
        return record(call, withStore(takingTurns(store, turn), turn));
      });
      // A call can fail while others wait for their turn.
      await Promise.all([scheduler.run(), ...made]);
    }).catch((failure: unknown) => failure);
    violations.push(...(violation === undefined ? [] : [violation]));
    rounds += 1;
    choices = nextChoices(choices, scheduler.branches);
  }
  return { rounds, violations };
}

/** Sharing states of an image, with a sharing limit of 2. */
export const states: readonly (readonly Call[])[] = [
  [],
  [share(['a'])],
  [share(['a', 'b'])],
  [share(['a'], 5)],
  [share(['a'], 5), share(['b'])],
].map((calls) => [importImage, ...calls] as const);

/** The calls that change who can use an image. */
export const changes: readonly Call[] = [
  share(['a']),
  share(['b', 'c']),
  share(['a', 'c']),
  share(['c'], 5),
  setList(['b']),
  setList(['a', 'c']),
  { do: 'change', ...on, to: ['c'], remove: ['a'], ends: undefined, acknowledges: true },
  stop(['a', 'b']),
  { do: 'stop-all', ...on },
  { do: 'leave', by: 'a', image: 0 },
  { do: 'offboard', by: 'owner', recipient: 'a', regions: [0] },
  { do: 'accept', by: 'a', from: 'trusted', blocked: [] },
  { do: 'delete', ...on },
  { do: 'deprecate', ...on, deprecated: true },
  { do: 'launch', by: 'a', image: 0 },
  { do: 'save', by: 'a', image: 0 },
  { do: 'pass', seconds: 10 },
];

/** Every choice of `size` changes, with repetition, in each state. */
export const scopes = (size: number): Interleaved[] =>
  states.flatMap((before) => multisets(size, 0).map((concurrent) => ({ before, concurrent })));

function multisets(size: number, from: number): Call[][] {
  return size === 0
    ? [[]]
    : changes.slice(from).flatMap((call, index) => multisets(size - 1, from + index).map((rest) => [call, ...rest]));
}
