import type { ErrorCode } from '../model/error.ts';
import { addressBookEntriesMax, copyJobDays } from '../model/limits.ts';
import type { RuleSlug } from '../model/rule-slug.ts';
import {
  alibabaFaq,
  allSources,
  apiReferences,
  ours,
  type Source,
  tencentFaq,
  tencentHelp,
  tencentIntl,
  ucloudHelp,
} from './rule-sources.ts';

export interface RuleText {
  readonly says: string;
  /** The documents that the rule comes from. */
  readonly sources: readonly Source[];
  /** Every error code that the rule can produce, the most common first. Absent if the rule refuses nothing. */
  readonly refuses?: readonly [ErrorCode, ...ErrorCode[]];
  /** What the caller can do after an error, without the period. */
  readonly remedy?: string;
  /** The same for an image owner who checks the access of others. Absent: `remedy`. */
  readonly ownersRemedy?: string;
}

/** All rules, with their texts, sources, and errors. Errors, access checks, and docs/rules.md take their texts from here. */
export const catalog = {
  'share.owner-only': { says: 'Only the owner can share an image.', sources: [alibabaFaq] },
  'share.no-reshare': {
    says: "Recipients can't reshare a shared image.",
    sources: [tencentHelp, tencentFaq, tencentIntl, alibabaFaq],
    refuses: ['NotOwner'],
    remedy: 'Ask the image owner to share it',
    ownersRemedy: 'Share the image with others yourself',
  },
  'share.custom-only': {
    says: "Only custom images in the Available state can be shared. If the region's policy allows it, images that are still being made can be shared too: recipients can use them once they are available, and the shares are removed if the image fails.",
    sources: [tencentHelp, tencentIntl],
    refuses: ['ImageNotShareable'],
    remedy: 'Choose a custom image that is available. If the image is deprecated, cancel its deprecation first',
  },
  'share.cap': {
    says: "Each image can be shared with a limited number of recipients, set by the region's policy.",
    sources: [tencentHelp, tencentFaq, ucloudHelp, tencentIntl],
    refuses: ['ShareCapExceeded'],
    remedy: 'Stop sharing with other recipients, or copy the image and share the copy',
  },
  'share.atomic': {
    says: 'A request with several recipients succeeds or fails as a whole. Duplicate recipients count once.',
    sources: [ours],
  },
  'share.same-region': { says: 'Recipients can see and use a shared image only in its region.', sources: allSources },
  'share.recipient-exists': {
    says: "Recipients must be active accounts (or projects, if the region's policy says so).",
    sources: [tencentHelp, ucloudHelp, tencentIntl],
    refuses: ['RecipientNotFound'],
    remedy: 'Check the ID with the recipient',
  },
  'share.recipient-accepts': {
    says: 'Recipients decide who can share images with them: anyone, or only owners that they trust, but never owners that they block. Existing shares stay.',
    sources: [ours],
    refuses: ['RecipientDoesNotAccept'],
    remedy: 'Ask the recipient to accept images from you',
  },
  'share.not-self': {
    says: "Owners can't share an image with themselves.",
    sources: apiReferences,
    refuses: ['RecipientIsOwner'],
    remedy: 'Remove the owner from the recipients',
  },
  'share.repeat': {
    says: 'Sharing again with an existing recipient succeeds, counts once, and keeps the original share time.',
    sources: [ours],
  },
  'share.acknowledge': {
    says: 'Before sharing, owners are warned (or must confirm) that the image must not contain sensitive data.',
    sources: [tencentFaq, ucloudHelp, alibabaFaq],
    refuses: ['RiskNotAcknowledged'],
    remedy: 'Confirm that the image contains no sensitive data ("acknowledgeRisk": true)',
  },
  'share.lightweight': {
    says: "Lightweight images can be shared only if the region's policy allows it.",
    sources: [tencentIntl, ...apiReferences, ucloudHelp],
    refuses: ['ImageNotShareable'],
    remedy: 'Share an image of the standard product instead',
  },
  'share.data-disks': {
    says: "The region's policy determines whether images with data disk snapshots can be shared in full, as the system disk only, or not at all.",
    sources: [...apiReferences, ucloudHelp],
    refuses: ['ImageNotShareable'],
    remedy: 'Share an image that contains only the system disk',
  },
  'share.encrypted': {
    says: "The region's policy determines whether encrypted images can be shared, based on who manages the key.",
    sources: apiReferences,
    refuses: ['ImageNotShareable'],
    remedy: 'Share an image with a supported encryption type',
  },
  'share.expiry': {
    says: 'When a share expires, it no longer grants access or counts toward the limit.',
    sources: [ours],
    refuses: ['InvalidRequest'],
    remedy: 'Enter a time in the future, or no expiration',
  },
  'share.cross-product': {
    says: 'Where Lightweight images can be shared, owners can make an image compatible with both products.',
    sources: [tencentIntl],
    refuses: ['ImageNotUsable'],
    remedy: 'Choose a compatible product, or ask the owner to add this product',
    ownersRemedy: 'Choose a compatible product, or add this product to the image',
  },
  'received.visible': {
    says: 'Only the owner and current recipients can see an image.',
    sources: [tencentHelp, tencentIntl, ucloudHelp],
    refuses: ['ImageNotFound'],
    remedy: 'Ask the image owner to share it',
    ownersRemedy: 'Share the image first',
  },
  'received.use': {
    says: 'Recipients can launch and reinstall instances from the image in the same region.',
    sources: [tencentFaq, tencentIntl, alibabaFaq],
    refuses: ['ImageNotUsable'],
    remedy: 'Wait if the image is still being imported or copied. Otherwise, use a different image',
  },
  'received.read-only': {
    says: "Recipients see the name, description, and tags, but can't change them.",
    sources: [tencentHelp, tencentFaq, tencentIntl],
    refuses: ['NotOwner'],
    remedy: 'Contact the image owner',
  },
  'received.no-delete': {
    says: "Recipients can't delete a shared image.",
    sources: [tencentHelp, tencentFaq, tencentIntl],
    refuses: ['NotOwner'],
    remedy: 'Contact the image owner',
    ownersRemedy: 'Delete the image yourself',
  },
  'received.no-copy': {
    says: "Recipients can't copy a shared image to another region.",
    sources: [tencentFaq, ucloudHelp],
    refuses: ['NotOwner'],
    remedy: 'Contact the image owner',
    ownersRemedy: 'Copy the image yourself',
  },
  'received.save': {
    says: 'Where the policy allows, recipients can save a shared image as a custom image in the same region.',
    sources: [...apiReferences, ucloudHelp],
    refuses: ['ImageNotUsable'],
    remedy: 'Choose an image that is shared with you, in a region that supports saving',
  },
  'received.derive': {
    says: 'Recipients own the images that they create from instances launched from a shared image.',
    sources: [tencentFaq, alibabaFaq],
  },
  'received.no-quota': {
    says: "Shared images don't count toward the recipient's image quota.",
    sources: [tencentHelp, tencentFaq, tencentIntl, alibabaFaq],
  },
  'received.leave': {
    says: 'Where the policy allows, recipients can leave a shared image, or all images of an owner at once.',
    sources: [ours, ucloudHelp],
    refuses: ['NotOwner'],
    remedy: 'Ask the image owner to stop sharing',
  },
  'received.trust': { says: 'Lists of shared images include a security notice.', sources: allSources },
  'received.privacy': {
    says: "Recipients can't see other recipients, or how many there are.",
    sources: [ours],
    refuses: ['NotOwner', 'Forbidden'],
    remedy: 'Contact the image owner',
  },
  'owner.lists-recipients': {
    says: 'Owners can see all recipients, when each share starts and expires, who shared it, and when the recipient last used it.',
    sources: [alibabaFaq],
  },
  'owner.lists-shares': {
    says: 'Owners can list the shares of all their images, in one region or all, and see which images each recipient can use.',
    sources: [ours],
  },
  'owner.still-uses': {
    says: 'Owners can continue to use an image that they share.',
    sources: [tencentFaq, alibabaFaq],
    refuses: ['ImageNotUsable'],
    remedy: 'Wait if the image is still being imported or copied. Otherwise, use a different image',
  },
  'owner.cancels': {
    says: 'Only the owner can stop sharing. Where the policy allows, recipients can leave.',
    sources: [tencentHelp, ucloudHelp],
    refuses: ['NotOwner'],
    remedy: 'Contact the image owner',
  },
  'owner.stops-recipient': {
    says: 'Owners can stop sharing all their images with one recipient in one call, even if the recipient is closed or unknown.',
    sources: [ours],
  },
  'owner.sets-list': {
    says: 'Owners can replace the complete list of recipients.',
    sources: [ours],
    refuses: ['NotOwner'],
    remedy: 'Contact the image owner',
  },
  'owner.copies': {
    says: "Only owners can copy an image. Copies aren't shared.",
    sources: [tencentHelp, tencentFaq, ucloudHelp, tencentIntl],
    refuses: ['ImageNotUsable', 'InvalidRequest', 'ProjectNotFound'],
    remedy: 'Wait if the image is still being imported or copied. Otherwise, copy a different image',
  },
  'owner.copies-and-shares': {
    says: 'Owners can copy an image to several regions and share the copies with the same recipients in one job. Each copy is shared as soon as its state allows it, with the recipients that all sharing rules still accept. Only the owner can see the job.',
    sources: [ours],
    refuses: ['CopyJobNotFound'],
    remedy: `Check the ID and the region of the job. Jobs are stored for ${copyJobDays} days`,
  },
  'owner.pays': {
    says: 'Owners keep ownership and pay for the image. Sharing has no additional charge.',
    sources: [ucloudHelp],
  },
  'owner.deprecates': {
    says: "Owners can deprecate an image (in some regions, only if it isn't shared). Existing recipients keep access; new recipients can't be added.",
    sources: apiReferences,
    refuses: ['ImageShared', 'ImageNotUsable'],
    remedy: 'Stop sharing the image first',
  },
  'cancel.immediate': { says: 'Access ends immediately when sharing stops.', sources: [alibabaFaq] },
  'cancel.instances-live': {
    says: "Existing instances keep running, but can't be reinitialized from the image.",
    sources: [alibabaFaq],
    refuses: ['ImageNotUsable'],
    remedy: 'Reinstall the OS from a different image, or ask the owner to share this one again',
  },
  'cancel.unknown': { says: "Stopping a share that doesn't exist succeeds and has no effect.", sources: [ours] },
  'delete.owner-only': { says: 'Only the owner can delete an image.', sources: [tencentHelp] },
  'delete.guard': {
    says: "An image can't be deleted while it's shared. The error lists the recipients.",
    sources: [tencentHelp, tencentFaq, tencentIntl, alibabaFaq],
    refuses: ['ImageShared'],
    remedy: 'Stop sharing the image first',
  },
  'delete.withdraw': { says: "Deleting a shared image immediately removes recipients' access.", sources: [ucloudHelp] },
  'delete.orphans': { says: 'Expired and orphaned shares are cleaned up on a schedule.', sources: [ours] },
  'delete.instances-live': {
    says: "Instances of a deleted image keep running, but can't be reinitialized from it.",
    sources: [alibabaFaq],
    refuses: ['ImageNotUsable'],
    remedy: 'Reinstall the OS from a different image',
  },
  'change.dry-run': { says: 'You can test whether a change would succeed without making it.', sources: [ours] },
  'account.ids-visible': {
    says: 'Accounts and projects can view their own IDs.',
    sources: [tencentHelp, ucloudHelp, tencentIntl],
  },
  'account.address-book': {
    says: `Accounts can store their own names for up to ${addressBookEntriesMax} other accounts and projects. Nobody else sees these names, and any ID is accepted, whether or not it exists.`,
    sources: [ours],
    refuses: ['AddressBookFull'],
    remedy: 'Delete entries that you no longer need',
  },
  'account.close': {
    says: "Accounts and projects that own resources can't be closed. Closed IDs can't be reopened.",
    sources: [ours],
    refuses: ['AccountInUse', 'AccountClosed', 'Forbidden'],
    remedy: 'Delete the images, terminate the instances, and close the projects first',
  },
  'quota.images': {
    says: "The region's policy limits the number of images per account or project.",
    sources: [tencentHelp, tencentIntl],
    refuses: ['ImageQuotaExceeded'],
    remedy: "Delete images that you don't need",
  },
  'usage.metering': {
    says: "Usage is metered in GiB-hours for images that you own, including saved copies. Shared images aren't metered to recipients.",
    sources: [ucloudHelp],
  },
  'explain.decision': { says: 'You can view the reason for any access decision that applies to you.', sources: [ours] },
  'audit.record': { says: 'All changes to images and shares are recorded.', sources: [ours] },
} as const satisfies Readonly<Record<RuleSlug, RuleText>>;

/** The rules that can refuse. */
export type RefusingRule = {
  [Slug in RuleSlug]: (typeof catalog)[Slug] extends { readonly refuses: readonly ErrorCode[] } ? Slug : never;
}[RuleSlug];

/** The catalog entry of any rule, with the general type. */
export const ruleOf = (slug: RuleSlug): RuleText => catalog[slug];
