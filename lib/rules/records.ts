import type { HolderId } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { ChangeRecord, Stamp } from '../model/record.ts';

/** The record of a change to an image, listed under its owner. Rule `audit.record`. */
export function recordOf(
  action: string,
  image: Pick<Image, 'region' | 'imageId' | 'owner'>,
  { policy, stamp, recipients = [] }: { policy: Policy; stamp: Stamp; recipients?: readonly HolderId[] },
): Step {
  return {
    do: 'put-record',
    record: {
      id: stamp.recordId,
      at: stamp.at,
      actor: stamp.actor,
      ...(stamp.from !== undefined && { from: stamp.from }),
      action,
      region: image.region,
      imageId: image.imageId,
      ...(recipients.length > 0 && { recipients }),
      requestId: stamp.requestId,
      holder: image.owner,
      holderKind: policy.holderKind,
    },
  };
}

/** The actor of what the service does by itself. */
export const serviceActor = 'service';

/**
 * The record of shares that ended by their end time, written by whichever change takes them out of the image's map:
 * since only one can, it is written once.
 */
export function expiryRecordOf(
  image: Pick<Image, 'region' | 'imageId' | 'owner'>,
  { policy, stamp, recipients }: { policy: Policy; stamp: Stamp; recipients: readonly HolderId[] },
): Step[] {
  if (recipients.length === 0) {
    return [];
  }
  const { from: _, ...rest } = stamp;
  return [
    recordOf('ExpireImageShares', image, {
      policy,
      stamp: { ...rest, recordId: stamp.expiryRecordId, actor: serviceActor },
      recipients,
    }),
  ];
}

/** Each recipient's copy of a record: without where the change came from and without the other recipients. */
export function recipientsCopies(record: ChangeRecord): ChangeRecord[] {
  const { from: _, recipients = [], ...rest } = record;
  return recipients
    .filter((recipient) => recipient !== record.holder)
    .map((recipient) => ({ ...rest, id: `${record.id}.${recipient}`, holder: recipient, recipients: [recipient] }));
}
