/** Random histories of calls, which the service and the model must answer in the same way. */
import fc from 'fast-check';
import type { PolicyFixture } from '../support/builders.ts';
import type { Call } from './call.ts';
import { accounts, accountsOf, Calls, type TestedService } from './calls.ts';
import { textOfAnswer } from './linearizability.ts';
import { type Cloud, Model } from './model.ts';
import { cloudOf } from './start.ts';

/** The callers, and an account that does not exist. */
const names = [...accounts, 'nobody'];
const by = fc.constantFrom(...accounts);
const image = fc.nat({ max: 3 });
const some = fc.subarray(names, { minLength: 1 });
const ends = fc.option(fc.oneof(fc.nat({ max: 200 }), fc.constant(null)), { nil: undefined });
const acknowledges = fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) });
const sharing = { by, image, to: some, acknowledges, ends };
const constant = <const Name extends string>(name: Name) => fc.constant(name);

const aCall: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: constant('import'), by, state: fc.constantFrom('pending', 'available', 'available') }),
  },
  { weight: 8, arbitrary: fc.record({ do: constant('share'), ...sharing }) },
  { weight: 4, arbitrary: fc.record({ do: constant('set'), ...sharing, to: fc.subarray(names) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: constant('change'), ...sharing, remove: fc.subarray(names) }).map((call) => ({
      ...call,
      remove: call.remove.filter((account) => !call.to.includes(account)),
    })),
  },
  { weight: 4, arbitrary: fc.record({ do: constant('stop'), by, image, remove: some }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constantFrom('leave', 'leave', 'delete', 'copy', 'save', 'launch', 'check', 'get', 'shares', 'stop-all'),
      by,
      image,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: constant('deprecate'), by, image, deprecated: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: constant('report'), image, state: fc.constantFrom('available', 'failed') }) },
  { weight: 2, arbitrary: fc.record({ do: constant('list'), by }) },
  { weight: 2, arbitrary: fc.record({ do: constant('offboard'), by, recipient: fc.constantFrom(...names) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: constant('accept'),
      by,
      from: fc.constantFrom('anyone', 'anyone', 'trusted'),
      blocked: fc.subarray([...accounts], { maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: constant('clean-up') }) },
  { weight: 4, arbitrary: fc.record({ do: constant('pass'), seconds: fc.integer({ min: 1, max: 30 }) }) },
);

/** Histories whose first call creates an image, so that the others have something to work on. */
const histories = fc
  .tuple(by, fc.array(aCall, { maxLength: 40, size: 'max' }))
  .map(([owner, calls]): Call[] => [{ do: 'import', by: owner, state: 'available' }, ...calls]);

/** Starts a new service with the accounts. */
export type Start = () => Promise<TestedService>;

export interface Violation {
  readonly history: readonly Call[];
  readonly expected: unknown;
  readonly received: unknown;
}

/** Plays `rounds` histories. Returns the shortest one found that the service and the model answer differently, if any. */
export async function playHistories(
  fixture: PolicyFixture,
  start: Start,
  { rounds, seed, makeModel = (cloud) => new Model(cloud, accountsOf(fixture)) }: PlayOptions,
): Promise<Violation | undefined> {
  let violation: Violation | undefined;
  const property = fc.asyncProperty(histories, async (history) => {
    const [model, calls] = [makeModel(cloudOf(fixture)), new Calls(await start(), fixture)];
    for (const [index, call] of history.entries()) {
      const expected = model.answer(call);
      const received = await calls.answer(call);
      if (textOfAnswer(expected) !== textOfAnswer(received)) {
        violation = { history: history.slice(0, index + 1), expected, received };
        return false;
      }
    }
    return true;
  });
  await fc.check(property, { numRuns: rounds, seed });
  return violation;
}

interface PlayOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly makeModel?: (cloud: Cloud) => Pick<Model, 'answer'>;
}
