import type { Step } from '../../../lib/model/plan.ts';
import type { Count } from '../../../lib/model/principal.ts';
import { type CountKey, countName } from '../../../lib/table/store.ts';

type CountStep = Extract<Step, { do: 'count' | 'correct-count' | 'require-none' }>;

/** Counts of the memory store. */
export class CountsInMemory {
  readonly #counts = new Map<string, { readonly key: CountKey; readonly count: Count }>();

  get(name: string): Count | undefined {
    return this.#counts.get(name)?.count;
  }

  all(): { readonly key: CountKey; readonly count: Count }[] {
    return [...this.#counts.values()];
  }

  holds(step: CountStep): boolean {
    const { used, changes } = this.#count(step);
    switch (step.do) {
      case 'count':
        return step.by < 0 ? used >= -step.by : step.atMost === undefined || used < step.atMost;
      case 'correct-count':
        return changes === step.seenChanges;
      case 'require-none':
        return used === 0;
    }
  }

  apply(step: CountStep): void {
    if (step.do === 'require-none') {
      return;
    }
    const { what, region, principal } = step;
    const { used, changes } = this.#count(step);
    const count = { used: step.do === 'count' ? used + step.by : step.used, changes: changes + 1 };
    this.#counts.set(countName(step), { key: { what, region, principal }, count });
  }

  #count(key: CountKey): Count {
    return this.get(countName(key)) ?? { used: 0, changes: 0 };
  }
}
