/** The checks that `npm run trust` prints, each with the number of its rounds and the violations it found. */
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import type { Store } from '../../lib/table/store.ts';
import { type PolicyFixture, policyFixtures } from '../support/builders.ts';
import { freshTable } from '../support/dynamodb.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';
import { retryingCommits } from '../table/retrying-commits.ts';
import { accountsOf, type TestedService } from './calls.ts';
import type { Check, Result, Size } from './check.ts';
import { crashChecks } from './crash-checks.ts';
import { faultChecks } from './fault-checks.ts';
import { leavingOut } from './forgetful-store.ts';
import { playHistories } from './histories.ts';
import { checkInputAtLength } from './input/check.ts';
import { checkBytes } from './input/socket.ts';
import { interleave, scopes } from './interleavings.ts';
import type { Cloud } from './model/state.ts';
import { Model } from './model.ts';
import { naive } from './naive-store.ts';
import type { OverHttp } from './over-http.ts';
import { startInMemory, startSdksInMemory } from './permissions/in-memory.ts';
import { checkPermissions } from './permissions/matrix.ts';
import { checkSdkPermissions } from './permissions/sdk-matrix.ts';
import { sdkClouds } from './permissions/sdk-requests.ts';
import { races, runNaiveRace, runRace } from './races.ts';
import { startOn, withSmallLimits } from './start.ts';
import { runWorkload } from './workload.ts';

const small = policyFixtures.map(withSmallLimits);

const inMemoryWith =
  (wrap: (store: Store) => Store) =>
  async (fixture: PolicyFixture): Promise<TestedService> =>
    (await startOn(fixture, wrap(new MemoryStore()))).tested;

const inMemory = inMemoryWith((store) => store);

/** Returns stores, each on a table of its own, which is deleted when the next one is requested. */
function tables(): () => Promise<Store> {
  let dropLast = async () => {};
  return async () => {
    await dropLast();
    const { client, table, drop } = await freshTable();
    dropLast = drop;
    return new DynamoDBStore(client, table);
  };
}

function onDynamoDB(): (fixture: PolicyFixture) => Promise<TestedService> {
  const freshStore = tables();
  return async (fixture) => (await startOn(fixture, retryingCommits(await freshStore()))).tested;
}

/** Runs something a number of times in each cloud, or until the first violation. */
async function inEachCloud(
  fixtures: readonly PolicyFixture[],
  rounds: number,
  run: (fixture: PolicyFixture, round: number) => Promise<unknown>,
): Promise<Result> {
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, fixture] of fixtures.entries()) {
      const violation = await run(fixture, round);
      if (violation !== undefined) {
        return { rounds: (round - 1) * fixtures.length + index + 1, violations: [violation] };
      }
    }
  }
  return { rounds: rounds * fixtures.length, violations: [] };
}

