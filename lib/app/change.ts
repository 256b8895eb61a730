import type { Plan, Step } from '../model/plan.ts';
import { type CountKey, countName, type Facts, type Refused, type Store, type Wanted } from '../table/store.ts';
import { backOff, type RetryBudget, retry, tooBusy } from './retry.ts';

/** If conditions fail this often in one call, something other than concurrency is wrong. */
const roundsMax = 10;

/** From this round on, the call backs off before it tries again, because other changes keep winning. */
const firstRoundWithBackOff = 3;

/** Facts on which a plan was decided that could not be committed, and what its failed condition returned. */
interface Stale<Known> {
  readonly facts: Known;
  readonly refused: Refused;
}

/** Reads the facts for a decision. `stale` is what is known since a plan failed; it may save the read. */
export type Load<Known> = (stale?: Stale<Known>) => Promise<Known>;

export interface ChangeOptions<Result, Known extends Facts> {
  readonly store: Store;
  readonly load: Load<Known>;
  /** Pure: may be called several times, each time with fresher facts. Throws the refusal. */
  readonly decide: (facts: Known) => Plan<Result>;
  readonly budget: RetryBudget;
}

/**
 * Loads the facts, decides, and commits the plan. If a condition of the plan no longer holds, decides again on fresh facts, so
 * that no refusal is based on stale ones. Starts over with back-off when the table is too busy. Throws what `decide` throws,
 * and Unavailable once the budget is spent.
 */
export const change = <Result, Known extends Facts>({
  store,
  load,
  decide,
  budget,
}: ChangeOptions<Result, Known>): Promise<Result> =>
  retry(async () => {
    let facts = await load();
    for (let round = 1; round <= roundsMax; round += 1) {
      const { steps, result } = decide(facts);
      const outcome = steps.length === 0 ? ({ committed: true } as const) : await store.commit(steps);
      if (outcome.committed) {
        return result;
      }
      if (round >= firstRoundWithBackOff && !(await backOff(round - firstRoundWithBackOff, budget))) {
        break;
      }
      facts = await load({ facts, refused: outcome });
    }
    throw tooBusy();
  }, budget);

/**
 * What `change` would return, without committing anything. Counts that `change` would learn from a failed condition are read
 * before the decision is made a second time.
 */
export const forecast = <Result, Known extends Facts>({
  store,
  load,
  decide,
  budget,
}: ChangeOptions<Result, Known>): Promise<Result> =>
  retry(async () => {
    const facts = await load();
    const { steps, result } = decide(facts);
    const unread = steps.flatMap((step) => (step.do === 'count' && !facts.counts.has(countName(step)) ? [countKey(step)] : []));
    if (unread.length === 0) {
      return result;
    }
    const { counts } = await store.read({ counts: unread });
    return decide({ ...facts, counts: new Map([...facts.counts, ...counts]) }).result;
  }, budget);

const countKey = ({ what, region, principal }: Extract<Step, { do: 'count' }>): CountKey => ({ what, region, principal });

/**
 * Reads what is wanted. When the image that a failed condition returned is all that can have changed, it replaces the image
 * in the facts without another read; a count that the condition returned is added to them.
 */
export const loadWanted =
  (store: Store, wanted: Wanted): Load<Facts> =>
  async (stale) => {
    const facts = (stale && withReturnedImage(stale, wanted)) ?? (await store.read(wanted));
    const count = stale?.refused.count;
    return count === undefined ? facts : { ...facts, counts: new Map([[count.name, count.count], ...facts.counts]) };
  };

function withReturnedImage({ facts, refused: { image } }: Stale<Facts>, wanted: Wanted): Facts | undefined {
  const isImageWanted = image !== undefined && image.imageId === facts.image?.imageId && image.region === facts.image.region;
  const isOnlyChange =
    wanted.idempotencyKey === undefined &&
    (wanted.shares ?? []).every((recipient) => !Object.hasOwn(image?.recipients ?? {}, recipient));
  return isImageWanted && isOnlyChange ? { ...facts, image, images: [image] } : undefined;
}
