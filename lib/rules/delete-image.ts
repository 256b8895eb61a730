import { ActionError } from '../model/error.ts';
import type { Image } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { endedEntries, epochSeconds, liveEntries, namesOf } from './recipients.ts';
import { expiryRecordOf, recordOf } from './records.ts';

/** The refusal to delete, or undefined when the owner may. Rule `delete.guard`. */
export function whyNotDeletable(image: Image, policy: Policy, now: Date): ActionError | undefined {
  const holders = namesOf(liveEntries(image.recipients, now));
  if (policy.deleteWhileShared === 'withdraw' || holders.length === 0) {
    return undefined;
  }
  return new ActionError('ImageShared', {
    detail: `Image ${image.imageId} is shared with ${holders.length} recipients and cannot be deleted. Cancel its shares first.`,
    rule: 'delete.guard',
    holders,
    used: holders.length,
  });
}

/**
 * Plans the end of an image. Under `refuse` it holds only while nobody has a live share; under `withdraw` it takes the
 * image from its recipients at once and leaves their share items to the clean-up. Refuses with ImageShared.
 */
export function planDelete(image: Image, { policy, stamp }: { policy: Policy; stamp: Stamp }): Plan<null> {
  const now = stamp.at;
  const refusal = whyNotDeletable(image, policy, now);
  if (refusal !== undefined) {
    throw refusal;
  }
  const end = { details: { state: 'deleted' as const }, endedAt: now };
  const uncount = { do: 'count-image', region: image.region, holder: image.owner, by: -1 } as const;
  if (policy.deleteWhileShared === 'withdraw') {
    const recipients = namesOf(liveEntries(image.recipients, now));
    return {
      answer: null,
      steps: [
        { do: 'change-image', key: image, owner: image.owner, expect: {}, change: end },
        uncount,
        recordOf('DeleteImage', image, { policy, stamp, recipients }),
        {
          do: 'put-due',
          due: { kind: 'image', dueAt: epochSeconds(now), ref: image.imageId, region: image.region, imageId: image.imageId },
        },
      ],
    };
  }
  const expired = namesOf(endedEntries(image.recipients, now));
  return {
    answer: null,
    steps: [
      {
        do: 'change-image',
        key: image,
        owner: image.owner,
        expect: { exactly: image.recipients },
        change: { ...end, drop: expired },
      },
      uncount,
      recordOf('DeleteImage', image, { policy, stamp }),
      ...expiryRecordOf(image, { policy, stamp, recipients: expired }),
      ...expired.map((recipient) => ({ do: 'remove-share', key: image, recipient }) as const),
    ],
  };
}
