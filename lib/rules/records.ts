import type { PrincipalId } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { ImageChange, ImageExpectation, Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { ChangeRecord, RecordAction, Stamp } from '../model/record.ts';
import { pick } from './recipients.ts';

type Subject = Pick<Image, 'region' | 'imageId' | 'owner'>;

/** The action-specific fields of a record. */
type RecordDetails = Pick<
  ChangeRecord,
  'recipients' | 'added' | 'rescheduled' | 'endsAt' | 'previousEnds' | 'reason' | 'changes' | 'state' | 'source'
>;

/** Creates the record of a change to an image, to be listed for its owner. Rule `audit.record`. */
export const recordOf = (
  action: RecordAction,
  image: Subject,
  { policy, stamp, recipients = [], ...details }: { policy: Policy; stamp: Stamp } & RecordDetails,
): ChangeRecord => ({
  id: stamp.recordId,
  at: stamp.at,
  actor: stamp.actor,
  ...(stamp.from !== undefined && { from: stamp.from }),
  action,
  region: image.region,
  imageId: image.imageId,
  ...(recipients.length > 0 && { recipients }),
  ...details,
  requestId: stamp.requestId,
  principal: image.owner,
  principalKind: policy.principalKind,
});

/** The actor of automatic changes. */
export const serviceActor = 'service';

/** The stamp of an automatic change during a call. */
export const serviceStamp = ({ from: _, ...stamp }: Stamp): Stamp => ({ ...stamp, actor: serviceActor });

/**
 * Derives the ID of the expiry record from that of the change that found the expired shares. IDs are UUIDs of version 7; with 6
 * as the version digit, it sorts before all others of the same millisecond, because the shares had expired earlier.
 */
export const expiryRecordId = (recordId: string): string => `${recordId.slice(0, 14)}6${recordId.slice(15)}`;

/**
 * Creates the record of expired shares. It is written by the change that removes them from the recipient map. Only one change can
 * remove them, so they are recorded once.
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
          stamp: { ...serviceStamp(stamp), recordId: expiryRecordId(stamp.recordId) },
          recipients,
        }),
      ];

/** The steps for a change of an image, its record, and the record of expired shares that it removes. */
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
  ...[...expired, record].map((written): Step => ({ do: 'put-record', record: written })),
];

/**
 * Returns the IDs of the records that a write of an image added, in order, with their positions in its history. `revisionBefore`
 * is the revision before the write, or 0 for a new image.
 */
export function recordsWritten(
  { revision, lastRecordId }: Pick<Image, 'revision' | 'lastRecordId'>,
  revisionBefore: number,
): { readonly id: string; readonly sequence: number }[] {
  const ids = revision === revisionBefore ? [] : [expiryRecordId(lastRecordId), lastRecordId].slice(revisionBefore - revision);
  return ids.map((id, index) => ({ id, sequence: revisionBefore + 1 + index }));
}

/** The account of an actor, without the user or access key that made the change. */
const accountOf = (actor: string): string => actor.split('/', 1)[0] as string;

/** Returns the recipients that a change removed, if its record lists the added ones separately. */
export const removedIn = ({ recipients = [], added, rescheduled = [] }: ChangeRecord): PrincipalId[] =>
  added === undefined ? [] : recipients.filter((recipient) => !added.includes(recipient) && !rescheduled.includes(recipient));

/**
 * Creates a copy of a record for each recipient, without the network address, the user within the owner's account, and the other
 * recipients.
 */
export function recipientsCopies(record: ChangeRecord): ChangeRecord[] {
  const { from: _, recipients = [], added, rescheduled, endsAt, previousEnds, ...rest } = record;
  const removed = removedIn(record);
  return recipients
    .filter((recipient) => recipient !== record.principal)
    .map((recipient) => ({
      ...rest,
      actor: accountOf(record.actor),
      id: `${record.id}.${recipient}`,
      principal: recipient,
      recipients: [recipient],
      ...(added !== undefined && { added: added.filter((id) => id === recipient) }),
      ...(rescheduled?.includes(recipient) && { rescheduled: [recipient] }),
      ...(endsAt !== undefined && !removed.includes(recipient) && { endsAt }),
      ...(previousEnds !== undefined &&
        Object.hasOwn(previousEnds, recipient) && { previousEnds: pick(previousEnds, [recipient]) }),
    }));
}

/** What a list of records can be filtered by, besides what the table filters by. */
export interface RecordSearch {
  /** One of these actions. */
  readonly action?: readonly RecordAction[] | undefined;
  /** `ACCOUNT` also finds what users and access keys of the account did. */
  readonly actor?: string | undefined;
  /** An added, rescheduled, or removed recipient. */
  readonly recipient?: PrincipalId | undefined;
}

/** Whether the record matches all filters. */
export const matchesRecord = (record: ChangeRecord, { action, actor, recipient }: RecordSearch): boolean =>
  (action === undefined || action.includes(record.action)) &&
  (actor === undefined || record.actor === actor || accountOf(record.actor) === actor) &&
  (recipient === undefined || record.recipients?.includes(recipient) === true);
