import type { PrincipalId, Region } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import { pageLimitMax } from '../model/limits.ts';
import type { Policy } from '../model/policy.ts';
import { planLeave } from '../rules/cancel-shares.ts';
import { keyText } from '../rules/images.ts';
import { visibilityOf } from '../rules/visibility.ts';
import type { RegionalPrincipal, Store } from '../table/store.ts';
import type { ChangeOfEach } from './change-each.ts';

/** Leaves every image that an owner shares with the recipients. Regions whose policy doesn't allow that come last. */
export function imagesToLeave(
  owner: PrincipalId,
  recipients: readonly RegionalPrincipal[],
  { store, policyOf, now }: { store: Store; policyOf: (region: Region) => Policy; now: () => Date },
): ChangeOfEach {
  const principals = new Map(recipients.map(({ region, principal }) => [region, principal]));
  const mayLeave = ({ region }: RegionalPrincipal) => policyOf(region).recipientMayLeave;
  const inOrder = [...recipients.filter(mayLeave), ...recipients.filter((recipient) => !mayLeave(recipient))];
  // Images don't change their owner, so those of other owners are read only once.
  const ofOthers = new Set<string>();
  return {
    async list(hasTime) {
      const shared: Image[] = [];
      for (const recipient of inOrder) {
        let after: string | undefined;
        do {
          const page = await store.receivedImages(recipient, { limit: pageLimitMax, after });
          const keys = page.entries.filter((key) => !ofOthers.has(keyText(key)));
          const { images } = keys.length === 0 ? { images: [] } : await store.read({ images: keys });
          for (const image of images) {
            if (image.owner !== owner) {
              ofOthers.add(keyText(image));
            } else if (visibilityOf(image, recipient.principal, now()) === 'shared') {
              shared.push(image);
            }
          }
          after = page.next;
        } while (after !== undefined && hasTime());
      }
      return shared;
    },
    decide: (image, { region }, stamp) =>
      planLeave(image, { principal: principals.get(region) as PrincipalId, policy: policyOf(region), stamp }),
  };
}
