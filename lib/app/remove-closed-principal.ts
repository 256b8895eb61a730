import type { ImageKey, PrincipalId } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import type { PrincipalKind } from '../model/principal.ts';
import { planPrincipalCleanUp } from '../rules/clean-up.ts';
import { change, loadWanted } from './change.ts';
import type { BackgroundDependencies } from './dependencies.ts';

const pageLimit = 25;

/** Removes a closed principal from every image shared with it. Lists the images with the index, and reads each image itself. */
export async function removeClosedPrincipal(
  principal: PrincipalId,
  kind: PrincipalKind,
  deps: BackgroundDependencies,
): Promise<void> {
  for (const [region, policy] of deps.regions) {
    if (policy.principalKind !== kind) {
      continue;
    }
    let after: string | undefined;
    do {
      const page = await deps.store.receivedImages({ region, principal }, { limit: pageLimit, after });
      for (const key of page.entries) {
        await removeFromImage(key, principal, policy, deps);
      }
      after = page.next;
    } while (after !== undefined);
  }
}

async function removeFromImage(
  key: ImageKey,
  principal: PrincipalId,
  policy: Policy,
  { store, budget, newStamp }: BackgroundDependencies,
): Promise<void> {
  await change({
    store,
    budget,
    load: loadWanted(store, { images: [key], shares: [principal] }),
    decide: ({ image, shares }) => ({
      result: undefined,
      steps: planPrincipalCleanUp(principal, image, shares.get(principal), { policy, stamp: newStamp() }),
    }),
  });
}
