/** Random histories of calls, which the service and the model must answer in the same way. */
import fc from 'fast-check';
import type { PolicyFixture } from '../support/builders.ts';
import type { Call } from './call.ts';
import { accountsOf, Calls, type TestedService } from './calls.ts';
import { textOfAnswer } from './linearizability.ts';
import type { Cloud } from './model/state.ts';
import { Model } from './model.ts';
import { randomCall } from './random-calls.ts';
import { cloudOf } from './start.ts';
import { importImage } from './vocabulary.ts';

/** Histories whose first call creates an image, so that the others have something to work on. */
const histories = fc.array(randomCall, { maxLength: 40, size: 'max' }).map((calls): Call[] => [importImage, ...calls]);

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
      // A service that fails is a violation too.
      const received = await calls.answer(call).catch((failure: unknown) => ({ failure }));
      if (textOfAnswer(expected) !== textOfAnswer(received)) {
        violation = { history: history.slice(0, index + 1), expected, received };
        return false;
      }
    }
    return true;
  });
  const { failed, errorInstance } = await fc.check(property, { numRuns: rounds, seed });
  if (failed && violation === undefined) {
    throw errorInstance;
  }
  return violation;
}

interface PlayOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly makeModel?: (cloud: Cloud) => Pick<Model, 'answer'>;
}
