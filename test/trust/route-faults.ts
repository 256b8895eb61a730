/**
 * Faults of everything that the service does: each route with each fault at each of its requests to DynamoDB. What an undisturbed call
 * answers and leaves is the only thing that a disturbed one may answer, and it must leave that, or what was there before if it asks the
 * caller to try again. A caller that repeats it with its Idempotency-Key gets that answer, and everything is done once.
 */
import { fsck } from '../../lib/maintenance/fsck.ts';
import { ActionError } from '../../lib/model/error.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import type { Store } from '../../lib/table/store.ts';
import { noon, type PolicyFixture, regions } from '../support/builders.ts';
import { freshTable } from '../support/dynamodb.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { requestServer } from '../support/servers.ts';
import { type Item, TableSnapshot, textOf } from '../support/table-snapshot.ts';
import { retryingCommits } from '../table/retrying-commits.ts';
import type { Result } from './check.ts';
import { faultsOf, plansFor } from './fault-scripts.ts';
import { FaultyNetwork, type Planned } from './faulty-network.ts';
import { shard, withoutNewIds } from './new-ids.ts';
import { createWorld } from './permissions/world.ts';
import type { Run, Scene, Work } from './route-works.ts';
import { underFaults } from './under-faults.ts';
import { VirtualTime } from './virtual-time.ts';

interface Options {
  readonly works: readonly Work[];
  /** Which of all rounds to play. */
  readonly isPlayed: (round: number) => boolean;
  readonly wrap?: (store: Store) => Store;
}

/** Plays all work in the regions of one cloud, with all faults. */
export async function playRouteFaults(
  fixture: PolicyFixture,
  { works, isPlayed, wrap = (store) => store }: Options,
): Promise<Result> {
  const { endpoint } = await requestServer('dynamodb');
  const network = await FaultyNetwork.start(endpoint);
  const { client, table } = await freshTable();
  const clock = { at: noon };
  const service = new InMemoryService(retryingCommits(new DynamoDBStore(client, table)), clock);
  const world = await createWorld(service, fixture, 100_000_000_001, (seconds) => service.passSeconds(seconds));
  const start = { snapshot: await TableSnapshot.take(client, table), at: clock.at };
  const violations: unknown[] = [];
  let [numbered, rounds] = [0, 0];
  try {
    for (const work of works) {
      const run = await work.prepare({ service, world });
      const trial = new Trial({ service, world }, run, await TableSnapshot.take(client, table), { network, table, wrap });
      const undisturbed = await trial.play(() => undefined, false);
      violations.push(
        ...(await wrongWithUndisturbed(work.changes(fixture.policy), undisturbed, trial)).map((text) => ({
          work: work.name,
          text,
        })),
      );
      const plans = plansFor(undisturbed.operations).filter(({ isRepeated }) => work.isRepeatable || !isRepeated);
      for (const plan of plans) {
        numbered += 1;
        if (isPlayed(numbered)) {
          rounds += 1;
          const played = await trial.play(faultsOf(plan), plan.isRepeated);
          const violation = await whatIsWrong(work, plan.isRepeated, played, undisturbed, trial);
          violations.push(...(violation === undefined ? [] : [{ work: work.name, ...plan, violation }]));
        }
      }
      await start.snapshot.restore();
      clock.at = start.at;
    }
  } finally {
    await network.stop();
  }
  return { rounds, violations };
}

/** How a call ended. */
interface Played {
  readonly operations: readonly string[];
  /** Undefined if the caller was asked to try again. */
  readonly answer: unknown;
  readonly failure: unknown;
  /** What is in the table. */
  readonly left: string;
}

interface Place {
  readonly network: FaultyNetwork;
  readonly table: string;
  readonly wrap: (store: Store) => Store;
}

/** Plays the same work again and again. */
class Trial {
  readonly before: string;
  readonly service: InMemoryService;
  readonly #run: Run;
  readonly #snapshot: TableSnapshot;
  readonly #place: Place;
  /** The same value with one text in place of all IDs that are new, because they differ between rounds. */
  readonly #withoutIds: (value: unknown) => unknown;

