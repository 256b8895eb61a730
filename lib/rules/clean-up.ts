import type { PrincipalId } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import { type Step, stepsPerPlanMax } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { CleanUpTask, Stamp } from '../model/record.ts';
import { expiredEntries, namesOf, pick } from './recipients.ts';
import { recordedChange, recordOf, serviceStamp } from './records.ts';

/**
 * Plans to remove the expired entries and orphaned share items of the recipients in the task. Never touches a live share. Rule
 * `delete.orphans`.
 */
export function planShareCleanUp(
  task: Extract<CleanUpTask, { kind: 'shares' }>,
  image: Image | undefined,
  shares: ReadonlyMap<PrincipalId, Share>,
  { policy, stamp }: { policy: Policy; stamp: Stamp },
): readonly Step[] {
  if (image === undefined) {
    return [...task.recipients.flatMap((recipient) => removalOf(shares.get(recipient))), { do: 'remove-clean-up', task }];
  }
  const allExpired = expiredEntries(image.recipients, stamp.at);
  const expired =
    image.deletedAt === undefined ? task.recipients.filter((recipient) => Object.hasOwn(allExpired, recipient)) : [];
  const orphaned = task.recipients.filter(
    (recipient) => image.deletedAt !== undefined || !Object.hasOwn(image.recipients, recipient) || expired.includes(recipient),
  );
  const entries = pick(allExpired, expired);
  const record = recordOf('ExpireImageShares', image, { policy, stamp: serviceStamp(stamp), recipients: expired });
  return [
    ...(expired.length === 0 ? [] : recordedChange(image, { expect: { entries }, change: { drop: expired } }, record)),
    ...orphaned.flatMap((recipient) => removalOf(shares.get(recipient))),
    { do: 'remove-clean-up', task },
  ];
}

const removalOf = (share: Share | undefined): Step[] =>
  share === undefined ? [] : [{ do: 'remove-share', key: share, recipient: share.recipient, recordId: share.recordId }];

/**
 * Plans to remove what a deleted image's shares left behind; a deleted image can't be shared again. `shares` are the remaining
 * items. If they don't all fit, the task stays.
 */
export function planDeletedImageCleanUp(
  task: Extract<CleanUpTask, { kind: 'image' }>,
  image: Image | undefined,
  shares: readonly Share[],
): readonly Step[] {
  const batch = shares.slice(0, stepsPerPlanMax - 2);
  const isLastBatch = batch.length === shares.length;
  const hasEntries = image?.deletedAt !== undefined && namesOf(image.recipients).length > 0;
  return [
    ...batch.map((share) => ({ do: 'remove-share', key: share, recipient: share.recipient }) as const),
    ...(isLastBatch && hasEntries ? [{ do: 'empty-deleted-image', key: image } as const] : []),
    ...(isLastBatch ? [{ do: 'remove-clean-up', task } as const] : []),
  ];
}

/** Plans to remove a closed principal from an image that was shared with it. */
export function planPrincipalCleanUp(
  principal: PrincipalId,
  image: Image | undefined,
  share: Share | undefined,
  { policy, stamp }: { policy: Policy; stamp: Stamp },
): readonly Step[] {
  const entries = image === undefined || image.deletedAt !== undefined ? {} : pick(image.recipients, [principal]);
  if (image === undefined || namesOf(entries).length === 0) {
    return removalOf(share);
  }
  return [
    ...recordedChange(
      image,
      { expect: { entries }, change: { drop: [principal] } },
      recordOf('CancelImageShares', image, { policy, stamp: serviceStamp(stamp), recipients: [principal], reason: 'closed' }),
    ),
    { do: 'remove-share', key: image, recipient: principal },
  ];
}
