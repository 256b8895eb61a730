import type { HolderId, Region } from '../model/ids.ts';
import type { Plan } from '../model/plan.ts';
import type { Stamp } from '../model/record.ts';
import type { InstanceView } from '../model/views.ts';
import type { Made } from '../rules/instances.ts';
import { instanceView } from '../rules/views.ts';
import type { Facts, Wanted } from '../store/store.ts';
import type { Context } from './context.ts';

/** Commits a plan that makes a server, or makes one anew, and notes the use of the share that let its holder do so. */
export async function makeInstance(
  region: Region,
  wanted: Wanted,
  { changeAs, noteUse }: Context,
  decide: (facts: Facts & { readonly holder: HolderId }, stamp: Stamp) => Plan<Made>,
): Promise<InstanceView> {
  let isByShare = false;
  const instance = await changeAs(region, wanted, (facts, stamp) => {
    const { steps, answer } = decide(facts, stamp);
    isByShare = answer.visibility === 'shared';
    return { steps, answer: instanceView(answer.instance) };
  });
  if (isByShare) {
    await noteUse(instance, instance.holder);
  }
  return instance;
}
