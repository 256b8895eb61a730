import type { PrincipalId } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import { type Step, stepsPerPlanMax } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { CleanUpTask, Stamp } from '../model/record.ts';
import { expiredEntries, namesOf, only } from './recipients.ts';
import { byService, recordedChange, recordOf } from './records.ts';

/**
 * Plans the removal of what the named recipients' shares left behind: entries of the map whose end has passed, and
 * share items that no entry backs. A live share is never touched. Rule `delete.orphans`.
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
  const lapsed = expiredEntries(image.recipients, stamp.at);
  const expired = image.deletedAt === undefined ? task.recipients.filter((recipient) => Object.hasOwn(lapsed, recipient)) : [];
  const left = task.recipients.filter(
    (recipient) => image.deletedAt !== undefined || !Object.hasOwn(image.recipients, recipient) || expired.includes(recipient),
  );
  const entries = only(lapsed, expired);
  const record = recordOf('ExpireImageShares', image, { policy, stamp: byService(stamp), recipients: expired });
  return [
    ...(expired.length === 0 ? [] : recordedChange(image, { expect: { entries }, change: { drop: expired } }, record)),
    ...left.flatMap((recipient) => removalOf(shares.get(recipient))),
    { do: 'remove-clean-up', task },
  ];
}

const removalOf = (share: Share | undefined): Step[] =>
  share === undefined ? [] : [{ do: 'remove-share', key: share, recipient: share.recipient, recordId: share.recordId }];

/**
 * Plans the removal of what a deleted image's shares left behind; no new share can be made meanwhile. `shares` are those
 * still there; while more are left than fit, the task stays.
 */
export function planDeletedImageCleanUp(
  task: Extract<CleanUpTask, { kind: 'image' }>,
  image: Image | undefined,
  shares: readonly Share[],
): readonly Step[] {
  const now = shares.slice(0, stepsPerPlanMax - 2);
  const isAll = now.length === shares.length;
  const holdsEntries = image?.deletedAt !== undefined && namesOf(image.recipients).length > 0;
  return [
    ...now.map((share) => ({ do: 'remove-share', key: share, recipient: share.recipient }) as const),
    ...(isAll && holdsEntries ? [{ do: 'empty-deleted-image', key: image } as const] : []),
    ...(isAll ? [{ do: 'remove-clean-up', task } as const] : []),
  ];
}

/** Plans to take a closed principal from an image that it received. */
export function planPrincipalCleanUp(
  principal: PrincipalId,
  image: Image | undefined,
  share: Share | undefined,
  { policy, stamp }: { policy: Policy; stamp: Stamp },
): readonly Step[] {
  const entries = image === undefined || image.deletedAt !== undefined ? {} : only(image.recipients, [principal]);
  if (image === undefined || namesOf(entries).length === 0) {
    return removalOf(share);
  }
  return [
    ...recordedChange(
      image,
      { expect: { entries }, change: { drop: [principal] } },
      recordOf('CancelImageShares', image, { policy, stamp: byService(stamp), recipients: [principal] }),
    ),
    { do: 'remove-share', key: image, recipient: principal },
  ];
}
