/** Callers that make random calls at the same time, on one image. Everything they read and change must be explained by the model. */
import fc from 'fast-check';
import type { PolicyFixture } from '../support/builders.ts';
import type { Call } from './call.ts';
import { accounts, anImage, type TestedService } from './calls.ts';
import { type Event, violationOf } from './linearizability.ts';
import { on, setList, share, stop } from './vocabulary.ts';

const receivers = accounts.slice(1);
const some = fc.subarray(receivers, { minLength: 1, maxLength: 2 });
const one = fc.constantFrom(...receivers).map((by) => ({ by, image: 0 }));

export const aCall: fc.Arbitrary<Call> = fc.oneof(
  { weight: 4, arbitrary: some.map((to) => share(to)) },
  { weight: 2, arbitrary: some.map(setList) },
  { weight: 3, arbitrary: some.map(stop) },
  { weight: 2, arbitrary: one.map((each) => ({ do: 'leave' as const, ...each })) },
  { weight: 3, arbitrary: one.map((each) => ({ do: 'check' as const, ...each })) },
  { weight: 2, arbitrary: one.map((each) => ({ do: 'launch' as const, ...each })) },
  { weight: 3, arbitrary: fc.constant({ do: 'shares' as const, ...on }) },
  { weight: 2, arbitrary: fc.constant({ do: 'get' as const, ...on }) },
);

/** Callers at the same time, and the calls of each, one after the other. */
const callers = 4;
const callsEach = 6;

/** Returns the history if the model can't explain it. The same seed makes the same calls. */
export function runWorkload(fixture: PolicyFixture, service: TestedService, seed: number): Promise<readonly Event[] | undefined> {
  const lists = fc.sample(fc.array(aCall, { minLength: callsEach, maxLength: callsEach }), { numRuns: callers, seed });
  return violationOf(fixture, service, anImage(fixture), (record) =>
    Promise.all(
      lists.map(async (calls) => {
        for (const call of calls) {
          await record(call);
        }
      }),
    ),
  );
}
