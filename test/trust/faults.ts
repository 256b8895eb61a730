/**
 * Faults: each call, in each state, with each fault at each of its requests to DynamoDB. The answer must be that of the model, or a
 * 503 with Retry-After in time. A caller that repeats the call with its Idempotency-Key gets the answer of the model, and the call has
 * one effect. Whatever happens, fsck finds nothing.
 */
import { fsck } from '../../lib/maintenance/fsck.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import type { Store } from '../../lib/table/store.ts';
import type { PolicyFixture } from '../support/builders.ts';
import { freshTable } from '../support/dynamodb.ts';
import { requestServer } from '../support/servers.ts';
import { TableSnapshot } from '../support/table-snapshot.ts';
import { retryingCommits } from '../table/retrying-commits.ts';
import type { Call } from './call.ts';
import { faultsOf, plansFor } from './fault-scripts.ts';
import { FaultyNetwork, type Planned } from './faulty-network.ts';
import { changes, states } from './interleavings.ts';
import { History } from './linearizability.ts';
import { startOn } from './start.ts';
import { underFaults } from './under-faults.ts';
import { VirtualTime } from './virtual-time.ts';
import { copy, importImage, views } from './vocabulary.ts';

interface Situation {
  readonly before: readonly Call[];
  readonly call: Call;
}

const inState = (before: readonly Call[]): Situation[] =>
  [...changes.filter((call) => call.do !== 'pass'), importImage, copy, ...views].map((call) => ({
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
  /** Ends after this many violations. With 1, starts with the last request. */
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
      // Faults of the last request, which writes, are the most likely ones to show what is wrong.
      for (const plan of until === 1 ? plansFor(operations).toReversed() : plansFor(operations)) {
        numbered += 1;
        if (isPlayed(numbered) && violations.length < until) {
          const { violation } = await play(faultsOf(plan), plan.isRepeated);
          violations.push(...(violation === undefined ? [] : [{ situation, ...plan, violation }]));
          rounds += 1;
        }
      }
    }
  } finally {
    await network.stop();
  }
  return { rounds, violations };
}

/** Creates a table in the state before the call. Returns a function that plays one round on it. */
async function setUp(fixture: PolicyFixture, { before, call }: Situation, network: FaultyNetwork, wrap: (store: Store) => Store) {
  const { client, table } = await freshTable();
  const healthy = new DynamoDBStore(client, table);
  const started = await startOn(fixture, retryingCommits(healthy));
  const past = new History(fixture, started.tested);
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

async function findings({ region, otherRegion, policy }: PolicyFixture, store: Store, now: () => Date): Promise<unknown> {
  const found = await fsck({ store, regions: new Map([region, otherRegion].map((name) => [name, policy])), now });
  return found.length === 0 ? undefined : found;
}