/** Returns the checks of a size, and what stops the service that those over HTTP share. It starts when the first of them is run. */
export function checksOf(
  size: Size,
  crashes?: number,
): { readonly checks: readonly Check[]; readonly stop: () => Promise<void> } {
  let http: Promise<OverHttp> | undefined;
  const places = {
    'in memory': { fixtures: small, start: inMemory },
    'on DynamoDB': { fixtures: small, start: onDynamoDB() },
    'over HTTP': {
      fixtures: policyFixtures,
      start: async (fixture: PolicyFixture): Promise<TestedService> => {
        http ??= import('./over-http.ts').then(({ startOverHttp }) => startOverHttp());
        return (await http).start(fixture);
      },
    },
  } as const;
  type Place = keyof typeof places;

  const histories = (place: Place, rounds: Rounds): Check => ({
    name: `histories ${place}`,
    async run() {
      const { fixtures, start } = places[place];
      const found = await inEachCloud(fixtures, 1, (fixture) =>
        playHistories(fixture, () => start(fixture), { rounds: rounds[size], seed: 1 }),
      );
      return { ...found, rounds: rounds[size] * fixtures.length };
    },
  });

  const raceChecks = (place: Place, rounds: Rounds): Check[] =>
    races.map((race) => ({
      name: `race ${place}: ${race.name}`,
      run: () =>
        inEachCloud(places[place].fixtures, rounds[size], async (fixture) =>
          runRace(race, fixture, await places[place].start(fixture)),
        ),
    }));

  const freshStore = tables();
  const naiveRaceChecks = races.map(
    (race): Check => ({
      name: `race on DynamoDB, naive store: ${race.name}`,
      mustFail: true,
      run: () =>
        inEachCloud(small, naiveRounds, async (fixture) => {
          const store = retryingCommits(naive(await freshStore()));
          return runNaiveRace(race, fixture, store, await startOn(fixture, store));
        }),
    }),
  );

  const workloads = (place: Place, rounds: Rounds): Check => ({
    name: `concurrent callers ${place}`,
    run: () =>
      inEachCloud(places[place].fixtures, rounds[size], async (fixture, round) =>
        runWorkload(fixture, await places[place].start(fixture), round),
      ),
  });

  const interleavings = (name: string, calls: number, { wrap, mustFail = false }: InterleavingOptions = {}): Check => ({
    name: `interleavings of ${name}`,
    mustFail,
    async run() {
      let rounds = 0;
      const violations: unknown[] = [];
      for (const [cloud, fixture] of small.entries()) {
        // The short form takes a sixth of the situations from each cloud.
        const situations = scopes(calls).filter((_, index) => size !== 'short' || index % shortShare === cloud);
        for (const situation of situations) {
          const found = await interleave(fixture, situation, wrap);
          rounds += found.rounds;
          violations.push(...found.violations);
          if (mustFail && size === 'short' && violations.length > 0) {
            return { rounds, violations };
          }
        }
      }
      return { rounds, violations };
    },
  });

  return {
    stop: async () => (await http)?.stop(),
    // The short form leaves HTTP to test/http, which starts fewer servers.
    checks: [
      wrongHistories('against a wrong model', inMemory, (cloud) => ({ ...cloud, cap: cloud.cap + 1 })),
      wrongHistories('of a store whose lists leave out an image', inMemoryWith(leavingOut)),
      histories('in memory', { short: 100, full: 5_000, deep: 340_000 }),
      histories('on DynamoDB', { short: 2, full: 100, deep: 500 }),
      interleavings('two calls, naive store', 2, { wrap: naive, mustFail: true }),
      interleavings('two calls', 2),
      ...(size === 'deep' ? [interleavings('three calls', 3)] : []),
      ...naiveRaceChecks,
      ...raceChecks('on DynamoDB', { short: 1, full: 100, deep: 1_000 }),
      workloads('on DynamoDB', { short: 2, full: 100, deep: 1_000 }),
      { name: 'input as bytes', run: () => checkBytes({ short: 300, full: 20_000, deep: 200_000 }[size], 1) },
      ...faultChecks(size),
      ...crashChecks(size, crashes),
      ...(size === 'short'
        ? []
        : [
            ...policyFixtures.map(
              (fixture): Check => ({
                name: `permissions in memory: ${fixture.name}`,
                run: async () => checkPermissions(await startInMemory(fixture)),
              }),
            ),
            ...sdkClouds.map(
              (cloud): Check => ({
                name: `permissions in memory: SDKs of ${cloud.name}`,
                run: async () => checkSdkPermissions(cloud, await startSdksInMemory(cloud.policy)),
              }),
            ),
            { name: 'input in memory', run: () => checkInputAtLength(size === 'deep' ? 1_000_000 : 100_000, 1) },
            {
              name: 'permissions over HTTP',
              run: async () => (await import('./permissions/over-http.ts')).permissionsOverHttp(policyFixtures),
            },
            histories('over HTTP', { short: 0, full: 50, deep: 500 }),
            ...raceChecks('over HTTP', { short: 0, full: 100, deep: 1_000 }),
            workloads('over HTTP', { short: 0, full: 100, deep: 1_000 }),
          ]),
    ],
  };
}

interface InterleavingOptions {
  readonly wrap?: (store: Store) => Store;
  readonly mustFail?: boolean;
}

type Rounds = Readonly<Record<Size, number>>;

/** A round goes wrong, except some of a deletion: whether UCloud's shares are withdrawn depends on the order of the writes. */
const naiveRounds = 10;

/** Each cloud plays one of this many situations in the short form. */
const shortShare = 6;

/** Histories of a service or a model that is wrong on purpose: they must notice. */
const wrongHistories = (
  name: string,
  start: (fixture: PolicyFixture) => Promise<TestedService>,
  wrong: (cloud: Cloud) => Cloud = (cloud) => cloud,
): Check => ({
  name: `histories ${name}`,
  mustFail: true,
  run: () =>
    inEachCloud(small, 1, (fixture) =>
      playHistories(fixture, () => start(fixture), {
        rounds: 1_000,
        seed: 1,
        makeModel: (cloud) => new Model(wrong(cloud), accountsOf(fixture)),
      }),
    ),
});
