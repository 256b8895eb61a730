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
        return (steps: readonly Step[]) => target.commit(steps.flatMap(withoutConditions));
      }
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

function withoutConditions(step: Step): Step[] {
  switch (step.do) {
    case 'change-image':
      return [{ ...step, expect: {} }];
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
