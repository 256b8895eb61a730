import { retry } from '../../lib/app/retry.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { Store } from '../../lib/table/store.ts';
import { noWaitBudget } from '../support/in-memory-service.ts';

/** Wraps a store so that commits retry on conflicts, for tests that set up a service on it. */
export const retryingCommits = (store: Store): Store =>
  new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === 'commit') {
        return (steps: readonly Step[]) => retry(() => target.commit(steps), noWaitBudget());
      }
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
