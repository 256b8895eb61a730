import type { Store } from '../../lib/table/store.ts';

/** The same store, but the last image that was shared with someone is missing in its list. */
export const leavingOut = (store: Store): Store =>
  new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === 'receivedImages') {
        return async (...request: Parameters<Store['receivedImages']>) => {
          const { entries, positions, ...page } = await target.receivedImages(...request);
          return { ...page, entries: entries.slice(1), positions: positions.slice(1) };
        };
      }
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
