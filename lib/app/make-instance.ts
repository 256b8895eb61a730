import type { PrincipalId, Region } from '../model/ids.ts';
import type { Plan } from '../model/plan.ts';
import type { Stamp } from '../model/record.ts';
import type { InstanceView } from '../model/views.ts';
import type { Made } from '../rules/instances.ts';
import { instanceView } from '../rules/views.ts';
import type { Facts, Store, Wanted } from '../table/store.ts';
import type { Context, LoadMore } from './context.ts';

/** Commits a plan that makes instances, or makes one anew, and notes the use of the share that let their principal do so. */
export async function makeInstances(
  region: Region,
  wanted: Wanted,
  { changeAs, noteUse }: Context,
  decide: (facts: Facts & { readonly principal: PrincipalId }, stamp: Stamp) => Plan<Made>,
  more?: LoadMore<Partial<Facts>>,
): Promise<InstanceView[]> {
  let isByShare = false;
  const instances = await changeAs(
    region,
    wanted,
    (facts, stamp) => {
      const { steps, result } = decide(facts, stamp);
      isByShare = result.visibility === 'shared';
      return { steps, result: result.instances.map(instanceView) };
    },
    more,
  );
  const [first] = instances;
  if (isByShare && first !== undefined) {
    await noteUse(first, first.principal);
  }
  return instances;
}

/** The same for a plan that makes one instance. */
export async function makeInstance(...making: Parameters<typeof makeInstances>): Promise<InstanceView> {
  const [instance] = await makeInstances(...making);
  return instance as InstanceView;
}

/** Reads the image that the instance was last made from, as the image that the decision is about. */
export const imageOfInstance = async ({ instance }: Facts, store: Store): Promise<Partial<Facts>> =>
  instance === undefined ? {} : { image: await store.image(instance) };
