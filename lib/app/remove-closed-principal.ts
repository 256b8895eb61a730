import type { ImageKey, PrincipalId } from '../model/ids.ts';
import { stepsPerPlanMax } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { PrincipalKind } from '../model/principal.ts';
import { planPrincipalCleanUp } from '../rules/clean-up.ts';
import { change, loadWanted } from './change.ts';
import type { BackgroundDependencies } from './dependencies.ts';

const pageLimit = 25;

/**
 * Removes a closed principal from every image shared with it, and the address book of a closed account. Lists the images with the
 * index, and reads each image itself.
 */
export async function removeClosedPrincipal(
  principal: PrincipalId,
  kind: PrincipalKind,
  deps: BackgroundDependencies,
): Promise<void> {
  if (kind === 'account') {
    await removeAddressBook(principal, deps);
  }
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

/** Entries can be added only while the account is open, so none is left when this ends. Several calls can run concurrently. */
async function removeAddressBook(accountId: PrincipalId, { store, budget }: BackgroundDependencies): Promise<void> {
  let isDone = false;
  while (!isDone) {
    isDone = await change({
      store,
      budget,
      load: async () => ({ ...(await store.read({})), page: await store.addressBook(accountId, { limit: stepsPerPlanMax }) }),
      decide: ({ page: { entries, next } }) => ({
        result: next === undefined,
        steps: entries.map(({ principalId }) => ({ do: 'remove-address-book-entry', key: { accountId, principalId } }) as const),
      }),
    });
  }
}
