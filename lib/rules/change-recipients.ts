import type { PrincipalId } from '../model/ids.ts';
import { type Image, neverExpires, type PlannedShares, type Recipients } from '../model/image.ts';
import { type ImageChange, type ImageExpectation, type Step, stepsPerPlanMax } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Acceptance } from '../model/principal.ts';
import type { ChangeRecord, RecordAction, Stamp, StopReason } from '../model/record.ts';
import { cleanUpOfShares } from './clean-up-tasks.ts';
import { countByExpiration, entriesOf, expiredEntries, liveEntries, namesOf, pick } from './recipients.ts';
import { droppedRecordOf, expiryRecordOf, recordedChange, recordOf } from './records.ts';
import { listingUpdates, removals, sharesFor } from './share-items.ts';
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
  /** A report that the same write records: the image is in the reported state when it is shared. */
  readonly report?: { readonly details: NonNullable<ImageChange['details']>; readonly record: ChangeRecord } | undefined;
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
  /** Planned recipients that were requested to be removed. */
  readonly dropped: readonly PrincipalId[];
  /** The planned shares after the change. */
  readonly planned: PlannedShares | undefined;
  /** Requested to be removed, but neither present nor planned. */
  readonly notShared: readonly PrincipalId[];
}

/** How many recipients a condition names at most: the text of an expression in DynamoDB has at most 4 KB. */
const entriesNamedMax = 50;

/**
 * Plans one change of recipients, all or nothing. Removals come first, so the limit applies to the final number. Planned
 * recipients count toward it, and are no longer planned once they are added or removed. Without changes, the plan has no steps.
 * Throws the errors of the sharing rules.
 */
