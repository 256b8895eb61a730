import type { Store } from '../../../lib/table/store.ts';

/** A store that notes every call of its methods. */
export interface RecordingStore {
  readonly store: Store;
  /** Returns the calls since the last time, each as its method and arguments. */
  readonly takeCalls: () => string[];
}

export function recording(store: Store): RecordingStore {
  let calls: string[] = [];
  return {
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
    store: new Proxy(store, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function'
          ? (...parameters: unknown[]) => {
              calls.push(`${String(name)} ${JSON.stringify(parameters)}`);
              return value.apply(target, parameters);
            }
          : value;
      },
    }),
  };
}
