import type { Account, Project } from '../model/holder.ts';
import type { HolderId, ImageKey } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { RecordAction, Stamp } from '../model/record.ts';
import type { SharesView } from '../model/views.ts';
import { planRecipients, sharesBy } from './change-recipients.ts';
import { holdersNamed, openHolders } from './holders.ts';
import { riskNoticeFor } from './notices.ts';
import { endOf } from './recipients.ts';
import { sharesView, shareViews } from './views.ts';
import { requireOwned } from './visibility.ts';

/** A call that names who is to hold an image: some beside those who do, or exactly these. */
interface Sharing {
  readonly action: Extract<RecordAction, 'ShareImage' | 'SetImageShares'>;
  readonly key: ImageKey;
  readonly recipients: readonly HolderId[];
  readonly acknowledgeRisk: boolean;
  readonly expiresAt?: Date | null | undefined;
}

interface SharingFacts {
  readonly image: Image | undefined;
  /** The caller. */
  readonly holder: HolderId;
  /** Accounts and projects among those named. */
  readonly accounts: ReadonlyMap<HolderId, Account>;
  readonly projects: ReadonlyMap<HolderId, Project>;
  /** Details of the shares that those named have. */
  readonly shares: ReadonlyMap<HolderId, Share>;
}

/**
 * Plans the call of an owner that shares its image, and answers with the shares of those named, in their order. Refuses
 * with ImageNotFound, NotOwner and as the sharing rules do. Rules `share.*`, `owner.sets-list`.
 */
export function planSharing(
  { action, key, recipients, acknowledgeRisk, expiresAt }: Sharing,
  facts: SharingFacts,
  { policy, stamp }: { policy: Policy; stamp: Stamp },
): Plan<{ view: SharesView; added: readonly HolderId[]; removed: readonly HolderId[] }> {
  const isExactList = action === 'SetImageShares';
  const image = requireOwned(isExactList ? 'set-list' : 'share', key, facts.image, facts.holder, stamp.at);
  const { steps, live, added, removed } = planRecipients(
    { add: recipients, remove: isExactList ? 'others' : [], endsAt: endOf(expiresAt) },
    { action, image, policy, knownHolders: openHolders(facts, policy), riskAcknowledged: acknowledgeRisk, stamp },
  );
  const details = new Map([...facts.shares, ...sharesBy(image, added, stamp)]);
  const shares = shareViews(live, [...new Set(recipients)], details);
  const notice = isExactList && added.length === 0 ? {} : riskNoticeFor(policy);
  return { steps, answer: { view: { ...sharesView(image, live, shares, policy), ...notice }, added, removed } };
}

/** What has to be read of those whom such a call names. */
export const sharingWith = (recipients: readonly HolderId[], policy: Policy) => ({
  shares: recipients,
  ...holdersNamed(recipients, policy),
});