export function planRecipients({ add, endsAt, remove }: RecipientsChange, facts: RecipientsFacts): RecipientsPlan {
  const { image, policy, reason, report, stamp } = facts;
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
  const planned = (image.plannedShares?.recipients ?? []).filter((recipient) => !named.includes(recipient));
  const dropped = planned.filter((recipient) => typeof remove === 'string' || remove.includes(recipient));
  const stillPlanned = planned.filter((recipient) => !dropped.includes(recipient));
  const notShared = removable.filter((recipient) => !Object.hasOwn(live, recipient) && !dropped.includes(recipient));

  const used = namesOf(live).length;
  if (named.length > 0) {
    const refusal = whyNotShared({
      policy,
      image: { ...image, ...report?.details },
      now,
      named,
      added,
      rescheduled,
      knownPrincipals: facts.knownPrincipals,
      endsAt,
      riskAcknowledged: facts.riskAcknowledged ?? false,
      used: used + planned.length,
      freed: removed.length + dropped.length,
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
  const plannedAfter =
    image.plannedShares === undefined || stillPlanned.length === 0
      ? undefined
      : { ...image.plannedShares, recipients: stillPlanned };
  const outcome = {
    ...{ live: liveAfter, added, repeated, rescheduled, previousEnds, removed },
    ...{ dropped, planned: plannedAfter, notShared },
  };
  const changed = [...added, ...rescheduled, ...removed];
  if (changed.length + dropped.length === 0) {
    return { steps: [], ...outcome };
  }

  const expired = added.length === 0 ? {} : expiredEntries(image.recipients, now);
  const expiredRemoved = namesOf(expired).filter((recipient) => !added.includes(recipient));
  const addedWithoutEntry = added.filter((recipient) => !Object.hasOwn(expired, recipient));
  const plannedChange = changeOfPlanned(image, added.length + dropped.length > 0, plannedAfter);
  // States everything that the response says about the recipients in the request, also about those that don't change. Otherwise, a
  // call could report a share that another call has just ended.
  const present = { ...expired, ...pick(image.recipients, [...repeated, ...removed, ...notShared]) };
  const absent = [...addedWithoutEntry, ...notShared.filter((recipient) => !Object.hasOwn(image.recipients, recipient))];
  const gone = [...removed, ...expiredRemoved];
  const isPermanent = (end: number | undefined) => end === neverExpires;
  const addsAndRemoves = Object.values(entries).some(isPermanent) && removed.some((recipient) => isPermanent(live[recipient]));
  const expectedRecipients: ImageExpectation =
    typeof remove === 'string' || addsAndRemoves || Object.keys(present).length + absent.length > entriesNamedMax
      ? { exactly: image.recipients }
      : {
          entries: present,
          absent,
          ...(added.length > 0 && {
            entriesAtMost: entriesAtMost(
              image.recipients,
              endsAt ?? neverExpires,
              recipientsBeforeMax(policy, {
                added: addedWithoutEntry.length + stillPlanned.length,
                removed: removed.length + expiredRemoved.length,
              }),
            ),
          }),
        };

  // The items of shares copy the state and products of the image.
  const expectListed = {
    ...(changed.length > removed.length && { state: image.state, products: image.products }),
    ...(report !== undefined && { state: image.state, products: image.products, exactly: image.recipients }),
  };
  const listedImage = { ...image, ...report?.details };
  const entriesAfter = { ...image.recipients, ...entries };
  const withoutUpdate = [...added, ...gone];
  const updated =
    report === undefined ? rescheduled : namesOf(entriesAfter).filter((recipient) => !withoutUpdate.includes(recipient));

  const records = [
    ...(report === undefined ? [] : [report.record]),
    ...expiryRecordOf(image, { policy, stamp, recipients: namesOf(expired) }),
    ...droppedRecordOf(image, { policy, stamp, recipients: dropped }),
    ...(changed.length === 0
      ? []
      : [
          recordOf(facts.action, image, {
            policy,
            stamp,
            recipients: changed,
            ...(isAddAndRemove && { added }),
            ...(rescheduled.length > 0 && { rescheduled, previousEnds }),
            ...(added.length + rescheduled.length > 0 && { endsAt: endsAt ?? neverExpires }),
            ...(reason !== undefined && { reason }),
          }),
        ]),
  ];
  const steps: Step[] = [
    ...recordedChange(
      image,
      {
        expect: {
          ...expectedRecipients,
          ...plannedChange.expect,
          ...expectListed,
        },
        change: {
          ...(report !== undefined && { details: report.details }),
          entries,
          drop: gone,
          ...plannedChange.change,
        },
      },
      records.at(-1) as ChangeRecord,
      records.slice(0, -1),
    ),
    ...sharesFor(listedImage, pick(entries, added), stamp).map((share): Step => ({ do: 'put-share', share })),
    ...listingUpdates(listedImage, pick(entriesAfter, updated), stamp),
    ...(endsAt === undefined || endsAt === neverExpires
      ? []
      : [cleanUpOfShares(image, endsAt, { ref: stamp.recordId, recipients: [...added, ...rescheduled] })]),
  ];
  return {
    steps: [...steps, ...removals(image, stamp, gone, stepsPerPlanMax - steps.length)],
    ...outcome,
  };
}

/** The part of a write that leaves these planned shares. Requires that the planned shares are unchanged. */
const changeOfPlanned = (
  { plannedShares }: Image,
  isChanged: boolean,
  after: PlannedShares | undefined,
): { readonly expect?: ImageExpectation; readonly change?: ImageChange } =>
  plannedShares === undefined || !isChanged
    ? {}
    : {
        expect: { plannedShares },
        change: { plannedShares: after ?? null },
      };

/**
 * Splits the maximum number of recipients before a change. DynamoDB can't add two sizes, so only recipients with an expiration like
 * that of the added ones can have been added by others in the meantime.
 */
function entriesAtMost(before: Recipients, endsAt: number, max: number): NonNullable<ImageExpectation['entriesAtMost']> {
  const { expiring, permanent } = countByExpiration(before);
  return endsAt === neverExpires ? { expiring, permanent: max - expiring } : { expiring: max - permanent, permanent };
}
