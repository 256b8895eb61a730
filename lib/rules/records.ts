import type { PrincipalId } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { ImageChange, ImageExpectation, Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { ChangeRecord, RecordAction, Stamp } from '../model/record.ts';

type Subject = Pick<Image, 'region' | 'imageId' | 'owner'>;

/** What a record says besides who changed which image, and when. */
type Particulars = Pick<ChangeRecord, 'recipients' | 'added' | 'rescheduled' | 'state' | 'source'>;

/** The record of a change to an image, listed under its owner. Rule `audit.record`. */
export const recordOf = (
  action: RecordAction,
  image: Subject,
  { policy, stamp, recipients = [], added, rescheduled, state, source }: { policy: Policy; stamp: Stamp } & Particulars,
): ChangeRecord => ({
  id: stamp.recordId,
  at: stamp.at,
  actor: stamp.actor,
  ...(stamp.from !== undefined && { from: stamp.from }),
  action,
  region: image.region,
  imageId: image.imageId,
  ...(recipients.length > 0 && { recipients }),
  ...(added !== undefined && { added }),
  ...(rescheduled !== undefined && { rescheduled }),
  ...(state !== undefined && { state }),
  ...(source !== undefined && { source }),
  requestId: stamp.requestId,
  principal: image.owner,
  principalKind: policy.principalKind,
});

/** The actor of what the service does by itself. */
export const serviceActor = 'service';

/** The stamp of what the service does by itself in the course of somebody's call. */
export const byService = ({ from: _, ...stamp }: Stamp): Stamp => ({ ...stamp, actor: serviceActor });

/**
 * The id of the record of what a change found expired, made of the id of the change's own. Ids are UUIDs of version 7;
 * with a 6 for the version it sorts below all of the same millisecond, as what had expired had done so before.
 */
export const expiryRecordId = (recordId: string): string => `${recordId.slice(0, 14)}6${recordId.slice(15)}`;

/**
 * The record of shares that ended by their end time, written by whichever change takes them out of the image's map:
 * since only one can, it is written once.
 */
export const expiryRecordOf = (
  image: Subject,
  { policy, stamp, recipients }: { policy: Policy; stamp: Stamp; recipients: readonly PrincipalId[] },
): ChangeRecord[] =>
  recipients.length === 0
    ? []
    : [
        recordOf('ExpireImageShares', image, {
          policy,
          stamp: { ...byService(stamp), recordId: expiryRecordId(stamp.recordId) },
          recipients,
        }),
      ];

/** A change of an image together with its record, and with the record of what it found expired, if it did. */
export const recordedChange = (
  image: Subject,
  { expect, change }: { expect: ImageExpectation; change: ImageChange },
  record: ChangeRecord,
  expired: readonly ChangeRecord[] = [],
): Step[] => [
  {
    do: 'change-image',
    key: image,
    owner: image.owner,
    expect,
    change,
    records: { lastId: record.id, count: expired.length + 1 },
  },
  ...[...expired, record].map((one): Step => ({ do: 'put-record', record: one })),
];

/**
 * The ids of the records that a write of an image brought with it, in their order, with the number of each in the image's
 * history. `before` is the image's revision before the write, 0 where there was none.
 */
export function recordsWritten(
  { revision, lastRecordId }: Pick<Image, 'revision' | 'lastRecordId'>,
  before: number,
): { readonly id: string; readonly sequence: number }[] {
  const ids = revision === before ? [] : [expiryRecordId(lastRecordId), lastRecordId].slice(before - revision);
  return ids.map((id, at) => ({ id, sequence: before + 1 + at }));
}

/** The account of an actor, without which person or access key of it made the change. */
const accountOf = (actor: string): string => actor.split('/', 1)[0] as string;

/**
 * Each recipient's copy of a record: without where the change came from, without who of the owner's account made it, and
 * without the other recipients.
 */
export function recipientsCopies(record: ChangeRecord): ChangeRecord[] {
  const { from: _, recipients = [], added, rescheduled, ...rest } = record;
  return recipients
    .filter((recipient) => recipient !== record.principal)
    .map((recipient) => ({
      ...rest,
      actor: accountOf(record.actor),
      id: `${record.id}.${recipient}`,
      principal: recipient,
      recipients: [recipient],
      ...(added !== undefined && { added: added.filter((one) => one === recipient) }),
      ...(rescheduled?.includes(recipient) && { rescheduled: [recipient] }),
    }));
}
