/**
 * Faults: each call, in each state, with each fault at each of its requests to DynamoDB. The answer must be that of the model, or a
 * 503 with Retry-After in time. A caller that repeats the call with its Idempotency-Key gets the answer of the model, and the call has
 * one effect. Whatever happens, fsck finds nothing.
 */
import { fsck } from '../../lib/maintenance/fsck.ts';
import { ActionError } from '../../lib/model/error.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import type { Store } from '../../lib/table/store.ts';
import type { PolicyFixture } from '../support/builders.ts';
import { freshTable } from '../support/dynamodb.ts';
import { requestServer } from '../support/servers.ts';
import { retryingCommits } from '../table/retrying-commits.ts';
import type { Call } from './call.ts';
import { canHappen, type Fault, FaultyNetwork, type Planned } from './faulty-network.ts';
import { changes, states } from './interleavings.ts';
import { History } from './linearizability.ts';
import { type Around, startOn } from './start.ts';
import { TableSnapshot } from './table-snapshot.ts';
import { VirtualTime } from './virtual-time.ts';
import { importImage, on, views } from './vocabulary.ts';

/** The time-out of the functions in serverless.yml. */
const timeoutMs = 29_000;
/** See process.ts. */
const respondMs = 1_000;

/** Faults of consecutive requests. The last one can go on for ever. */
interface Script {
  readonly faults: readonly Fault[];
  readonly forever?: boolean;
}

const each: readonly Fault[] = [
  'throughput exceeded',
  'throttled',
  'internal error',
  'conflict',
  'transaction conflict',
  'transaction throttled',
  'transaction in progress',
  'reset',
  'reset after',
  'no answer',
  'no answer after',
  'no answer, late',
];

/** Each fault once, for all attempts of the SDK, and, if it differs from that, until the caller is answered. Then, mixed ones. */
const scripts: readonly Script[] = [
  ...each.map((fault) => ({ faults: [fault] })),
  ...each.map((fault) => ({ faults: [fault, fault, fault] })),
  ...(['throttled', 'transaction conflict', 'no answer'] as const).map((fault) => ({ faults: [fault], forever: true })),
  { faults: ['reset after', 'throttled', 'throttled'] },
  { faults: ['reset after', 'transaction in progress', 'transaction in progress'] },
  { faults: ['no answer after', 'transaction throttled', 'throttled'] },
  { faults: ['no answer, late', 'transaction conflict'] },
  { faults: ['no answer, late', 'throttled', 'throttled', 'reset'] },
  { faults: ['internal error', 'transaction conflict', 'reset after'] },
];

interface Situation {
  readonly before: readonly Call[];
  readonly call: Call;
}

const inState = (before: readonly Call[]): Situation[] =>
  [...changes.filter((call) => call.do !== 'pass'), importImage, { do: 'copy', ...on } as const, ...views].map((call) => ({
    before,
    call,
  }));

const reported = (['available', 'failed'] as const).map(
  (state): Situation => ({
    before: [{ do: 'import', by: 'owner', state: 'pending' }],
    call: { do: 'report', image: 0, state },
  }),
);

/** All calls on an image that is shared with one account, or, if `everywhere`, in all states. */
export const situations = (everywhere: boolean): Situation[] => [
  ...(everywhere ? states : states.slice(1, 2)).flatMap(inState),
  ...reported,
];

export interface Faulty {
  readonly rounds: number;
  readonly violations: readonly unknown[];
}

interface FaultOptions {
  /** Which of all rounds to play. */
  readonly isPlayed?: (round: number) => boolean;
  readonly wrap?: (store: Store) => Store;
  /** Ends after this many violations. */
  readonly until?: number;
}

