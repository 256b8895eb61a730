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

/** The stamp of what the service does by itself in the course of somebody's call. */
export const byService = ({ from: _, ...stamp }: Stamp): Stamp => ({ ...stamp, actor: serviceActor });

/**
 * The record of shares that ended by their end time, written by whichever change takes them out of the image's map:
 * since only one can, it is written once.
 */
export const expiryRecordOf = (
  image: Pick<Image, 'region' | 'imageId' | 'owner'>,
  { policy, stamp, recipients }: { policy: Policy; stamp: Stamp; recipients: readonly HolderId[] },
): Step[] =>
  recipients.length === 0
    ? []
    : [
        recordOf('ExpireImageShares', image, {
          policy,
          stamp: { ...byService(stamp), recordId: stamp.expiryRecordId },
          recipients,
        }),
      ];

/** Each recipient's copy of a record: without where the change came from and without the other recipients. */
export function recipientsCopies(record: ChangeRecord): ChangeRecord[] {
  const { from: _, recipients = [], ...rest } = record;
  return recipients
    .filter((recipient) => recipient !== record.holder)
    .map((recipient) => ({ ...rest, id: `${record.id}.${recipient}`, holder: recipient, recipients: [recipient] }));
}
