import type { Regions } from '../clouds/regions.ts';
import type { Patience } from '../flows/patience.ts';
import type { Sweeping } from '../flows/sweep.ts';
import type { IdForm } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { serviceActor } from '../rules/records.ts';
import type { Store } from '../store/store.ts';

/** What the process gives every call. */
export interface World {
  readonly store: Store;
  readonly regions: Regions;
  readonly now: () => Date;
  /** Ids of records sort by time. */
  readonly newRecordId: (at: Date) => string;
  readonly newId: (form: IdForm) => string;
}

/** The stamp of a change made now. */
export function stampOf(
  { now, newRecordId }: Pick<World, 'now' | 'newRecordId'>,
  who: { readonly actor: string; readonly from?: string | undefined; readonly requestId: string },
): Stamp {
  const at = now();
  const { actor, from, requestId } = who;
  return { at, actor, ...(from !== undefined && { from }), requestId, recordId: newRecordId(at) };
}

/** What a sweep needs, in the name of the service. */
export const sweepingOf = (world: World, requestId: string, patience: Patience): Sweeping => ({
  store: world.store,
  regions: world.regions,
  now: world.now,
  patience,
  newStamp: () => stampOf(world, { actor: serviceActor, requestId }),
});
