import type { ImageKey, PrincipalId } from '../model/ids.ts';
import type { Image, Recipients, Share } from '../model/image.ts';
import { type ImageExpectation, type Step, stepsPerPlanMax } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Acceptance } from '../model/principal.ts';
import type { CleanUpTask, RecordAction, Stamp, StopReason } from '../model/record.ts';
import { entriesOf, epochSeconds, expiredEntries, liveEntries, namesOf, neverExpires, pick } from './recipients.ts';
import { expiryRecordOf, recordedChange, recordOf } from './records.ts';
import { recipientsBeforeMax, whyNotShared } from './sharing-rules.ts';

/** A change of recipients. Sharing, stopping, leaving, and replacing the list are special cases of it. */
export interface RecipientsChange {
  readonly add: readonly PrincipalId[];
  /** When the shares of all recipients in `add` expire, in epoch seconds, 0 for never. Absent: existing shares keep theirs. */
  readonly endsAt?: number | undefined;
  /** `others` removes all recipients that are not in `add`, which sets the exact list. */
  readonly remove: readonly PrincipalId[] | 'all' | 'others';
}

export interface RecipientsFacts {
  /** The action in the change record. */
  readonly action: RecordAction;
  readonly image: Image;
  readonly policy: Policy;
  readonly knownPrincipals: ReadonlyMap<PrincipalId, Acceptance>;
  readonly riskAcknowledged?: boolean;
  /** Why recipients are removed, unless the owner removes them. */
  readonly reason?: StopReason;
  readonly stamp: Stamp;
}

/** The planned writes, and their outcome once they are committed. */
export interface RecipientsPlan {
  readonly steps: readonly Step[];
  /** The recipients after the change. */
  readonly live: Recipients;
  readonly added: readonly PrincipalId[];
  /** Requested to be added, but already present. */
  readonly repeated: readonly PrincipalId[];
  /** Those among `repeated` whose share got a new expiration. */
  readonly rescheduled: readonly PrincipalId[];
  /** Their previous expirations. */
  readonly previousEnds: Recipients;
  readonly removed: readonly PrincipalId[];
  /** Requested to be removed, but not present. */
  readonly notShared: readonly PrincipalId[];
}

/**
 * Plans one change of recipients, all or nothing. Removals come first, so the limit applies to the final number. Without
 * changes, the plan has no steps. Throws the errors of the sharing rules.
 */
export function planRecipients({ add, endsAt, remove }: RecipientsChange, facts: RecipientsFacts): RecipientsPlan {
  const { image, policy, stamp, reason } = facts;
  const now = stamp.at;
  const live = liveEntries(image.recipients, now);
  const named = [...new Set(add)];
  const added = named.filter((recipient) => !Object.hasOwn(live, recipient));
  const repeated = named.filter((recipient) => Object.hasOwn(live, recipient));
  const rescheduled = endsAt === undefined ? [] : repeated.filter((recipient) => live[recipient] !== endsAt);
  const previousEnds = pick(live, rescheduled);
  // The record of a call that can both add and remove lists the added recipients separately.
  const isAddAndRemove = remove === 'others' || facts.action === 'ChangeImageShares';

  const toRemove = typeof remove === 'string' ? namesOf(live) : [...new Set(remove)];
  const removable = toRemove.filter((recipient) => !named.includes(recipient));
  const removed = removable.filter((recipient) => Object.hasOwn(live, recipient));
  const notShared = removable.filter((recipient) => !Object.hasOwn(live, recipient));

  const used = namesOf(live).length;
  if (named.length > 0) {
    const refusal = whyNotShared({
      policy,
      image,
      now,
      named,
      added,
      rescheduled,
      knownPrincipals: facts.knownPrincipals,
      endsAt,
      riskAcknowledged: facts.riskAcknowledged ?? false,
      used,
      freed: removed.length,
    });
    if (refusal !== undefined) {
      throw refusal;
    }
  }

  const entries: Recipients = Object.fromEntries([
    ...added.map((recipient) => [recipient, endsAt ?? neverExpires]),
    ...rescheduled.map((recipient) => [recipient, endsAt ?? neverExpires]),
  ]);
  const liveAfter = Object.fromEntries([
    ...entriesOf(live).filter(([recipient]) => !removed.includes(recipient)),
    ...entriesOf(entries),
  ]);
  const outcome = { live: liveAfter, added, repeated, rescheduled, previousEnds, removed, notShared };
  if (added.length + rescheduled.length + removed.length === 0) {
    return { steps: [], ...outcome };
  }

  const expired = added.length === 0 ? {} : expiredEntries(image.recipients, now);
  const expiredRemoved = namesOf(expired).filter((recipient) => !added.includes(recipient));
  const addedWithoutEntry = added.filter((recipient) => !Object.hasOwn(expired, recipient));
  const expect = expectationOf({
    image,
    isWholeMap: remove === 'others' || remove === 'all',
    present: { ...expired, ...pick(image.recipients, [...repeated, ...removed, ...notShared]) },
    absent: [...addedWithoutEntry, ...notShared.filter((recipient) => !Object.hasOwn(image.recipients, recipient))],
    entriesAtMost:
      added.length === 0
        ? undefined
        : recipientsBeforeMax(policy, { added: addedWithoutEntry.length, removed: removed.length + expiredRemoved.length }),
  });

  const steps: Step[] = [
    ...recordedChange(
      image,
      { expect, change: { entries, drop: [...removed, ...expiredRemoved] } },
      recordOf(facts.action, image, {
        policy,
        stamp,
        recipients: [...added, ...rescheduled, ...removed],
        ...(isAddAndRemove && { added }),
        ...(rescheduled.length > 0 && { rescheduled, previousEnds }),
        ...(added.length + rescheduled.length > 0 && { endsAt: endsAt ?? neverExpires }),
        ...(reason !== undefined && { reason }),
      }),
      expiryRecordOf(image, { policy, stamp, recipients: namesOf(expired) }),
    ),
    ...sharesFor(image, added, stamp).map(([, share]): Step => ({ do: 'put-share', share })),
    ...(endsAt === undefined || endsAt === neverExpires ? [] : [cleanUpStep(image, stamp, endsAt, [...added, ...rescheduled])]),
  ];
  return {
    steps: [...steps, ...removals(image, stamp, [...removed, ...expiredRemoved], stepsPerPlanMax - steps.length)],
    ...outcome,
  };
}