/** Plays the situations with all faults. */
export async function playFaults(
  fixture: PolicyFixture,
  all: readonly Situation[],
  { isPlayed = () => true, wrap = (store) => store, until = Number.POSITIVE_INFINITY }: FaultOptions = {},
): Promise<Faulty> {
  const { endpoint } = await requestServer('dynamodb');
  const network = await FaultyNetwork.start(endpoint);
  const violations: unknown[] = [];
  let numbered = 0;
  let rounds = 0;
  try {
    for (const situation of all) {
      const play = await setUp(fixture, situation, network, wrap);
      const { operations } = await play(() => undefined, false);
      for (const { script, at } of plans(operations)) {
        for (const isRepeated of [false, true]) {
          numbered += 1;
          if (isPlayed(numbered) && violations.length < until) {
            const { violation } = await play(faultsFrom(script, at), isRepeated);
            violations.push(...(violation === undefined ? [] : [{ situation, script, at, isRepeated, violation }]));
            rounds += 1;
          }
        }
      }
    }
  } finally {
    await network.stop();
  }
  return { rounds, violations };
}

const plans = (operations: readonly string[]): { readonly script: Script; readonly at: number }[] =>
  operations.flatMap((operation, at) =>
    scripts.filter(({ faults }) => faults.every((fault) => canHappen(fault, operation))).map((script) => ({ script, at })),
  );

/** Returns the faults of a script, from one request on, for the requests to which they can happen. */
function faultsFrom({ faults, forever = false }: Script, at: number): Planned {
  let next = 0;
  return (operation, request) => {
    const fault = request < at ? undefined : (faults[next] ?? (forever ? faults.at(-1) : undefined));
    if (fault === undefined || !canHappen(fault, operation)) {
      return undefined;
    }
    next += 1;
    return fault;
  };
}

/** Creates a table in the state before the call. Returns a function that plays one round on it. */
async function setUp(fixture: PolicyFixture, { before, call }: Situation, network: FaultyNetwork, wrap: (store: Store) => Store) {
  const { client, table } = await freshTable();
  const healthy = new DynamoDBStore(client, table);
  const started = await startOn(fixture, retryingCommits(healthy));
  const past = new History(fixture, started.trusted);
  await past.recordAll(before);
  const snapshot = await TableSnapshot.take(client, table);

  return async (faults: Planned, isRepeated: boolean) => {
    const time = new VirtualTime();
    await network.plan(time, faults);
    const history = past.branch();
    const service = started.withCalls(wrap(new DynamoDBStore(network.client, table)), underFaults(time, network, isRepeated));
    const failure = await time
      .run(() => history.record(call, service))
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    const { operations } = network;
    network.heal();
    await network.deliverLate();
    const violation = failure ?? (await history.violation()) ?? (await findings(fixture, healthy, started.service.now));
    await snapshot.restore();
    return { operations, violation };
  };
}

async function findings({ region, policy }: PolicyFixture, store: Store, now: () => Date): Promise<unknown> {
  const found = await fsck({ store, regions: new Map([[region, policy]]), now });
  return found.length === 0 ? undefined : found;
}

/** Makes a call as a caller does. One that repeats it does so when the faults are over. */
const underFaults =
  (time: VirtualTime, network: FaultyNetwork, isRepeated: boolean): Around =>
  async (call) => {
    for (let isFirst = true; ; isFirst = false) {
      const startedAt = time.now;
      const remainingMs = () => timeoutMs - (time.now - startedAt);
      const budget = { remainingMs, wait: time.wait, random: () => 0.5, deadline: time.timeout(timeoutMs - respondMs) };
      try {
        const response = (await call({ budget, ...(isRepeated && { key: 'key-1' }) })) as Record<string, unknown> | null;
        if (response?.['complete'] !== false && ((response?.['failed'] ?? []) as unknown[]).length === 0) {
          return isFirst ? response : { ...response, repeated: true };
        }
        if (!isRepeated) {
          throw new ActionError('Unavailable', { detail: 'Some images are possibly still shared.', retryAfterSeconds: 1 });
        }
      } catch (failure) {
        const isUnavailable = failure instanceof ActionError && failure.code === 'Unavailable';
        if (isUnavailable && failure.details.retryAfterSeconds === undefined) {
          throw new Error('Unavailable without Retry-After', { cause: failure });
        }
        if (!isUnavailable || !isRepeated) {
          throw failure;
        }
      } finally {
        if (remainingMs() < 0) {
          // biome-ignore lint/correctness/noUnsafeFinally: an answer that is too late is none
          throw new Error(`The call took ${time.now - startedAt} ms`);
        }
      }
      network.heal();
    }
  };