  constructor({ service }: Scene, run: Run, snapshot: TableSnapshot, place: Place) {
    this.service = service;
    this.#run = run;
    this.#snapshot = snapshot;
    this.#place = place;
    this.#withoutIds = withoutNewIds(snapshot.taken);
    this.before = this.#textOf(snapshot.taken);
  }

  async play(faults: Planned, isRepeated: boolean): Promise<Played> {
    const { network, table, wrap } = this.#place;
    await this.#snapshot.restore();
    const time = new VirtualTime();
    await network.plan(time, faults);
    const store = wrap(new DynamoDBStore(network.client, table));
    const view = Object.assign(Object.create(this.service) as InMemoryService, { store });
    const around = underFaults(time, network, isRepeated);
    const [answer, failure] = await time
      .run(() => around((options) => this.#run(view, options)))
      .then(
        // An empty response is null, or has only the note that the call was repeated.
        (response) => [{ ...(response as object | null) }, undefined],
        (thrown: unknown) => [undefined, isTryAgain(thrown) ? undefined : thrown],
      );
    const { operations } = network;
    network.heal();
    await network.deliverLate();
    return { operations, answer: this.#withoutIds(answer), failure, left: this.#textOf(await this.#snapshot.current()) };
  }

  async findings(): Promise<readonly unknown[]> {
    return fsck({ store: this.service.store, regions, now: this.service.now });
  }

  /**
   * What matters of the items: not the records of Idempotency-Keys, the use of a share, which is recorded only if that is possible, or
   * the ciphertext of secrets, which is always another one.
   */
  #textOf(items: readonly Item[]): string {
    return items
      .filter(({ PK }) => !String(PK).startsWith('IDEMPOTENCY#'))
      .map(({ lastUsedAt, secret, ...item }) => textOf(this.#withoutIds(item)).replace(shard, 'DUE'))
      .sort()
      .join('\n');
  }
}

const isTryAgain = (thrown: unknown): boolean => thrown instanceof ActionError && thrown.code === 'Unavailable';

async function wrongWithUndisturbed(changes: boolean, { answer, failure, left }: Played, trial: Trial): Promise<string[]> {
  const findings = await trial.findings();
  return [
    ...(answer === undefined || failure !== undefined ? [`The request is refused without a fault: ${failure}`] : []),
    ...(changes === (left === trial.before) ? [`The request ${changes ? "doesn't change" : 'changes'} anything`] : []),
    ...(findings.length > 0 ? [`fsck finds ${JSON.stringify(findings)}`] : []),
  ];
}

async function whatIsWrong(
  { isLong }: Work,
  isRepeated: boolean,
  { answer, failure, left }: Played,
  expected: Played,
  trial: Trial,
): Promise<string | undefined> {
  if (failure !== undefined) {
    return `failed: ${failure}`;
  }
  if (isLong && !isRepeated) {
    // What is left to do is repeated, or done by the clean-up.
    const findings = left === expected.left ? [] : await trial.findings();
    return findings.length === 0 ? undefined : `fsck finds ${JSON.stringify(findings)}`;
  }
  if (answer === undefined) {
    return isRepeated || ![trial.before, expected.left].includes(left)
      ? `half an effect: ${differenceOf(left, trial.before)}`
      : undefined;
  }
  if (left !== expected.left) {
    return `another effect: ${differenceOf(left, expected.left)}`;
  }
  const { repeated = false, ...response } = answer as { repeated?: boolean };
  // Long work lists what its last repeat did, and only the call that creates a key returns its secret.
  const textWithoutSecret = (value: unknown) => textOf({ ...(value as object), ...(repeated && { secret: undefined }) });
  const isExpected = textWithoutSecret(response) === textWithoutSecret(expected.answer);
  return isExpected || (isLong && repeated) ? undefined : `another answer: ${textOf(answer)}`;
}

/** The lines that are in only one of the texts. */
function differenceOf(received: string, expected: string): string {
  const [a, b] = [received, expected].map((text) => new Set(text.split('\n'))) as [Set<string>, Set<string>];
  return JSON.stringify({ unexpected: [...a].filter((line) => !b.has(line)), missing: [...b].filter((line) => !a.has(line)) });
}
