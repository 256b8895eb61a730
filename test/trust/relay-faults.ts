/**
 * Faults of the relay: the writes of everything that happens to an image, relayed with each fault at each request to DynamoDB and to
 * the event bus. Lambda invokes the function again from a failed write on. In the end, everything is relayed: nothing is lost, and
 * nothing is done twice, except that events of a failed write can be published again, with the same ID. A write that always fails is
 * reported, and the others are relayed nevertheless.
 */
import type { DynamoDBRecord } from 'aws-lambda';
import { relayChanges } from '../../functions/relay-changes.ts';
import { logger } from '../../lib/app/process.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { noon, type PolicyFixture } from '../support/builders.ts';
import { freshTable } from '../support/dynamodb.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { requestServer } from '../support/servers.ts';
import { type Item, TableSnapshot, textOf } from '../support/table-snapshot.ts';
import { retryingCommits } from '../table/retrying-commits.ts';
import type { Result } from './check.ts';
import { faultsOf, plansFor } from './fault-scripts.ts';
import { type BusFault, busFaults, FaultyBus } from './faulty-bus.ts';
import { FaultyNetwork, type Planned } from './faulty-network.ts';
import { shard, withoutNewIds } from './new-ids.ts';
import { prepareWrites } from './relayed-writes.ts';
import { deliver, sequenceOf, writesBetween } from './stream.ts';
import { budgetFrom } from './under-faults.ts';
import { VirtualTime } from './virtual-time.ts';

interface Faults {
  readonly ofDynamoDB?: Planned;
  readonly ofBus?: (request: number) => BusFault | undefined;
}

/** What a relay leaves. */
interface Relayed {
  readonly operations: readonly string[];
  readonly busRequests: number;
  /** What is in the table, one text for each item. */
  readonly left: ReadonlySet<string>;
  /** The events, in the order in which they were published. */
  readonly events: readonly string[];
  /** The writes that failed, and those that were given up. */
  readonly failed: ReadonlySet<string>;
  readonly unrelayed: readonly string[];
}

interface Options {
  /** Which of all rounds to play. */
  readonly isPlayed: (round: number) => boolean;
  /** Whether the function reports no failures, which is wrong on purpose. Ends after the first violation. */
  readonly isSilent?: boolean;
}

/** Plays all faults in the regions of one cloud. */
export async function playRelayFaults(fixture: PolicyFixture, { isPlayed, isSilent = false }: Options): Promise<Result> {
  const { endpoint } = await requestServer('dynamodb');
  const network = await FaultyNetwork.start(endpoint);
  const { client, table } = await freshTable();
  const service = new InMemoryService(retryingCommits(new DynamoDBStore(client, table)), { at: noon });
  const writes = await prepareWrites(service, fixture, () => TableSnapshot.take(client, table));
  const relay = relayOf(service, network, { table, writes, isSilent, snapshot: await TableSnapshot.take(client, table) });
  const level = logger.getLevelName();
  logger.setLogLevel('SILENT');
  const violations: unknown[] = [];
  let [numbered, rounds] = [0, 0];
  try {
    const undisturbed = await relay({});
    const plans: (Faults & { readonly name: unknown })[] = [
      ...plansFor(undisturbed.operations)
        .filter(({ isRepeated }) => !isRepeated)
        .map(({ script, at }) => ({ name: { script, at }, ofDynamoDB: faultsOf({ script, at, isRepeated: false }) })),
      ...Array.from({ length: undisturbed.busRequests }, (_, at) =>
        busFaults.flatMap((fault) =>
          [at, Number.POSITIVE_INFINITY].map((until) => ({
            name: { fault, at, until },
            ofBus: (request: number) => (request >= at && request <= until ? fault : undefined),
          })),
        ),
      ).flat(),
    ];
    for (const { name, ...faults } of plans) {
      numbered += 1;
      if (isPlayed(numbered) && !(isSilent && violations.length > 0)) {
        rounds += 1;
        const relayed = await relay(faults);
        const [without] = relayed.unrelayed;
        const violation = whatIsWrong(relayed, undisturbed, without === undefined ? undisturbed : await relay({}, without));
        violations.push(...(violation === undefined ? [] : [{ name, violation }]));
      }
    }
  } finally {
    logger.setLogLevel(level);
    await network.stop();
  }
  return { rounds, violations };
}

