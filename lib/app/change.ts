import type { Plan, Step } from '../model/plan.ts';
import { type CountKey, countName, type Facts, type Refused, type Store, type Wanted } from '../table/store.ts';
import { backOff, type RetryBudget, retry, tooBusy } from './retry.ts';

/** Even many changes of one image at once don't make conditions fail this often in one call. Then something else is wrong. */
const roundsMax = 30;

/** From this round on, the call waits before it tries again, because other changes keep being committed first. */
const firstRoundWithBackOff = 3;

/** The facts of an attempt whose plan could not be committed, and the current items that its failed conditions returned. */
interface Stale<Loaded> {
  readonly facts: Loaded;
  readonly refused: Refused;
}

/** Reads the facts for a decision. After a failed attempt, `stale` describes that attempt, which can make the read unnecessary. */
export type Load<Loaded> = (stale?: Stale<Loaded>) => Promise<Loaded>;

export interface ChangeOptions<Result, Loaded extends Facts> {
  readonly store: Store;
  readonly load: Load<Loaded>;
  /**
   * Must have no side effects, because it can be called several times, each time with newer facts. The functions in lib/rules that
   * it calls are pure: their result depends only on the facts, the stamp, and the new IDs that are passed to them. Each attempt
   * has its own stamp and IDs, so an ID that is already in use is replaced. Throws if the request is refused.
   */
  readonly decide: (facts: Loaded) => Plan<Result>;
  readonly budget: RetryBudget;
}

/**
 * Loads the facts, decides, and commits the plan. If a condition of the plan fails, decides again on fresh facts, so that no
 * request is rejected because of stale ones. Backs off and starts over while the table is too busy. Throws what `decide` throws,
 * and Unavailable once the budget is spent.
 */
export const change = <Result, Loaded extends Facts>({
  store,
  load,
  decide,
  budget,
}: ChangeOptions<Result, Loaded>): Promise<Result> =>
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
 * The dry run of `change`: returns or throws what `change` would, without committing anything. `change` learns a count, such as
 * that of a quota, only from a failed condition. Without a commit, this function reads the count and decides again.
 */
export const forecast = <Result, Loaded extends Facts>({
  store,
  load,
  decide,
  budget,
}: ChangeOptions<Result, Loaded>): Promise<Result> =>
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
 * Reads what is wanted. If only the image can have changed and the failed condition returned it, reuses the other facts instead
 * of reading again. Also adds the counts that the conditions returned.
 */
export const loadWanted =
  (store: Store, wanted: Wanted): Load<Facts> =>
  async (stale) => {
    const facts = (stale && withReturnedImage(stale, wanted)) ?? (await store.read(wanted));
    const counts = stale?.refused.counts ?? [];
    return counts.length === 0 ? facts : { ...facts, counts: new Map([...counts, ...facts.counts]) };
  };

function withReturnedImage({ facts, refused: { image } }: Stale<Facts>, wanted: Wanted): Facts | undefined {
  const isImageWanted = image !== undefined && image.imageId === facts.image?.imageId && image.region === facts.image.region;
  const isOnlyChange =
    wanted.idempotencyKey === undefined &&
    (wanted.shares ?? []).every((recipient) => !Object.hasOwn(image?.recipients ?? {}, recipient));
  return isImageWanted && isOnlyChange ? { ...facts, image, images: [image] } : undefined;
}
