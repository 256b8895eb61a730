import { type ErrorCode, invalidField } from '../model/error.ts';
import type { ImageKey, PrincipalId } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Account, Project } from '../model/principal.ts';
import type { RecordAction, Stamp } from '../model/record.ts';
import type { SharesView } from '../model/views/share.ts';
import { planRecipients, type RecipientsPlan } from './change-recipients.ts';
import { openPrincipals, principalKeys } from './principals.ts';
import { endOf, expirationsOf, pick } from './recipients.ts';
import { riskNoticeFor } from './security-notices.ts';
import { sharesFor } from './share-items.ts';
import { sharesView, shareViews } from './views.ts';
import { type OwnerOnlyOperation, requireOwned } from './visibility.ts';

/** The error codes of requests of owners to share, in addition to those that every call can have. */
export const sharingRefusals: readonly ErrorCode[] = [
  'ImageNotFound',
  'NotOwner',
  'ImageNotShareable',
  'RecipientNotFound',
  'RecipientIsOwner',
  'RecipientDoesNotAccept',
  'ShareCapExceeded',
  'RiskNotAcknowledged',
];

/** A request to add recipients, to add and remove some, or to replace the complete list. */
interface Sharing {
  readonly action: Extract<RecordAction, 'ShareImage' | 'SetImageShares' | 'ChangeImageShares'>;
  readonly key: ImageKey;
  readonly recipients: readonly PrincipalId[];
  /** The recipients to remove: a list, or all that are not in `recipients`. */
  readonly remove?: readonly PrincipalId[] | 'others';
  readonly acknowledgeRisk: boolean;
  readonly expiresAt?: Date | null | undefined;
}

interface SharingFacts {
  readonly image: Image | undefined;
  /** The caller. */
  readonly principal: PrincipalId;
  /** Accounts and projects among the requested recipients. */
  readonly accounts: ReadonlyMap<PrincipalId, Account>;
  readonly projects: ReadonlyMap<PrincipalId, Project>;
  /** Details of the existing shares with the requested recipients. */
  readonly shares: ReadonlyMap<PrincipalId, Share>;
}

/** What a change of recipients changed. */
interface Changed extends Pick<RecipientsPlan, 'added' | 'rescheduled' | 'removed' | 'notShared'> {
  /** Of the rescheduled ones, if there are any. */
  readonly previousExpirations?: Record<PrincipalId, string | null>;
}

/**
 * Plans an owner's change of recipients. The result has the shares of the requested recipients, in request order. Throws
 * ImageNotFound, NotOwner, and the errors of the sharing rules. Rules `share.*`, `owner.sets-list`.
 */
export function planSharing(
  { action, key, recipients, remove = [], acknowledgeRisk, expiresAt }: Sharing,
  facts: SharingFacts,
  { policy, stamp }: { policy: Policy; stamp: Stamp },
): Plan<{ view: SharesView } & Changed> {
  const image = requireOwned(operationOf(recipients, remove), key, facts.image, facts.principal, stamp.at);
  const { steps, live, planned, added, rescheduled, previousEnds, removed, dropped, notShared } = planRecipients(
    { add: recipients, remove, endsAt: endOf(expiresAt) },
    { action, image, policy, knownPrincipals: openPrincipals(facts, policy), riskAcknowledged: acknowledgeRisk, stamp },
  );
  const addedShares = sharesFor(image, pick(live, added), stamp).map((share) => [share.recipient, share] as const);
  const details = new Map([...facts.shares, ...addedShares]);
  const shares = shareViews(live, [...new Set(recipients)], details);
  const notice = action !== 'ShareImage' && added.length === 0 ? {} : riskNoticeFor(policy);
  const view = { ...sharesView(image, { live, planned }, shares, policy), ...notice };
  const previous = rescheduled.length > 0 && { previousExpirations: expirationsOf(previousEnds) };
  return { steps, result: { view, added, rescheduled, ...previous, removed: [...removed, ...dropped], notShared } };
}

/** The owner-only operation that the request is, which selects the error for other callers. */
const operationOf = (recipients: readonly PrincipalId[], remove: readonly PrincipalId[] | 'others'): OwnerOnlyOperation =>
  remove === 'others' ? 'set-list' : recipients.length > 0 ? 'share' : 'cancel';

/** Throws InvalidRequest if the request names no recipient, or adds and removes the same one. */
export function requireClearChange(add: readonly PrincipalId[], remove: readonly PrincipalId[]): void {
  if (add.length + remove.length === 0) {
    throw invalidField('add', 'specify at least one recipient in "add" or "remove"');
  }
  const both = add.find((recipient) => remove.includes(recipient));
  if (both !== undefined) {
    throw invalidField('remove', `${both} is in both "add" and "remove"`);
  }
}

/** What to read about the requested recipients. */
export const sharingWith = (recipients: readonly PrincipalId[], policy: Policy) => ({
  shares: recipients,
  ...principalKeys(recipients, policy),
});
