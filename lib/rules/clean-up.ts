import type { HolderId } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Due, Stamp } from '../model/record.ts';
import { endedEntries, namesOf, only } from './recipients.ts';
import { byService, recordedChange, recordOf } from './records.ts';

/**
 * Plans the removal of what the named recipients' shares left behind: entries of the map whose end has passed, and
 * share items that no entry backs. A live share is never touched. Rule `delete.orphans`.
 */
export function planSweepOfShares(
  due: Extract<Due, { kind: 'shares' }>,
  image: Image | undefined,
  shares: ReadonlyMap<HolderId, Share>,
  { policy, stamp }: { policy: Policy; stamp: Stamp },
): readonly Step[] {
  if (image === undefined) {
    return [...due.recipients.flatMap((recipient) => removalOf(shares.get(recipient))), { do: 'remove-due', due }];
  }
  const ended = endedEntries(image.recipients, stamp.at);
  const expired = image.endedAt === undefined ? due.recipients.filter((recipient) => Object.hasOwn(ended, recipient)) : [];
  const left = due.recipients.filter(
    (recipient) => image.endedAt !== undefined || !Object.hasOwn(image.recipients, recipient) || expired.includes(recipient),
  );
  const entries = only(ended, expired);
  const record = recordOf('ExpireImageShares', image, { policy, stamp: byService(stamp), recipients: expired });
  return [
    ...(expired.length === 0 ? [] : recordedChange(image, { expect: { entries }, change: { drop: expired } }, record)),
    ...left.flatMap((recipient) => removalOf(shares.get(recipient))),
    { do: 'remove-due', due },
  ];
}

const removalOf = (share: Share | undefined): Step[] =>
  share === undefined ? [] : [{ do: 'remove-share', key: share, recipient: share.recipient, recordId: share.recordId }];

/** Share items that one plan removes, well below what a transaction takes. */
const sharesPerPlan = 90;

/**
 * Plans the removal of what a deleted image's shares left behind; nobody can share it anew meanwhile. `shares` are those
 * still there; while more are left than fit, the due item stays.
 */
export function planSweepOfEndedImage(
  due: Extract<Due, { kind: 'image' }>,
  image: Image | undefined,
  shares: readonly Share[],
): readonly Step[] {
  const now = shares.slice(0, sharesPerPlan);
  const isAll = now.length === shares.length;
  const holdsEntries = image?.endedAt !== undefined && namesOf(image.recipients).length > 0;
  return [
    ...now.map((share) => ({ do: 'remove-share', key: share, recipient: share.recipient }) as const),
    ...(isAll && holdsEntries ? [{ do: 'empty-ended-image', key: image } as const] : []),
    ...(isAll ? [{ do: 'remove-due', due } as const] : []),
  ];
}

/** Plans to take a closed holder from an image that it received. */
export function planSweepOfHolder(
  holder: HolderId,
  image: Image | undefined,
  share: Share | undefined,
  { policy, stamp }: { policy: Policy; stamp: Stamp },
): readonly Step[] {
  const entries = image === undefined || image.endedAt !== undefined ? {} : only(image.recipients, [holder]);
  if (image === undefined || namesOf(entries).length === 0) {
    return removalOf(share);
  }
  return [
    ...recordedChange(
      image,
      { expect: { entries }, change: { drop: [holder] } },
      recordOf('CancelImageShares', image, { policy, stamp: byService(stamp), recipients: [holder] }),
    ),
    { do: 'remove-share', key: image, recipient: holder },
  ];
}
