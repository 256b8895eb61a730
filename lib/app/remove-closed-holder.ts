import type { HolderKind } from '../model/holder.ts';
import type { HolderId, ImageKey } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import { planSweepOfHolder } from '../rules/clean-up.ts';
import { change } from './change.ts';
import type { CleanUpDeps } from './dependencies.ts';

const pageLimit = 25;

/** Takes a closed holder from every image that it received; the list comes from the index, what is done does not. */
export async function removeClosedHolder(holder: HolderId, kind: HolderKind, deps: CleanUpDeps): Promise<void> {
  for (const [region, policy] of deps.regions) {
    if (policy.holderKind !== kind) {
      continue;
    }
    let after: string | undefined;
    do {
      const page = await deps.store.receivedImages({ region, holder }, { limit: pageLimit, after });
      for (const key of page.entries) {
        await takeFrom(key, holder, policy, deps);
      }
      after = page.next;
    } while (after !== undefined);
  }
}

async function takeFrom(
  key: ImageKey,
  holder: HolderId,
  policy: Policy,
  { store, budget, newStamp }: CleanUpDeps,
): Promise<void> {
  await change({
    store,
    budget,
    wanted: { images: [key], shares: [holder] },
    decide: ({ image, shares }) => ({
      answer: undefined,
      steps: planSweepOfHolder(holder, image, shares.get(holder), { policy, stamp: newStamp() }),
    }),
  });
}
