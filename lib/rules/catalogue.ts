import type { ErrorCode } from '../model/error.ts';
import type { RuleSlug } from '../model/rule-slug.ts';

export interface RuleText {
  readonly says: string;
  /** The documents that the rule comes from; "ours" where no cloud states it. */
  readonly source: string;
  /** What it refuses with; absent where it says what is granted, shown or kept, and refuses nothing. */
  readonly refuses?: ErrorCode;
  /** What whoever meets the refusal can do. */
  readonly remedy?: string;
}

const tencentHelp = 'Tencent Cloud, Sharing Custom Images (2020)';
const tencentFaq = 'Tencent Cloud, FAQ on sharing (2022)';
const tencentIntl = 'Tencent Cloud International, Sharing Custom Images';
const ucloudHelp = 'UCloud, Share Images';
const alibabaFaq = 'Alibaba Cloud, FAQ on shared images (2018)';
const all = [tencentHelp, tencentFaq, ucloudHelp, tencentIntl, alibabaFaq].join('; ');
const apis = 'API references of Tencent Cloud CVM and Alibaba Cloud ECS';
const ours = 'ours';

/** Every rule: what it says, its source, and what becomes of a refusal. Errors, explanations and docs/rules.md speak from it. */
export const catalogue = {
  'share.owner-only': { says: 'Only the owner shares an image.', source: alibabaFaq },
  'share.no-reshare': {
    says: 'A recipient cannot share a shared image on.',
    source: [tencentHelp, tencentFaq, tencentIntl, alibabaFaq].join('; '),
    refuses: 'NotOwner',
    remedy: "Ask the image's owner to share it",
  },
  'share.custom-only': {
    says: 'Only a custom image that is available can be shared.',
    source: [tencentHelp, tencentIntl].join('; '),
    refuses: 'ImageNotShareable',
    remedy: 'Share a custom image that is available',
  },
  'share.cap': {
    says: 'At most so many recipients hold an image at one time as the policy says.',
    source: [tencentHelp, tencentFaq, ucloudHelp, tencentIntl].join('; '),
    refuses: 'ShareCapExceeded',
    remedy: 'Cancel shares first, or copy the image and share the copy, which has a cap of its own',
  },
  'share.atomic': {
    says: 'A call that names several recipients does all of it or nothing; a recipient named twice counts once.',
    source: ours,
  },
  'share.same-region': { says: "A share is visible and usable in the image's region only.", source: all },
  'share.recipient-exists': {
    says: "A recipient must be a known, open holder of the kind that the region's policy names.",
    source: [tencentHelp, ucloudHelp, tencentIntl].join('; '),
    refuses: 'RecipientNotFound',
    remedy: 'Ask the recipient for its id',
  },
  'share.not-self': {
    says: 'An owner cannot share an image with itself.',
    source: apis,
    refuses: 'RecipientIsOwner',
    remedy: 'Leave the owner out of the recipients',
  },
  'share.repeat': {
    says: 'Sharing again with a present recipient succeeds, counts once and keeps the first time.',
    source: ours,
  },
  'share.acknowledge': {
    says: 'Whoever shares confirms, or is told, that the image must hold no sensitive data.',
    source: [tencentFaq, ucloudHelp, alibabaFaq].join('; '),
    refuses: 'RiskNotAcknowledged',
    remedy: 'Confirm it with "acknowledgeRisk": true',
  },
  'share.lightweight': {
    says: "An image of the lightweight product is shared only where the region's policy allows it.",
    source: [tencentIntl, apis, ucloudHelp].join('; '),
    refuses: 'ImageNotShareable',
    remedy: 'Share an image of the standard product',
  },
  'share.data-disks': {
    says: 'Whether an image with data-disk snapshots may be shared, whole or as its system disk alone, is set by policy.',
    source: [apis, ucloudHelp].join('; '),
    refuses: 'ImageNotShareable',
    remedy: 'Share an image of the system disk alone',
  },
  'share.encrypted': {
    says: 'Whether an encrypted image may be shared depends on who holds its key, by policy.',
    source: apis,
    refuses: 'ImageNotShareable',
    remedy: 'Share an image that is not encrypted in this way',
  },
  'share.expiry': {
    says: 'From its end time on a share grants nothing and counts no longer.',
    source: ours,
    refuses: 'InvalidRequest',
    remedy: 'State a later end time, or none',
  },
  'share.cross-product': {
    says: 'Where lightweight images may be shared, the owner may make an image usable in both products, and servers of both are made from it.',
    source: tencentIntl,
    refuses: 'ImageNotUsable',
    remedy: 'Use a product that the image is for, or ask the owner to make it usable in the other',
  },
  'received.visible': {
    says: 'Only the owner and present recipients see an image.',
    source: [tencentHelp, tencentIntl, ucloudHelp].join('; '),
    refuses: 'ImageNotFound',
    remedy: "Ask the image's owner to share it",
  },
  'received.use': {
    says: 'A recipient may create servers from the image and reinstall them with it, in the same region.',
    source: [tencentFaq, tencentIntl, alibabaFaq].join('; '),
    refuses: 'ImageNotUsable',
    remedy: 'Wait until the image is available, or use another one',
  },
  'received.read-only': {
    says: 'A recipient cannot change name, description or labels.',
    source: [tencentHelp, tencentFaq, tencentIntl].join('; '),
    refuses: 'NotOwner',
    remedy: "Ask the image's owner to do it",
  },
  'received.no-delete': {
    says: 'A recipient cannot delete a shared image.',
    source: [tencentHelp, tencentFaq, tencentIntl].join('; '),
    refuses: 'NotOwner',
    remedy: "Ask the image's owner to do it",
  },
  'received.no-copy': {
    says: 'A recipient cannot copy a shared image to another region.',
    source: [tencentFaq, ucloudHelp].join('; '),
    refuses: 'NotOwner',
    remedy: "Ask the image's owner to do it",
  },
  'received.save': {
    says: 'Where allowed, a recipient may save a shared image as its own in the same region.',
    source: [apis, ucloudHelp].join('; '),
    refuses: 'ImageNotUsable',
    remedy: 'Save an image that is shared with you, where the region lets recipients do so',
  },
  'received.derive': {
    says: 'A recipient may make an image of a server that it made from a shared image; that image is its own.',
    source: [tencentFaq, alibabaFaq].join('; '),
  },
  'received.no-quota': {
    says: "A received image does not count toward the recipient's quota.",
    source: [tencentHelp, tencentFaq, tencentIntl, alibabaFaq].join('; '),
  },
  'received.leave': {
    says: 'Where the policy allows, a recipient may give a share up by itself.',
    source: `${ours}; ${ucloudHelp}`,
    refuses: 'NotOwner',
    remedy: "Ask the image's owner to cancel the share",
  },
  'received.trust': { says: 'Every listing of shared images carries the warning about images of others.', source: all },
  'received.privacy': {
    says: 'A recipient sees that an image is shared with it, never with whom else nor with how many.',
    source: ours,
    refuses: 'NotOwner',
    remedy: "Ask the image's owner",
  },
  'owner.lists-recipients': {
    says: 'The owner sees every recipient, since when, until when, by whom, and when it last made a server from the image.',
    source: alibabaFaq,
  },
  'owner.still-uses': {
    says: 'The owner goes on using its shared image.',
    source: [tencentFaq, alibabaFaq].join('; '),
    refuses: 'ImageNotUsable',
    remedy: 'Wait until the image is available, or use another one',
  },
  'owner.cancels': {
    says: 'Only the owner ends shares, or a recipient its own where the policy allows.',
    source: [tencentHelp, ucloudHelp].join('; '),
    refuses: 'NotOwner',
    remedy: "Ask the image's owner to do it",
  },
  'owner.sets-list': {
    says: 'The owner may state the exact list of recipients.',
    source: ours,
    refuses: 'NotOwner',
    remedy: "Ask the image's owner to do it",
  },
  'owner.copies': {
    says: 'The owner copies its image; the copy starts with no shares.',
    source: [tencentHelp, tencentFaq, ucloudHelp, tencentIntl].join('; '),
    refuses: 'ImageNotUsable',
    remedy: 'Wait until the image is available, or copy another one',
  },
  'owner.pays': {
    says: "The image stays the owner's property and is metered to it; sharing costs nothing extra.",
    source: ucloudHelp,
  },
  'owner.deprecates': {
    says: 'The owner may deprecate its image, by policy not while it is shared; shares stay and no new ones are made.',
    source: apis,
    refuses: 'ImageShared',
    remedy: 'Cancel its shares first',
  },
  'cancel.immediate': { says: 'The first request after the answer to a cancel is refused.', source: alibabaFaq },
  'cancel.instances-live': {
    says: 'Servers made before go on, but cannot be re-initialised from the image.',
    source: alibabaFaq,
    refuses: 'ImageNotUsable',
    remedy: "Use another image, or ask the image's owner to share it again",
  },
  'cancel.unknown': { says: 'Cancelling a share that is not there changes nothing and succeeds.', source: ours },
  'delete.owner-only': { says: 'Only the owner deletes an image.', source: tencentHelp },
  'delete.guard': {
    says: 'An image with a live share cannot be deleted; the refusal lists who holds it.',
    source: [tencentHelp, tencentFaq, tencentIntl, alibabaFaq].join('; '),
    refuses: 'ImageShared',
    remedy: 'Cancel its shares first',
  },
  'delete.withdraw': { says: 'Deleting a shared image takes it from its recipients at once.', source: ucloudHelp },
  'delete.orphans': { says: 'What is left of shares that grant nothing any more is cleaned up on a schedule.', source: ours },
  'delete.instances-live': {
    says: 'Servers of a deleted image go on, but cannot be re-initialised from it.',
    source: alibabaFaq,
    refuses: 'ImageNotUsable',
    remedy: 'Use another image',
  },
  'change.dry-run': { says: 'Whether a change would succeed can be asked without making it.', source: ours },
  'account.ids-visible': {
    says: 'Every holder can read its own ids.',
    source: [tencentHelp, ucloudHelp, tencentIntl].join('; '),
  },
  'account.close': {
    says: 'A holder that still owns something cannot be closed, and a closed id is never opened again.',
    source: ours,
    refuses: 'AccountInUse',
    remedy: 'Delete its images, terminate its instances and close its projects first',
  },
  'quota.images': {
    says: 'Own images per holder and region are limited by policy.',
    source: [tencentHelp, tencentIntl].join('; '),
    refuses: 'ImageQuotaExceeded',
    remedy: 'Delete an image first',
  },
  'usage.metering': {
    says: 'GiB-hours of own images can be read for a period; a share adds nothing to the recipient, a saved image does.',
    source: ucloudHelp,
  },
  'explain.decision': { says: 'Whoever is entitled to a decision can ask why.', source: ours },
  'audit.record': { says: 'Every change to a share or an image leaves a record.', source: ours },
} as const satisfies Readonly<Record<RuleSlug, RuleText>>;

/** The rules that can refuse. */
export type RefusingRule = {
  [Slug in RuleSlug]: (typeof catalogue)[Slug] extends { readonly refuses: ErrorCode } ? Slug : never;
}[RuleSlug];

/** A rule as the catalogue has it, whatever it is. */
export const ruleOf = (slug: RuleSlug): RuleText => catalogue[slug];
