/** Whether the answers to concurrent calls are those of the model for some order of the calls that respects time. */
import type { PolicyFixture } from '../support/builders.ts';
import type { Answer, Call } from './call.ts';
import { accountsOf, Calls, type Trusted } from './calls.ts';
import { Model } from './model.ts';
import { cloudOf } from './start.ts';
import { views } from './vocabulary.ts';

/** A call with its answer. `started` and `ended` count the starts and ends of calls. */
export interface Event {
  readonly call: Call;
  readonly answer: Answer;
  readonly started: number;
  readonly ended: number;
}

/** Records calls as they start and end. */
class Recorder {
  readonly events: Event[] = [];
  #ticks = 0;

  async record(call: Call, answering: (call: Call) => Promise<Answer>): Promise<void> {
    this.#ticks += 1;
    const started = this.#ticks;
    const answer = await answering(call);
    this.#ticks += 1;
    this.events.push({ call, answer, started, ended: this.#ticks });
  }
}

/**
 * Makes the calls `before` one after the other, then the concurrent ones, and then looks at what everyone sees. Returns the history
 * if the model can't explain it.
 */
export async function violationOf(
  fixture: PolicyFixture,
  service: Trusted,
  before: readonly Call[],
  concurrently: (record: (call: Call, by?: Trusted) => Promise<void>) => Promise<unknown>,
): Promise<readonly Event[] | undefined> {
  const calls = new Calls(service, fixture);
  const recorder = new Recorder();
  const record = (call: Call, by = service) => recorder.record(call, calls.by(by).answer);
  for (const call of before) {
    await record(call);
  }
  await concurrently(record);
  for (const view of views) {
    await record(view);
  }
  return isLinearizable(recorder.events, new Model(cloudOf(fixture), accountsOf(fixture))) ? undefined : recorder.events;
}

/**
 * Searches for an order of the calls in which the model gives all answers. A call that ended before another started comes first.
 * Each state of the search is visited once.
 */
function isLinearizable(events: readonly Event[], model: Model): boolean {
  const failed = new Set<string>();
  const search = (open: readonly Event[], before: Model): boolean => {
    if (open.length === 0) {
      return true;
    }
    const state = `${open.map(({ started }) => started).join()} ${before.state()}`;
    if (failed.has(state)) {
      return false;
    }
    const firstEnd = Math.min(...open.map(({ ended }) => ended));
    const isFound = open.some((event) => {
      if (event.started > firstEnd) {
        return false;
      }
      const after = before.clone();
      return (
        isEqual(after.answer(event.call), event.answer) &&
        search(
          open.filter((other) => other !== event),
          after,
        )
      );
    });
    if (!isFound) {
      failed.add(state);
    }
    return isFound;
  };
  return search(events, model);
}

/** Compares answers. The number of recipients in the response to a change may leave out concurrent changes, so it doesn't count. */
const isEqual = (expected: Answer, received: Answer): boolean => textOf(expected) === textOf(received);

const textOf = (answer: Answer): string =>
  typeof answer === 'string' || !('added' in answer) ? textOfAnswer(answer) : textOfAnswer({ ...answer, used: undefined });

/** An answer as text that is the same for equal answers. */
export const textOfAnswer = (answer: Answer): string =>
  typeof answer === 'string' ? answer : JSON.stringify(Object.fromEntries(Object.entries(answer).sort()));
