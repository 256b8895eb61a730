import type { ImageKey, PrincipalId } from '../model/ids.ts';
import type { Image, Recipients, Share } from '../model/image.ts';
import { type ImageExpectation, type Step, stepsPerPlanMax } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { CleanUpTask, RecordAction, Stamp } from '../model/record.ts';
import { entriesOf, epochSeconds, expiredEntries, liveEntries, namesOf, noEnd, only } from './recipients.ts';
import { expiryRecordOf, recordedChange, recordOf } from './records.ts';
import { recipientsBeforeMax, whyNotShared } from './sharing-rules.ts';

/** What a call asks for. Sharing, cancelling, leaving and setting the list are special cases of it. */
export interface RecipientsChange {
  readonly add: readonly PrincipalId[];
  /** End of the shares of all that `add` names, in epoch seconds, 0 for none. Absent: existing shares keep theirs. */
  readonly endsAt?: number | undefined;
  /** `others` removes everyone whom `add` does not name, which states the exact list. */
  readonly remove: readonly PrincipalId[] | 'all' | 'others';
}

export interface RecipientsFacts {
  /** Names the change in its record. */
  readonly action: RecordAction;
  readonly image: Image;
  readonly policy: Policy;
  readonly knownPrincipals: ReadonlySet<PrincipalId>;
  readonly riskAcknowledged?: boolean;
  readonly stamp: Stamp;
}

/** What comes of it, once the steps are committed. */
export interface RecipientsPlan {
  readonly steps: readonly Step[];
  /** Who holds the image afterwards. */
  readonly live: Recipients;
  readonly added: readonly PrincipalId[];
  /** Named to be added, and present already. */
  readonly repeated: readonly PrincipalId[];
  /** Those of them whose share got another end. */
  readonly rescheduled: readonly PrincipalId[];
  readonly removed: readonly PrincipalId[];
  /** Named to be removed, and not there. */
  readonly notShared: readonly PrincipalId[];
}

/**
 * Plans one change of who holds an image: removals first, so that the cap binds what is left after the call. All of it
 * happens or nothing. Where nothing changes the plan has no steps. Refuses as the sharing rules do.
 */
export function planRecipients({ add, endsAt, remove }: RecipientsChange, facts: RecipientsFacts): RecipientsPlan {
  const { image, policy, stamp } = facts;
  const now = stamp.at;
  const live = liveEntries(image.recipients, now);
  const named = [...new Set(add)];
  const added = named.filter((recipient) => !Object.hasOwn(live, recipient));
  const repeated = named.filter((recipient) => Object.hasOwn(live, recipient));
  const rescheduled = endsAt === undefined ? [] : repeated.filter((recipient) => live[recipient] !== endsAt);
  // Its record also tells who was added: the others may have been removed.
  const isAddAndRemove = remove === 'others' || facts.action === 'ChangeImageShares';

  const unwanted = typeof remove === 'string' ? namesOf(live) : [...new Set(remove)];
  const leaving = unwanted.filter((recipient) => !named.includes(recipient));
  const removed = leaving.filter((recipient) => Object.hasOwn(live, recipient));
  const notShared = leaving.filter((recipient) => !Object.hasOwn(live, recipient));

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
    ...added.map((recipient) => [recipient, endsAt ?? noEnd]),
    ...rescheduled.map((recipient) => [recipient, endsAt ?? noEnd]),
  ]);
  const after = Object.fromEntries([
    ...entriesOf(live).filter(([recipient]) => !removed.includes(recipient)),
    ...entriesOf(entries),
  ]);
  const outcome = { live: after, added, repeated, rescheduled, removed, notShared };
  if (added.length + rescheduled.length + removed.length === 0) {
    return { steps: [], ...outcome };
  }

  const expired = added.length === 0 ? {} : expiredEntries(image.recipients, now);
  const expiredRemoved = namesOf(expired).filter((recipient) => !added.includes(recipient));
  const addedWithoutEntry = added.filter((recipient) => !Object.hasOwn(expired, recipient));
  const expect: ImageExpectation =
    remove === 'others' || remove === 'all'
      ? { exactly: image.recipients, ...(added.length > 0 && { state: image.state }) }
      : {
          entries: { ...expired, ...only(live, rescheduled), ...only(live, removed) },
          absent: addedWithoutEntry,
          ...(added.length > 0 && {
            state: image.state,
            entriesAtMost: recipientsBeforeMax(policy, {
              added: addedWithoutEntry.length,
              removed: removed.length + expiredRemoved.length,
            }),
          }),
        };

  const steps: Step[] = [
    ...recordedChange(
      image,
      { expect, change: { entries, drop: [...removed, ...expiredRemoved] } },
      recordOf(facts.action, image, {
        policy,
        stamp,
        recipients: [...added, ...rescheduled, ...removed],
        ...(isAddAndRemove && { added }),
        ...(rescheduled.length > 0 && { rescheduled }),
      }),
      expiryRecordOf(image, { policy, stamp, recipients: namesOf(expired) }),
    ),
    ...sharesBy(image, added, stamp).map(([, share]): Step => ({ do: 'put-share', share })),
    ...(endsAt === undefined || endsAt === noEnd ? [] : [scheduled(image, stamp, endsAt, [...added, ...rescheduled])]),
  ];
  return {
    steps: [...steps, ...removals(image, stamp, [...removed, ...expiredRemoved], stepsPerPlanMax - steps.length)],
    ...outcome,
  };
}

/** The details of the shares that a change gives, by recipient. */
export const sharesBy = (
  { region, imageId }: ImageKey,
  recipients: readonly PrincipalId[],
  stamp: Stamp,
): [PrincipalId, Share][] =>
  recipients.map((recipient) => [
    recipient,
    { region, imageId, recipient, sharedAt: stamp.at, sharedBy: stamp.actor, recordId: stamp.recordId },
  ]);

/**
 * Removes the items of shares that the map no longer has: as many as the transaction has room for. The others grant nothing
 * either; a clean-up task removes them.
 */
export function removals(image: Image, stamp: Stamp, recipients: readonly PrincipalId[], room: number): Step[] {
  const fits = recipients.length <= room ? recipients.length : room - 1;
  const now = recipients.slice(0, fits);
  const later = recipients.slice(fits);
  return [
    ...now.map((recipient): Step => ({ do: 'remove-share', key: image, recipient })),
    ...(later.length > 0 ? [scheduled(image, stamp, epochSeconds(stamp.at), later)] : []),
  ];
}

function scheduled(image: Image, stamp: Stamp, dueAt: number, recipients: readonly PrincipalId[]): Step {
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
