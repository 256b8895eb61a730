import type { ActionError } from '../model/error.ts';
import type { HolderId } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Policy, SharingRefusal } from '../model/policy.ts';
import { riskNotice } from './notices.ts';
import { epochSeconds } from './recipients.ts';
import { type Rule, refusalBy } from './rule.ts';

/** What is known when new recipients are asked for. */
export interface SharingFacts {
  readonly policy: Policy;
  readonly image: Image;
  readonly now: Date;
  /** Everyone the call names, once each. */
  readonly named: readonly HolderId[];
  /** Those of them who do not hold the image yet. */
  readonly newcomers: readonly HolderId[];
  /** Those of them who are known and open. */
  readonly knownHolders: ReadonlySet<HolderId>;
  /** Epoch seconds, 0 for none, absent where the call does not say. */
  readonly endsAt?: number | undefined;
  readonly riskAcknowledged: boolean;
  /** Recipients that hold the image before the call, and that would hold it after. */
  readonly used: number;
  readonly usedAfter: number;
}

type SharingRule = Rule<SharingFacts>;

const whole = (image: Image, reason: string) => [{ id: image.imageId, reason }];

const rules: { readonly [Slug in SharingRefusal]: SharingRule & { readonly slug: Slug } } = {
  'share.custom-only': {
    slug: 'share.custom-only',
    refuses: 'ImageNotShareable',
    remedy: 'Only a custom image in state available can be shared; wait until it is, or share another image',
    offenders: ({ image, newcomers }) =>
      image.state === 'available' || newcomers.length === 0 ? [] : whole(image, `Image ${image.imageId} is ${image.state}`),
  },
  'share.lightweight': {
    slug: 'share.lightweight',
    refuses: 'ImageNotShareable',
    remedy: 'Share an image of the standard product',
    offenders: ({ image, policy, newcomers }) =>
      image.product === 'standard' || policy.lightweightMayBeShared || newcomers.length === 0
        ? []
        : whole(
            image,
            `Image ${image.imageId} belongs to the lightweight product, whose images cannot be shared in ${image.region}`,
          ),
  },
  'share.data-disks': {
    slug: 'share.data-disks',
    refuses: 'ImageNotShareable',
    remedy: 'Share an image of the system disk alone',
    offenders: ({ image, policy, newcomers }) =>
      image.disksGiB.length === 1 || policy.dataDisksWhenShared !== 'refused' || newcomers.length === 0
        ? []
        : whole(
            image,
            `Image ${image.imageId} has snapshots of ${image.disksGiB.length - 1} data disks, and such images cannot be shared in ${image.region}`,
          ),
  },
  'share.encrypted': {
    slug: 'share.encrypted',
    refuses: 'ImageNotShareable',
    remedy: 'Share a copy that is not encrypted in this way',
    offenders: ({ image, policy, newcomers }) =>
      policy.encryptionsThatMayBeShared.includes(image.encryption) || newcomers.length === 0
        ? []
        : whole(
            image,
            `Image ${image.imageId} is encrypted with a key of the ${image.encryption}, and such images cannot be shared in ${image.region}`,
          ),
  },
  'share.expiry': {
    slug: 'share.expiry',
    refuses: 'InvalidRequest',
    remedy: 'State a later end time, or none',
    offenders: ({ endsAt, now }) =>
      endsAt === undefined || endsAt === 0 || endsAt > epochSeconds(now)
        ? []
        : [{ id: 'expiresAt', reason: 'The end time is not in the future' }],
  },
  'share.acknowledge': {
    slug: 'share.acknowledge',
    refuses: 'RiskNotAcknowledged',
    remedy: 'Confirm it with "acknowledgeRisk": true',
    offenders: ({ policy, riskAcknowledged }) =>
      policy.riskAcknowledgement === 'required' && !riskAcknowledged
        ? [{ id: 'acknowledgeRisk', reason: riskNotice.replace(/\.$/, '') }]
        : [],
  },
  'share.not-self': {
    slug: 'share.not-self',
    refuses: 'RecipientIsOwner',
    remedy: 'Leave the owner out of the recipients',
    offenders: ({ image, named }) =>
      named.filter((recipient) => recipient === image.owner).map((id) => ({ id, reason: `${id} owns the image` })),
  },
  'share.recipient-exists': {
    slug: 'share.recipient-exists',
    refuses: 'RecipientNotFound',
    remedy: 'Ask the recipient for its id',
    offenders: ({ named, knownHolders, policy, image }) =>
      named
        .filter((recipient) => !knownHolders.has(recipient))
        .map((id) => ({
          id,
          reason: `${id} is no open ${policy.holderKind}, the kind of holder that images are shared with in ${image.region}`,
        })),
  },
  'share.cap': {
    slug: 'share.cap',
    refuses: 'ShareCapExceeded',
    remedy: 'Cancel shares first, or copy the image and share the copy, which has a cap of its own',
    offenders: ({ policy, newcomers, used, usedAfter }) =>
      usedAfter <= policy.recipientsPerImageMax
        ? []
        : newcomers.map((id) => ({
            id,
            reason: `The image is shared with ${used} of at most ${policy.recipientsPerImageMax} recipients, and there is no room for ${newcomers.length} more`,
          })),
    figures: ({ policy, used }) => ({ cap: policy.recipientsPerImageMax, used, remaining: policy.recipientsPerImageMax - used }),
  },
};

/** The refusal of the first rule, in the policy's order, that is not content. */
export function whyNotShared(facts: SharingFacts): ActionError | undefined {
  for (const slug of facts.policy.sharingRefusals) {
    const refusal = refusalBy(rules[slug], facts);
    if (refusal !== undefined) {
      return refusal;
    }
  }
  return undefined;
}

/** The first reason why an image could be shared with nobody new at all, or undefined when it could. */
export function whyNotShareable(image: Image, policy: Policy, used: number, now: Date): ActionError | undefined {
  return whyNotShared({
    policy,
    image,
    now,
    named: [],
    newcomers: [image.owner],
    knownHolders: new Set(),
    riskAcknowledged: true,
    used,
    usedAfter: used + 1,
  });
}
