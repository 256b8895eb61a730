import { retry } from '../../lib/app/retry.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { Store } from '../../lib/table/store.ts';
import { eager } from '../support/in-memory-service.ts';

/** The store with commits that go through conflicts by themselves, for tests that set a service up. */
export const retryingCommits = (store: Store): Store =>
  new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === 'commit') {
        return (steps: readonly Step[]) => retry(() => target.commit(steps), eager());
      }
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
