import type { Step } from '../../lib/model/plan.ts';
import type { Store } from '../../lib/table/store.ts';

/**
 * The same store, but it writes what a decision planned without checking that its facts still hold: check, then write. Races must
 * go wrong on it. If they don't, the test that looks for them is blind.
 */
export const naive = (store: Store): Store =>
  withCommit(store, async (steps) => {
    for (let attempt = 1; ; attempt += 1) {
      const unconditional = await Promise.all(steps.map((step) => withoutConditions(step, store)));
      const outcome = await store.commit(unconditional.flat());
      // Recipients that are replaced as a whole can change after they are read here.
      if (outcome.committed || !steps.some(replacesAll) || attempt === attemptsMax) {
        return outcome;
      }
    }
  });

const attemptsMax = 100;

/** Whether a step adds and removes recipients. It can only be written with the complete set of recipients. */
const replacesAll = (step: Step): boolean =>
  step.do === 'change-image' && Object.keys(step.change.entries ?? {}).length > 0 && (step.change.drop ?? []).length > 0;

const withCommit = (store: Store, commit: Store['commit']): Store =>
  new Proxy(store, {
    get(target, name) {
      const value: unknown = name === 'commit' ? commit : Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

/** Calls that run at the same time, each with its view of a store. None writes before each has decided what to write, or has ended. */
export function decidingFirst(store: Store, calls: number): { readonly store: Store; readonly end: () => void }[] {
  const { promise: allDecided, resolve } = Promise.withResolvers<void>();
  const undecided = new Set(Array.from({ length: calls }, (_, call) => call));
  return [...undecided].map((call) => {
    const decide = () => {
      undecided.delete(call);
      if (undecided.size === 0) {
        resolve();
      }
    };
    const commit: Store['commit'] = async (steps) => {
      decide();
      await allDecided;
      return store.commit(steps);
    };
    return { store: withCommit(store, commit), end: decide };
  });
}

async function withoutConditions(step: Step, store: Store): Promise<Step[]> {
  switch (step.do) {
    case 'change-image': {
      const image = replacesAll(step) ? await store.image(step.key) : undefined;
      return [{ ...step, expect: image === undefined ? {} : { exactly: image.recipients } }];
    }
    case 'count': {
      const { atMost: _, ...unlimited } = step;
      return [unlimited];
    }
    case 'remove-share': {
      const { recordId: _, ...unconditional } = step;
      return [unconditional];
    }
    case 'require-open':
    case 'require-none':
      return [];
    default:
      return [step];
  }
}
