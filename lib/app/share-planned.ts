import type { CopyJob } from '../model/copy-job.ts';
import { ActionError } from '../model/error.ts';
import type { CopyJobKey, ImageKey } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import { keyOf } from '../rules/images.ts';
import { canGetPlannedShares, type PlannedSharesFacts, planPlannedShares } from '../rules/planned-shares.ts';
import { principalKeys } from '../rules/principals.ts';
import type { Facts, Store } from '../table/store.ts';
import { change, type Load, loadWanted } from './change.ts';
import type { BackgroundDependencies } from './dependencies.ts';

/** Reads what is needed to share an image as planned: its job, and the planned recipients. */
export async function readPlanned({ image }: Facts, store: Store, policy: Policy): Promise<{ planned: PlannedSharesFacts }> {
  if (image?.plannedShares === undefined) {
    return { planned: { job: undefined, accounts: new Map(), projects: new Map() } };
  }
  const { job, recipients } = image.plannedShares;
  const { copyJobs, accounts, projects } = await store.read({ copyJobs: [job], ...principalKeys(recipients, policy) });
  return { planned: { job: copyJobs[0], accounts, projects } };
}

/** Shares the copies of a job that can be shared already, one change per copy. Repeating it changes nothing. */
export async function sharePlannedCopies(key: CopyJobKey, deps: BackgroundDependencies): Promise<void> {
  const { copyJobs } = await deps.store.read({ copyJobs: [key] });
  const copies: CopyJob['copies'] = copyJobs[0]?.copies ?? [];
  const { images } = await deps.store.read({ images: copies });
  for (const image of images) {
    const policy = deps.regions.get(image.region);
    if (policy === undefined) {
      throw new ActionError('RegionNotFound', { detail: `Region ${image.region} of a copy is not configured.` });
    }
    if (canGetPlannedShares(image, policy)) {
      await sharePlanned(keyOf(image), policy, deps);
    }
  }
}

async function sharePlanned(key: ImageKey, policy: Policy, { store, budget, newStamp }: BackgroundDependencies): Promise<void> {
  const loadImage = loadWanted(store, { images: [key] });
  const load: Load<Facts & { planned: PlannedSharesFacts }> = async (stale) => {
    const facts = await loadImage(stale);
    return { ...facts, ...(await readPlanned(facts, store, policy)) };
  };
  await change({
    store,
    budget,
    load,
    decide: ({ image, planned }) => ({
      result: undefined,
      steps: canGetPlannedShares(image, policy) ? planPlannedShares(image, planned, { policy, stamp: newStamp() }) : [],
    }),
  });
}
