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
 * Derives the ID of a record that the same change writes before its last one. IDs are UUIDs of version 7; with a smaller version
 * digit, it sorts before all others of the same millisecond. `before` is 1 for the record right before the last one.
 */
export const earlierRecordId = (lastRecordId: string, before: number): string =>
  `${lastRecordId.slice(0, 14)}${7 - before}${lastRecordId.slice(15)}`;

/** Gives the records of one change their IDs, in order. The last one keeps its own. */
export const numbered = (records: readonly ChangeRecord[]): ChangeRecord[] =>
  records.map((record, index) => {
    const before = records.length - 1 - index;
    return before === 0 ? record : { ...record, id: earlierRecordId((records.at(-1) as ChangeRecord).id, before) };
  });

/**
 * Creates the record of expired shares. It is written by the change that removes them from the recipient map. Only one change can
 * remove them, so they are recorded once.
 */
export const expiryRecordOf = (
  image: Subject,
  { policy, stamp, recipients }: { policy: Policy; stamp: Stamp; recipients: readonly PrincipalId[] },
): ChangeRecord[] =>
  recipients.length === 0 ? [] : [recordOf('ExpireImageShares', image, { policy, stamp: serviceStamp(stamp), recipients })];

/** Creates the record of planned recipients that the image won't be shared with. */
export const droppedRecordOf = (
  image: Subject,
  { policy, stamp, recipients }: { policy: Policy; stamp: Stamp; recipients: readonly PrincipalId[] },
): ChangeRecord[] => (recipients.length === 0 ? [] : [recordOf('DropPlannedShares', image, { policy, stamp, recipients })]);

/** The steps for a change of an image, its record, and the records that come before it. */
export const recordedChange = (
  image: Subject,
  { expect, change }: { expect: ImageExpectation; change: ImageChange },
  record: ChangeRecord,
  earlier: readonly ChangeRecord[] = [],
): Step[] => [
  {
    do: 'change-image',
    key: image,
    owner: image.owner,
    expect,
    change,
    records: { lastId: record.id, count: earlier.length + 1 },
  },
  ...numbered([...earlier, record]).map((written): Step => ({ do: 'put-record', record: written })),
];

/**
 * Returns the IDs of the records that a write of an image added, in order, with their positions in its history. `revisionBefore`
 * is the revision before the write, or 0 for a new image.
 */
export function recordsWritten(
  { revision, lastRecordId }: Pick<Image, 'revision' | 'lastRecordId'>,
  revisionBefore: number,
): { readonly id: string; readonly sequence: number }[] {
  const everyId = [3, 2, 1].map((before) => earlierRecordId(lastRecordId, before)).concat(lastRecordId);
  const ids = revision === revisionBefore ? [] : everyId.slice(revisionBefore - revision);
  return ids.map((id, index) => ({ id, sequence: revisionBefore + 1 + index }));
}

/** The actions that concern only the owner: who a copy would have been shared with is nobody else's business. */
const ownersActions: ReadonlySet<RecordAction> = new Set(['PlanImageShares', 'DropPlannedShares']);

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
  return (ownersActions.has(record.action) ? [] : recipients)
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
