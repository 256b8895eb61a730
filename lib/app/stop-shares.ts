import type { PrincipalId, Region } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import { isSharedOrPlanned, planStop } from '../rules/owned-shares.ts';
import type { RegionalPrincipal, Store } from '../table/store.ts';
import type { ChangeOfEach } from './change-each.ts';
import { everyOwnedImage } from './owned-images.ts';

/** Stops sharing every image of the owners with a recipient. */
export function sharesToStop(
  recipient: PrincipalId,
  owners: readonly RegionalPrincipal[],
  { store, policyOf, now }: { store: Store; policyOf: (region: Region) => Policy; now: () => Date },
): ChangeOfEach {
  const principals = new Map(owners.map(({ region, principal }) => [region, principal]));
  return {
    async list() {
      const images = await everyOwnedImage(store, owners, now());
      return images.filter((image) => isSharedOrPlanned(image, recipient, now()));
    },
    decide: (image, { region }, stamp) =>
      planStop(recipient, image, { principal: principals.get(region) as PrincipalId, policy: policyOf(region), stamp }),
  };
}
