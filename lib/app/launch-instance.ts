import type { PrincipalId, Region } from '../model/ids.ts';
import type { Plan } from '../model/plan.ts';
import type { Stamp } from '../model/record.ts';
import type { InstanceView } from '../model/views/instance.ts';
import type { LaunchResult } from '../rules/instances.ts';
import { instanceView } from '../rules/views.ts';
import type { Facts, Store } from '../table/store.ts';
import type { ActingPrincipal } from './acting.ts';
import type { Context, ToRead } from './context.ts';

/** Commits a plan that launches or reinstalls instances. If that used a share, records the use. */
export async function launchInstances(
  region: Region,
  toRead: ToRead<Partial<Facts>>,
  { changeAsPrincipal, recordUse }: Context,
  decide: (facts: Facts & { readonly principal: PrincipalId }, stamp: Stamp) => Plan<LaunchResult>,
): Promise<InstanceView[]> {
  let usesShare = false;
  const instances = await changeAsPrincipal(region, toRead, (facts, stamp) => {
    const { steps, result } = decide(facts, stamp);
    const { instances, image, visibility } = result;
    usesShare = visibility === 'shared';
    return { steps, result: instances.map((instance) => instanceView(instance, image, stamp.at)) };
  });
  const [first] = instances;
  if (usesShare && first !== undefined) {
    await recordUse(first, first.principal);
  }
  return instances;
}

/** Like `launchInstances`, for a single instance. */
export async function launchInstance(...args: Parameters<typeof launchInstances>): Promise<InstanceView> {
  const [instance] = await launchInstances(...args);
  return instance as InstanceView;
}

/**
 * Reads the image that the caller's instance was last created from, as the image to decide on. For other instances reads nothing,
 * so that the call takes as long as for one that doesn't exist.
 */
export const imageOfInstance = async (
  { instance, principal }: Facts & Partial<ActingPrincipal>,
  store: Store,
): Promise<Partial<Facts>> =>
  instance === undefined || instance.principal !== principal ? {} : { image: await store.image(instance) };
