import type { ActionError } from '../model/error.ts';
import type { Image } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { cleanUpOfImage } from './clean-up-tasks.ts';
import { expectRevision, requireRevision } from './images.ts';
import { epochSeconds, expiredEntries, liveEntries, namesOf } from './recipients.ts';
import { expiryRecordOf, recordedChange, recordOf } from './records.ts';
import { refusal } from './rule.ts';

/** Returns why the owner can't delete the image, or undefined if it can. Rule `delete.guard`. */
export function whyNotDeletable(image: Image, policy: Policy, now: Date): ActionError | undefined {
  return policy.deleteWhileShared === 'withdraw' ? undefined : whyNotWhileShared(image, now, 'deleted', 'delete.guard');
}

/**
 * The guard of images that are shared: returns why such an image can't be deleted or (see update-image.ts) deprecated, or
 * undefined if it has no live shares. Rules `delete.guard`, `owner.deprecates`.
 */
export function whyNotWhileShared(
  image: Image,
  now: Date,
  what: 'deleted' | 'deprecated',
  rule: 'delete.guard' | 'owner.deprecates',
): ActionError | undefined {
  const recipients = namesOf(liveEntries(image.recipients, now));
  if (recipients.length === 0) {
    return undefined;
  }
  const recipientCount = `${recipients.length} ${recipients.length === 1 ? 'recipient' : 'recipients'}`;
  return refusal(rule, `Image ${image.imageId} is shared with ${recipientCount} and can't be ${what} in ${image.region}`, {
    recipients,
    used: recipients.length,
  });
}

/**
 * Plans to delete an image. With `refuse`, the image must have no live shares. With `withdraw`, recipients lose access
 * immediately, and the clean-up empties the map. Either way, the recipient map must be the one that was read, because
 * the record lists the recipients. Throws ImageShared and PreconditionFailed.
 */
export function planDelete(
  image: Image,
  { policy, stamp, revisionsSeen }: { policy: Policy; stamp: Stamp; revisionsSeen?: readonly number[] | undefined },
): Plan<null> {
  requireRevision(image, revisionsSeen);
  const now = stamp.at;
  const whyNot = whyNotDeletable(image, policy, now);
  if (whyNot !== undefined) {
    throw whyNot;
  }
  const isWithdrawal = policy.deleteWhileShared === 'withdraw';
  const expired = expiredEntries(image.recipients, now);
  const { region, owner } = image;
  return {
    result: null,
    steps: [
      ...recordedChange(
        image,
        {
          expect: { exactly: image.recipients, ...expectRevision(image, revisionsSeen) },
          change: {
            details: { state: 'deleted' },
            deletedAt: now,
            drop: namesOf(expired),
            ...(image.plannedShares !== undefined && { plannedShares: null }),
          },
        },
        recordOf('DeleteImage', image, { policy, stamp, recipients: namesOf(liveEntries(image.recipients, now)) }),
        expiryRecordOf(image, { policy, stamp, recipients: namesOf(expired) }),
      ),
      { do: 'count', what: 'images', region, principal: owner, by: -1 },
      ...(isWithdrawal ? [cleanUpOfImage(image, epochSeconds(now))] : []),
      ...namesOf(image.recipients).map((recipient) => ({ do: 'remove-share', key: image, recipient }) as const),
    ],
  };
}
