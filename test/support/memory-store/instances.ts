import type { InstanceKey } from '../../../lib/model/ids.ts';
import type { Instance } from '../../../lib/model/instance.ts';
import type { InstanceStep } from '../../../lib/model/plan.ts';

const nameOf = ({ region, instanceId }: InstanceKey): string => `${region}#${instanceId}`;

/** Instances of the memory store. */
export class InstancesInMemory {
  readonly #instances = new Map<string, Instance>();

  get(key: InstanceKey): Instance | undefined {
    return this.#instances.get(nameOf(key));
  }

  all(): Instance[] {
    return [...this.#instances.values()];
  }

  holds(step: InstanceStep): boolean {
    switch (step.do) {
      case 'create-instance':
        return this.get(step.instance) === undefined;
      case 'reinstall-instance':
        return this.get(step.instance)?.imageId === step.madeFrom;
      case 'remove-instance':
        return this.get(step.key) !== undefined;
    }
  }

  apply(step: InstanceStep): void {
    if (step.do === 'remove-instance') {
      this.#instances.delete(nameOf(step.key));
    } else {
      this.#instances.set(nameOf(step.instance), step.instance);
    }
  }
}
