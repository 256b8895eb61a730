/** The checks with faults between the service and DynamoDB, and stores that handle faults in a wrong way on purpose. */

import { ActionError } from '../../lib/model/error.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { Store } from '../../lib/table/store.ts';
import { type PolicyFixture, policyFixtures } from '../support/builders.ts';
import { addUp, type Check, type Size } from './check.ts';
import { playFaults, situations } from './faults.ts';
import { playNonceFaults } from './nonce-faults.ts';
import { playRelayFaults } from './relay-faults.ts';
import { playRouteFaults } from './route-faults.ts';
import { allWorks } from './route-works.ts';
import { withSmallLimits } from './start.ts';
import { importImage, share } from './vocabulary.ts';

/**
 * `deep` plays all rounds in all states in each cloud, and `full` each round in one of the clouds. `short` plays one of this many
 * situations in each cloud, and one of this many rounds.
 */
const shortShare = { situations: 14, rounds: 9 };

/** The same for the requests of all routes: one of this many works, and one of this many rounds, in each cloud. */
const workShare: Readonly<Record<Size, { readonly works: number; readonly rounds: number }>> = {
  short: { works: 24, rounds: 20 },
  full: { works: 1, rounds: 6 },
  deep: { works: 1, rounds: 1 },
};

/** The relay: one of this many rounds in each cloud. */
const relayShare: Readonly<Record<Size, number>> = { short: 60, full: 3, deep: 1 };

export const faultChecks = (size: Size): Check[] => [
  faultCheck('faults, store that repeats writes', size, repeatingWrites),
  faultCheck('faults, store that answers before it writes', size, answeringFirst),
  faultCheck('faults', size),
  {
    name: 'faults of every route and of the clean-up',
    run: () =>
      addUp((fixture, cloud) => {
        const { works, rounds } = workShare[size];
        return playRouteFaults(fixture, {
          works: allWorks.filter((_, index) => index % works === cloud % works),
          isPlayed: (round) => round % rounds === cloud % rounds,
        });
      }),
  },
  {
    name: 'faults of signed requests',
    run: () => playNonceFaults((round) => size !== 'short' || round % shortShare.rounds === 0),
  },
  {
    name: 'faults of a relay that reports no failures',
    mustFail: true,
    run: () => playRelayFaults(policyFixtures[0] as PolicyFixture, { isPlayed: (round) => round > 20, isSilent: true }),
  },
  {
    name: 'faults of the relay',
    run: () =>
      addUp((fixture, cloud) =>
        playRelayFaults(fixture, { isPlayed: (round) => round % relayShare[size] === cloud % relayShare[size] }),
      ),
  },
];

const faultCheck = (name: string, size: Size, wrap?: (store: Store) => Store): Check => ({
  name,
  mustFail: wrap !== undefined,
  async run() {
    let rounds = 0;
    const violations: unknown[] = [];
    for (const [cloud, fixture] of policyFixtures.map(withSmallLimits).entries()) {
      const all = situations(size === 'deep').filter((_, index) => size !== 'short' || index % shortShare.situations === cloud);
      const isPlayed = (round: number) => size === 'deep' || round % (size === 'full' ? 3 : shortShare.rounds) === cloud;
      const found = await (wrap === undefined
        ? playFaults(fixture, all, { isPlayed })
        : playFaults(fixture, [aShare], { wrap, until: 1 }));
      rounds += found.rounds;
      violations.push(...found.violations);
      if (wrap !== undefined && violations.length > 0) {
        break;
      }
    }
    return { rounds, violations };
  },
});

/** What the stores that are wrong on purpose are tried with. */
const aShare = { before: [importImage], call: share(['a']) };

const withCommit = (store: Store, commit: Store['commit']): Store =>
  new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      return name === 'commit' ? commit : typeof value === 'function' ? value.bind(target) : value;
    },
  });

/** A store that sends a transaction again, as a new one, if it doesn't know whether the first one took effect. */
const repeatingWrites = (store: Store): Store =>
  withCommit(store, (steps: readonly Step[]) =>
    store.commit(steps).catch((failure: unknown) => {
      if (failure instanceof ActionError) {
        return store.commit(steps);
      }
      throw failure;
    }),
  );

/** A store that reports success before the transaction is written. */
const answeringFirst = (store: Store): Store =>
  withCommit(store, async (steps: readonly Step[]) => {
    await store.commit(steps).catch(() => {});
    return { committed: true };
  });