/** How many entries a condition names at most: the text of an expression in DynamoDB has at most 4 KB. */
const entriesNamedMax = 100;

/**
 * What must still hold for the plan when it is committed. States everything that the response says about the recipients of the
 * request, also about those that don't change: otherwise, a call could report a share that another call has just ended.
 */
function expectationOf({
  image,
  isWholeMap,
  present,
  absent,
  entriesAtMost,
}: {
  readonly image: Image;
  /** Whether the request is about all recipients of the image. */
  readonly isWholeMap: boolean;
  /** The entries of recipients in the request, and the expired entries that the plan removes. */
  readonly present: Recipients;
  readonly absent: readonly PrincipalId[];
  /** Undefined if no recipient is added. */
  readonly entriesAtMost: number | undefined;
}): ImageExpectation {
  const state = entriesAtMost === undefined ? {} : { state: image.state };
  return isWholeMap || Object.keys(present).length + absent.length > entriesNamedMax
    ? { exactly: image.recipients, ...state }
    : { entries: present, absent, ...state, ...(entriesAtMost !== undefined && { entriesAtMost }) };
}

/** Returns the details of new shares, by recipient. */
export const sharesFor = (
  { region, imageId }: ImageKey,
  recipients: readonly PrincipalId[],
  stamp: Stamp,
): [PrincipalId, Share][] =>
  recipients.map((recipient) => [
    recipient,
    { region, imageId, recipient, sharedAt: stamp.at, sharedBy: stamp.actor, recordId: stamp.recordId },
  ]);

/**
 * Removes the items of shares that are no longer in the recipient map, as many as fit into the transaction. The clean-up removes
 * the rest. Until then they do no harm, because share items grant no access.
 */
export function removals(image: Image, stamp: Stamp, recipients: readonly PrincipalId[], room: number): Step[] {
  const fitting = recipients.length <= room ? recipients.length : room - 1;
  const now = recipients.slice(0, fitting);
  const later = recipients.slice(fitting);
  return [
    ...now.map((recipient): Step => ({ do: 'remove-share', key: image, recipient })),
    ...(later.length > 0 ? [cleanUpStep(image, stamp, epochSeconds(stamp.at), later)] : []),
  ];
}

function cleanUpStep(image: Image, stamp: Stamp, dueAt: number, recipients: readonly PrincipalId[]): Step {
  const task: CleanUpTask = {
    kind: 'shares',
    dueAt,
    ref: stamp.recordId,
    region: image.region,
    imageId: image.imageId,
    recipients,
  };
  return { do: 'schedule-clean-up', task };
}
