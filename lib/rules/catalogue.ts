import type { RuleSlug } from '../model/rule-slug.ts';

interface RuleText {
  readonly says: string;
  /** The document that the rule comes from; "ours" where no cloud states it. */
  readonly source: string;
}

const tencentHelp = 'Tencent Cloud, Sharing Custom Images (2020)';
const tencentFaq = 'Tencent Cloud, FAQ on sharing (2022)';
const tencentIntl = 'Tencent Cloud International, Sharing Custom Images';
const ucloudHelp = 'UCloud, Share Images';
const alibabaFaq = 'Alibaba Cloud, FAQ on shared images (2018)';
const all = [tencentHelp, tencentFaq, ucloudHelp, tencentIntl, alibabaFaq].join('; ');
const apis = 'API references of Tencent Cloud CVM and Alibaba Cloud ECS';
const ours = 'ours';

/** Every rule in one sentence, with its source. */
export const catalogue: Readonly<Record<RuleSlug, RuleText>> = {
  'share.owner-only': { says: 'Only the owner shares an image.', source: alibabaFaq },
  'share.no-reshare': {
    says: 'A recipient cannot share a shared image on.',
    source: [tencentHelp, tencentFaq, tencentIntl, alibabaFaq].join('; '),
  },
  'share.custom-only': {
    says: 'Only a custom image that is available can be shared.',
    source: [tencentHelp, tencentIntl].join('; '),
  },
  'share.cap': {
    says: 'At most so many recipients hold an image at one time as the policy says.',
    source: [tencentHelp, tencentFaq, ucloudHelp, tencentIntl].join('; '),
  },
  'share.atomic': {
    says: 'A call that names several recipients does all of it or nothing; a recipient named twice counts once.',
    source: ours,
  },
  'share.same-region': { says: "A share is visible and usable in the image's region only.", source: all },
  'share.recipient-exists': {
    says: "A recipient must be a known, open holder of the kind that the region's policy names.",
    source: [tencentHelp, ucloudHelp, tencentIntl].join('; '),
  },
  'share.not-self': {
    says: 'An owner cannot share an image with itself.',
    source: apis,
  },
  'share.repeat': {
    says: 'Sharing again with a present recipient succeeds, counts once and keeps the first time.',
    source: ours,
  },
  'share.acknowledge': {
    says: 'Whoever shares confirms, or is told, that the image must hold no sensitive data.',
    source: [tencentFaq, ucloudHelp, alibabaFaq].join('; '),
  },
  'share.lightweight': {
    says: "An image of the lightweight product is shared only where the region's policy allows it.",
    source: [tencentIntl, apis, ucloudHelp].join('; '),
  },
  'share.data-disks': {
    says: 'Whether an image with data-disk snapshots may be shared, whole or as its system disk alone, is set by policy.',
    source: [apis, ucloudHelp].join('; '),
  },
  'share.encrypted': {
    says: 'Whether an encrypted image may be shared depends on who holds its key, by policy.',
    source: apis,
  },
  'share.expiry': { says: 'From its end time on a share grants nothing and counts no longer.', source: ours },
  'received.visible': {
    says: 'Only the owner and present recipients see an image.',
    source: [tencentHelp, tencentIntl, ucloudHelp].join('; '),
  },
  'received.use': {
    says: 'A recipient may create servers from the image and reinstall them with it, in the same region.',
    source: [tencentFaq, tencentIntl, alibabaFaq].join('; '),
  },
  'received.read-only': {
    says: 'A recipient cannot change name, description or labels.',
    source: [tencentHelp, tencentFaq, tencentIntl].join('; '),
  },
  'received.no-delete': {
    says: 'A recipient cannot delete a shared image.',
    source: [tencentHelp, tencentFaq, tencentIntl].join('; '),
  },
  'received.no-copy': {
    says: 'A recipient cannot copy a shared image to another region.',
    source: [tencentFaq, ucloudHelp].join('; '),
  },
  'received.save': {
    says: 'Where allowed, a recipient may save a shared image as its own in the same region.',
    source: [apis, ucloudHelp].join('; '),
  },
  'received.no-quota': {
    says: "A received image does not count toward the recipient's quota.",
    source: [tencentHelp, tencentFaq, tencentIntl, alibabaFaq].join('; '),
  },
  'received.leave': {
    says: 'Where the policy allows, a recipient may give a share up by itself.',
    source: `${ours}; ${ucloudHelp}`,
  },
  'received.trust': { says: 'Every listing of shared images carries the warning about images of others.', source: all },
  'received.privacy': {
    says: 'A recipient sees that an image is shared with it, never with whom else nor with how many.',
    source: ours,
  },
  'owner.lists-recipients': { says: 'The owner sees every recipient, since when, until when and by whom.', source: alibabaFaq },
  'owner.still-uses': { says: 'The owner goes on using its shared image.', source: [tencentFaq, alibabaFaq].join('; ') },
  'owner.cancels': {
    says: 'Only the owner ends shares, or a recipient its own where the policy allows.',
    source: [tencentHelp, ucloudHelp].join('; '),
  },
  'owner.sets-list': { says: 'The owner may state the exact list of recipients.', source: ours },
  'owner.copies': {
    says: 'The owner copies its image; the copy starts with no shares.',
    source: [tencentHelp, tencentFaq, ucloudHelp, tencentIntl].join('; '),
  },
  'owner.pays': { says: "The image stays the owner's property.", source: ucloudHelp },
  'owner.deprecates': {
    says: 'The owner may deprecate its image, by policy not while it is shared; shares stay and no new ones are made.',
    source: apis,
  },
  'cancel.immediate': { says: 'The first request after the answer to a cancel is refused.', source: alibabaFaq },
  'cancel.instances-live': {
    says: 'Servers made before go on, but cannot be re-initialised from the image.',
    source: alibabaFaq,
  },
  'cancel.unknown': { says: 'Cancelling a share that is not there changes nothing and succeeds.', source: ours },
  'delete.owner-only': { says: 'Only the owner deletes an image.', source: tencentHelp },
  'delete.guard': {
    says: 'An image with a live share cannot be deleted.',
    source: [tencentHelp, tencentFaq, tencentIntl, alibabaFaq].join('; '),
  },
  'delete.withdraw': { says: 'Deleting a shared image takes it from its recipients at once.', source: ucloudHelp },
  'delete.orphans': { says: 'What is left of shares that grant nothing any more is cleaned up on a schedule.', source: ours },
  'change.dry-run': { says: 'Whether a change would succeed can be asked without making it.', source: ours },
  'account.ids-visible': {
    says: 'Every holder can read its own ids.',
    source: [tencentHelp, ucloudHelp, tencentIntl].join('; '),
  },
  'account.close': {
    says: 'A holder that still owns something cannot be closed, and a closed id is never opened again.',
    source: ours,
  },
  'quota.images': {
    says: 'Own images per holder and region are limited by policy.',
    source: [tencentHelp, tencentIntl].join('; '),
  },
  'explain.decision': { says: 'Whoever is entitled to a decision can ask why.', source: ours },
  'audit.record': { says: 'Every change to a share or an image leaves a record.', source: ours },
};
