import type { Step } from '../../lib/model/plan.ts';
import type { Store } from '../../lib/table/store.ts';

/**
 * The same store, but it writes what a decision planned without checking that its facts still hold: check, then write. Races must
 * go wrong on it. If they don't, the test that looks for them is blind.
 */
export const naive = (store: Store): Store =>
  new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === 'commit') {
        return async (steps: readonly Step[]) =>
          target.commit((await Promise.all(steps.map((step) => withoutConditions(step, target)))).flat());
      }
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

async function withoutConditions(step: Step, store: Store): Promise<Step[]> {
  switch (step.do) {
    case 'change-image': {
      const { entries = {}, drop = [] } = step.change;
      // Without all recipients, there is no such write.
      const isWhole = Object.keys(entries).length > 0 && drop.length > 0;
      const image = isWhole ? await store.image(step.key) : undefined;
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
