import { invalidField } from '../model/error.ts';
import type { ImageKey, PrincipalId } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Account, Project } from '../model/principal.ts';
import type { RecordAction, Stamp } from '../model/record.ts';
import type { SharesView } from '../model/views.ts';
import { planRecipients, type RecipientsPlan, sharesBy } from './change-recipients.ts';
import { riskNoticeFor } from './notices.ts';
import { openPrincipals, principalsNamed } from './principals.ts';
import { endOf } from './recipients.ts';
import { sharesView, shareViews } from './views.ts';
import { type OwnersAct, requireOwned } from './visibility.ts';

/** A call that names who is to hold an image: some beside those who do, some for others, or exactly these. */
interface Sharing {
  readonly action: Extract<RecordAction, 'ShareImage' | 'SetImageShares' | 'ChangeImageShares'>;
  readonly key: ImageKey;
  readonly recipients: readonly PrincipalId[];
  /** Whose shares end: those named, or everybody's whom `recipients` does not name. */
  readonly remove?: readonly PrincipalId[] | 'others';
  readonly acknowledgeRisk: boolean;
  readonly expiresAt?: Date | null | undefined;
}

interface SharingFacts {
  readonly image: Image | undefined;
  /** The caller. */
  readonly principal: PrincipalId;
  /** Accounts and projects among those named. */
  readonly accounts: ReadonlyMap<PrincipalId, Account>;
  readonly projects: ReadonlyMap<PrincipalId, Project>;
  /** Details of the shares that those named have. */
  readonly shares: ReadonlyMap<PrincipalId, Share>;
}

/**
 * Plans the call of an owner that shares its image, and answers with the shares of those named, in their order. Refuses
 * with ImageNotFound, NotOwner and as the sharing rules do. Rules `share.*`, `owner.sets-list`.
 */
export function planSharing(
  { action, key, recipients, remove = [], acknowledgeRisk, expiresAt }: Sharing,
  facts: SharingFacts,
  { policy, stamp }: { policy: Policy; stamp: Stamp },
): Plan<{ view: SharesView } & Pick<RecipientsPlan, 'added' | 'rescheduled' | 'removed' | 'notShared'>> {
  const image = requireOwned(actOf(recipients, remove), key, facts.image, facts.principal, stamp.at);
  const { steps, live, added, rescheduled, removed, notShared } = planRecipients(
    { add: recipients, remove, endsAt: endOf(expiresAt) },
    { action, image, policy, knownPrincipals: openPrincipals(facts, policy), riskAcknowledged: acknowledgeRisk, stamp },
  );
  const details = new Map([...facts.shares, ...sharesBy(image, added, stamp)]);
  const shares = shareViews(live, [...new Set(recipients)], details);
  const notice = action !== 'ShareImage' && added.length === 0 ? {} : riskNoticeFor(policy);
  const view = { ...sharesView(image, live, shares, policy), ...notice };
  return { steps, result: { view, added, rescheduled, removed, notShared } };
}

/** What whoever is not the owner is told that only the owner does. */
const actOf = (recipients: readonly PrincipalId[], remove: readonly PrincipalId[] | 'others'): OwnersAct =>
  remove === 'others' ? 'set-list' : recipients.length > 0 ? 'share' : 'cancel';

/** A change has to name somebody, and nobody twice. Refuses with InvalidRequest. */
export function requireClearChange(add: readonly PrincipalId[], remove: readonly PrincipalId[]): void {
  if (add.length + remove.length === 0) {
    throw invalidField('add', 'specify at least one recipient in "add" or "remove"');
  }
  const both = add.find((recipient) => remove.includes(recipient));
  if (both !== undefined) {
    throw invalidField('remove', `${both} is in both "add" and "remove"`);
  }
}

/** What has to be read of those whom such a call names. */
export const sharingWith = (recipients: readonly PrincipalId[], policy: Policy) => ({
  shares: recipients,
  ...principalsNamed(recipients, policy),
});