interface Place {
  readonly table: string;
  readonly writes: readonly DynamoDBRecord[];
  readonly snapshot: TableSnapshot;
  readonly isSilent: boolean;
}

/** Returns what relays the writes with faults, except one, and what that writes itself. */
const relayOf = (service: InMemoryService, network: FaultyNetwork, { table, writes, snapshot, isSilent }: Place) => {
  const withoutIds = withoutNewIds(snapshot.taken);
  const textsOf = (items: readonly Item[]) => new Set(items.map((item) => textOf(withoutIds(item)).replace(shard, 'DUE')));
  return async ({ ofDynamoDB = () => undefined, ofBus = () => undefined }: Faults, without?: string): Promise<Relayed> => {
    await snapshot.restore();
    const [time, bus] = [new VirtualTime(), new FaultyBus(ofBus)];
    await network.plan(time, ofDynamoDB);
    const store = new DynamoDBStore(network.client, table);
    const dependencies = Object.assign(Object.create(service) as InMemoryService, { store });
    const handle = relayChanges(
      () => ({ dependencies, publish: bus.publish }),
      () => budgetFrom(time),
    );
    const invoke = async (Records: DynamoDBRecord[]) => {
      const response = await handle({ Records }, lambda);
      return isSilent ? { batchItemFailures: [] } : response;
    };
    const lambda = { awsRequestId: 'relay-1', getRemainingTimeInMillis: () => Number.NaN };
    const heal = () => {
      network.heal();
      bus.heal();
    };
    const failed = new Set<string>();
    const unrelayed: string[] = [];
    let batch: readonly DynamoDBRecord[] = writes;
    for (let before = snapshot.taken; batch.length > 0; ) {
      const wanted = batch.filter((write) => sequenceOf(write) !== without);
      const delivery = await time.run(() => deliver(wanted, invoke, heal));
      delivery.failed.forEach((sequence) => void failed.add(sequence));
      unrelayed.push(...delivery.unrelayed);
      const after = await snapshot.current();
      batch = writesBetween(before, after, writes.length);
      before = after;
    }
    const { operations } = network;
    heal();
    await network.deliverLate();
    const left = textsOf(await snapshot.current());
    const events = bus.accepted.map((event) => textOf(withoutIds(JSON.parse(event))));
    return { operations, busRequests: bus.requests, left, events, failed, unrelayed };
  };
};

/** Compares with what is relayed without faults: everything, and everything but the write that was given up. */
function whatIsWrong(relayed: Relayed, all: Relayed, rest: Relayed): string | undefined {
  const { left, events, failed, unrelayed } = relayed;
  const unexpected = [...left].filter((text) => !all.left.has(text) && !rest.left.has(text));
  const missing = [...all.left].filter((text) => rest.left.has(text) && !left.has(text));
  const unique = [...new Set(events)].filter((event) => rest.events.includes(event));
  const repeats = events.length - new Set(events).size;
  return unrelayed.length > 1
    ? `More than one write is not relayed: ${unrelayed}`
    : unexpected.length + missing.length > 0
      ? `The table is different: ${JSON.stringify({ unexpected, missing })}`
      : textOf(unique) !== textOf(rest.events) || events.some((event) => !all.events.includes(event))
        ? `The events are different: ${JSON.stringify({ events, expected: rest.events })}`
        : repeats > 0 && failed.size === 0
          ? `Events are published twice, although nothing failed: ${JSON.stringify(events)}`
          : undefined;
}
