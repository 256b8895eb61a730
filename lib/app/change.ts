import type { Plan, Step } from '../model/plan.ts';
import type { Count } from '../model/principal.ts';
import { Contention, type CountKey, countName, type Facts, type Refused, type Store, type Wanted } from '../table/store.ts';
import { backOff, type RetryBudget, tooBusy } from './retry.ts';

/** Conditions that fail so often in one call mean that something else is wrong. */
const roundsMax = 10;

/** From this round on the table is given a moment before it is read again, since others keep coming first. */
const firstRoundWithBackOff = 3;

/** Reads what a decision has to know besides what is wanted, each time that is read. */
export type LoadMore<More> = (facts: Facts, store: Store) => Promise<More>;

export interface ChangeOptions<Answer, More = unknown> {
  readonly store: Store;
  readonly wanted: Wanted;
  readonly more?: LoadMore<More> | undefined;
  /** Pure: may be asked several times, each time on fresher facts. Throws the refusal. */
  readonly decide: (facts: Facts & More) => Plan<Answer>;
  readonly budget: RetryBudget;
  readonly isDryRun?: boolean;
}

/**
 * Loads the facts, has them decided, and commits the plan. When a condition of the plan does not hold any more, the rules
 * decide again on what is there now: a refusal is never answered from stale facts. When the table is too busy, it starts
 * over after a moment. Refuses as `decide` does, and with Unavailable.
 */
export async function change<Answer, More = unknown>({
  store,
  wanted,
  more,
  decide,
  budget,
  isDryRun = false,
}: ChangeOptions<Answer, More>): Promise<Answer> {
  const load = async () => {
    const read = await store.read(wanted);
    return { ...read, ...(await more?.(read, store)) } as Facts & More;
  };
  let facts: (Facts & More) | undefined;
  let counts: Facts['counts'] = new Map();
  let rounds = 0;
  for (let attempt = 0; ; ) {
    try {
      facts ??= await load();
      const known = { ...facts, counts: new Map([...counts, ...facts.counts]) };
      const plan = await decided(known, { store, wanted, decide });
      if (plan.steps.length === 0) {
        return plan.answer;
      }
      if (isDryRun) {
        const unknown = countsNotKnown(plan.steps, counts);
        if (unknown.length === 0) {
          return plan.answer;
        }
        counts = new Map([
          ...unknown.map((key): [string, Count] => [countName(key), none]),
          ...(await store.read({ counts: unknown })).counts,
        ]);
        continue;
      }
      const outcome = await store.commit(plan.steps);
      if (outcome.committed) {
        return plan.answer;
      }
      rounds += 1;
      if (rounds === roundsMax) {
        throw tooBusy();
      }
      counts = outcome.count === undefined ? new Map() : new Map([[outcome.count.name, outcome.count.count]]);
      facts = refreshed(facts, wanted, outcome);
      if (rounds >= firstRoundWithBackOff && outcome.image !== undefined) {
        throw new Contention('Others keep coming first');
      }
    } catch (failure) {
      if (!(failure instanceof Contention)) {
        throw failure;
      }
      facts = undefined;
      counts = new Map();
      if (!(await backOff(attempt, budget))) {
        throw tooBusy(failure);
      }
      attempt += 1;
    }
  }
}

/**
 * The plan, or the refusal. A batch of reads is no snapshot: a call with an Idempotency-Key may meet what its twin has
 * just done and yet not the answer that was kept with it. So before it is refused, that answer is looked for once more.
 */
async function decided<Answer, More>(
  facts: Facts & More,
  { store, wanted, decide }: Pick<ChangeOptions<Answer, More>, 'store' | 'wanted' | 'decide'>,
): Promise<Plan<Answer>> {
  try {
    return decide(facts);
  } catch (refusal) {
    if (wanted.kept === undefined || facts.kept !== undefined) {
      throw refusal;
    }
    const { kept } = await store.read({ kept: wanted.kept });
    if (kept === undefined) {
      throw refusal;
    }
    return decide({ ...facts, kept });
  }
}

const none: Count = { used: 0, changes: 0 };

/** The counts that a plan's conditions are about and that no failed condition has told, as a dry run makes none fail. */
const countsNotKnown = (steps: readonly Step[], known: Facts['counts']): CountKey[] =>
  steps.flatMap((step) =>
    step.do === 'count' && !known.has(countName(step))
      ? [{ what: step.what, region: step.region, principal: step.principal }]
      : [],
  );

/**
 * The facts with the image that came back with the failed condition: it saves a read. Where more than the image may have
 * changed with it, such as an answer that was kept since, everything is read again.
 */
function refreshed<Known extends Facts>(facts: Known, wanted: Wanted, { image }: Refused): Known | undefined {
  const isTheOneWanted = image !== undefined && image.imageId === facts.image?.imageId && image.region === facts.image.region;
  const isAllThatMatters =
    wanted.kept === undefined && (wanted.shares ?? []).every((recipient) => !Object.hasOwn(image?.recipients ?? {}, recipient));
  return isTheOneWanted && isAllThatMatters ? { ...facts, image, images: [image] } : undefined;
}
