/** Whether the answers to concurrent calls are those of the model for some order of the calls that respects time. */
import type { PolicyFixture } from '../support/builders.ts';
import type { Answer, Call } from './call.ts';
import { accountsOf, Calls, type TestedService } from './calls.ts';
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

/** A history, as it is made. */
export class History {
  readonly #fixture: PolicyFixture;
  readonly #calls: Calls;
  readonly #service: TestedService;
  readonly #events: Event[];
  #ticks: number;

  constructor(
    fixture: PolicyFixture,
    service: TestedService,
    calls = new Calls(service, fixture),
    events: readonly Event[] = [],
  ) {
    this.#fixture = fixture;
    this.#service = service;
    this.#calls = calls;
    this.#events = [...events];
    this.#ticks = 2 * events.length;
  }

  /** Makes a call and records it. */
  readonly record = async (call: Call, by: TestedService = this.#service): Promise<void> => {
    this.#ticks += 1;
    const started = this.#ticks;
    const answer = await this.#calls.by(by).answer(call);
    this.#ticks += 1;
    this.#events.push({ call, answer, started, ended: this.#ticks });
  };

  /** Makes calls one after the other. */
  async recordAll(calls: readonly Call[], by?: TestedService): Promise<void> {
    for (const call of calls) {
      await this.record(call, by);
    }
  }

  /** A history that starts with this one, and goes on in its own way. */
  branch(): History {
    return new History(this.#fixture, this.#service, this.#calls.copy(), this.#events);
  }

  /** Looks at what everyone sees. Returns the history if the model can't explain it. */
  async violation(by?: TestedService): Promise<readonly Event[] | undefined> {
    await this.recordAll(views, by);
    const model = new Model(cloudOf(this.#fixture), accountsOf(this.#fixture));
    return isLinearizable(this.#events, model) ? undefined : this.#events;
  }
}

/**
 * Makes the calls `before` one after the other, then the concurrent ones. Returns the history, with what everyone sees then, if the
 * model can't explain it.
 */
export async function violationOf(
  fixture: PolicyFixture,
  service: TestedService,
  before: readonly Call[],
  concurrently: (record: (call: Call, by?: TestedService) => Promise<void>) => Promise<unknown>,
): Promise<readonly Event[] | undefined> {
  const history = new History(fixture, service);
  await history.recordAll(before);
  await concurrently(history.record);
  return history.violation();
}

/**
 * Searches for an order of the calls in which the model gives all answers. A call that ended before another started comes first.
 * A call with an unknown outcome has its effect at any time after its start, or none. Each state of the search is visited once.
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
    const firstEnd = Math.min(...open.map(({ answer, ended }) => (answer === unknownOutcome ? Number.POSITIVE_INFINITY : ended)));
    const isFound = open.some((event) => {
      if (event.started > firstEnd) {
        return false;
      }
      const rest = open.filter((other) => other !== event);
      const after = before.clone();
      const answer = after.answer(event.call);
      return event.answer === unknownOutcome
        ? search(rest, after) || search(rest, before)
        : isEqual(answer, event.answer) && search(rest, after);
    });
    if (!isFound) {
      failed.add(state);
    }
    return isFound;
  };
  return search(events, model);
}

/** The answer of a service that doesn't know whether the call had its effect. Services without faults never give it. */
const unknownOutcome = 'Unavailable';

/** Compares answers. The number of recipients in the response to a change may leave out concurrent changes, so it doesn't count. */
const isEqual = (expected: Answer, received: Answer): boolean =>
  textOf(expected) === textOf(received) || isRepeatOf(expected, received);

/** A call that had to be repeated lists only what the last repeat stopped. */
const isRepeatOf = (expected: Answer, received: Answer): boolean =>
  typeof expected === 'object' &&
  typeof received === 'object' &&
  received['repeated'] === true &&
  (received['stopped'] as number[]).every((image) => (expected['stopped'] as number[]).includes(image));

const textOf = (answer: Answer): string =>
  typeof answer === 'string' || !('added' in answer) ? textOfAnswer(answer) : textOfAnswer({ ...answer, used: undefined });

/** An answer as text that is the same for equal answers. */
export const textOfAnswer = (answer: Answer): string =>
  typeof answer === 'string' ? answer : JSON.stringify(Object.fromEntries(Object.entries(answer).sort()));
