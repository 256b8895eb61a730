/**
 * Races: calls that run at the same time, as they come, on a real store or over HTTP. Their answers, and what everyone sees
 * afterwards, must be those of the model for some order of the calls.
 */
import type { Store } from '../../lib/table/store.ts';
import type { PolicyFixture } from '../support/builders.ts';
import type { Call } from './call.ts';
import { anImage, type TestedService } from './calls.ts';
import { type Event, type History, violationOf } from './linearizability.ts';
import { decidingFirst } from './naive-store.ts';
import type { InThisProcess } from './start.ts';
import { copy, importImage, on, setList, share, stop } from './vocabulary.ts';

export interface Race {
  readonly name: string;
  /** Made one after the other, once the image exists. */
  readonly before: readonly Call[];
  /** Made at the same time. */
  readonly concurrent: readonly Call[];
}

/** On an image that can have two more recipients, whose owner can have two more images if the quota is 3. */
export const races: readonly Race[] = [
  {
    name: 'the sharing limit',
    before: [share(['a'])],
    concurrent: [share(['b']), share(['c']), share(['d']), share(['b', 'c'])],
  },
  { name: 'the same share twice', before: [], concurrent: [share(['a']), share(['a']), share(['a']), share(['a'])] },
  { name: 'cancel against share', before: [share(['a'])], concurrent: [stop(['a']), share(['a']), stop(['a']), share(['b'])] },
  { name: 'set the list against share', before: [], concurrent: [setList(['b']), share(['a']), share(['c']), setList(['a'])] },
  {
    name: 'delete against share',
    before: [],
    concurrent: [share(['a']), share(['b']), { do: 'delete', ...on }, share(['a', 'b'])],
  },
  {
    name: 'offboarding against share',
    before: [share(['a'])],
    concurrent: [share(['b']), { do: 'offboard', by: 'owner', recipient: 'a', regions: [0] }, share(['a']), stop(['a'])],
  },
  {
    name: 'launch against cancel',
    before: [share(['a'])],
    concurrent: [{ do: 'launch', by: 'a', image: 0 }, stop(['a']), { do: 'check', by: 'a', image: 0 }, stop(['a'])],
  },
  {
    name: 'the image quota against copy and import',
    before: [importImage],
    concurrent: [importImage, copy, importImage, copy],
  },
  {
    name: 'the last place against expiration',
    before: [share(['a'], 5), share(['b'])],
    concurrent: [{ do: 'pass', seconds: 10 }, share(['c']), share(['d']), share(['c'], 20)],
  },
];

/** Runs a race once. Returns its history if the model can't explain it. `make` makes one of the concurrent calls. */
export const runRace = (
  { before, concurrent }: Race,
  fixture: PolicyFixture,
  service: TestedService,
  make: (record: History['record'], call: Call, index: number) => Promise<void> = (record, call) => record(call),
): Promise<readonly Event[] | undefined> =>
  violationOf(fixture, service, [...anImage(fixture), ...before], (record) =>
    Promise.all(concurrent.map((call, index) => make(record, call, index))),
  );

/** Runs a race once on a naive store. All calls decide before any of them writes, whatever their timing. */
export function runNaiveRace(race: Race, fixture: PolicyFixture, store: Store, { tested, withStore }: InThisProcess) {
  const views = decidingFirst(store, race.concurrent.length);
  return runRace(race, fixture, tested, async (record, call, index) => {
    const view = views[index] as (typeof views)[number];
    await record(
      call,
      withStore(view.store, async () => {}),
    ).finally(view.end);
  });
}
