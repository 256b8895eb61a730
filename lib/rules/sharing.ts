import type { ActionError } from '../model/error.ts';
import type { PrincipalId } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Policy, SharingRefusal } from '../model/policy.ts';
import { riskNotice } from './notices.ts';
import { epochSeconds } from './recipients.ts';
import { type Rule, refusalBy } from './rule.ts';

/** What is known of the image that is to be shared. */
interface ImageFacts {
  readonly policy: Policy;
  readonly image: Image;
}

/** What is known when recipients are asked for. */
export interface SharingFacts extends ImageFacts {
  readonly now: Date;
  /** Everyone the call names, once each. */
  readonly named: readonly PrincipalId[];
  /** Those of them who do not hold the image yet. */
  readonly added: readonly PrincipalId[];
  /** Those of them who hold it until another time than the call states. */
  readonly rescheduled: readonly PrincipalId[];
  /** Those of them who are known and open. */
  readonly knownPrincipals: ReadonlySet<PrincipalId>;
  /** Epoch seconds, 0 for none, absent where the call does not say. */
  readonly endsAt?: number | undefined;
  readonly riskAcknowledged: boolean;
  /** Recipients that hold the image before the call, and of them those that the call takes it from. */
  readonly used: number;
  readonly freed: number;
}

/** The rules that an image has to pass before it is shared with anyone new. */
type ImageRule = 'share.custom-only' | 'share.lightweight' | 'share.data-disks' | 'share.encrypted';
type CallRule = Exclude<SharingRefusal, ImageRule>;

const whole = (image: Image, reason: string) => [{ id: image.imageId, reason }];

const imageRules: { readonly [Slug in ImageRule]: Rule<ImageFacts, Slug> } = {
  'share.custom-only': {
    slug: 'share.custom-only',
    offenders: ({ image }) =>
      image.state === 'available' ? [] : whole(image, `Image ${image.imageId} isn't available (state: ${image.state})`),
  },
  'share.lightweight': {
    slug: 'share.lightweight',
    offenders: ({ image, policy }) =>
      image.product === 'standard' || policy.lightweightMayBeShared
        ? []
        : whole(
            image,
            `Image ${image.imageId} is a lightweight image, and lightweight images can't be shared in ${image.region}`,
          ),
  },
  'share.data-disks': {
    slug: 'share.data-disks',
    offenders: ({ image, policy }) =>
      image.disksGiB.length === 1 || policy.dataDisksWhenShared !== 'refused'
        ? []
        : whole(
            image,
            `Image ${image.imageId} contains ${image.disksGiB.length - 1} data disks, and images with data disks can't be shared in ${image.region}`,
          ),
  },
  'share.encrypted': {
    slug: 'share.encrypted',
    offenders: ({ image, policy }) =>
      policy.encryptionsThatMayBeShared.includes(image.encryption)
        ? []
        : whole(
            image,
            `Image ${image.imageId} is encrypted with a ${image.encryption}-managed key and can't be shared in ${image.region}`,
          ),
  },
};

const callRules: { readonly [Slug in CallRule]: Rule<SharingFacts, Slug> } = {
  'share.expiry': {
    slug: 'share.expiry',
    offenders: ({ endsAt, added, rescheduled, now }) =>
      endsAt === undefined || endsAt === 0 || endsAt > epochSeconds(now) || added.length + rescheduled.length === 0
        ? []
        : [{ id: 'expiresAt', reason: 'The expiration must be in the future' }],
  },
  'share.acknowledge': {
    slug: 'share.acknowledge',
    offenders: ({ policy, added, riskAcknowledged }) =>
      policy.riskAcknowledgement === 'required' && added.length > 0 && !riskAcknowledged
        ? [{ id: 'acknowledgeRisk', reason: riskNotice.replace(/\.$/, '') }]
        : [],
  },
  'share.not-self': {
    slug: 'share.not-self',
    offenders: ({ image, named }) =>
      named.filter((recipient) => recipient === image.owner).map((id) => ({ id, reason: `${id} is the image owner` })),
  },
  'share.recipient-exists': {
    slug: 'share.recipient-exists',
    offenders: ({ named, knownPrincipals, policy, image }) =>
      named
        .filter((recipient) => !knownPrincipals.has(recipient))
        .map((id) => ({
          id,
          reason: `${id} isn't an active ${policy.principalKind}. In ${image.region}, images are shared with ${policy.principalKind}s`,
        })),
  },
  'share.cap': {
    slug: 'share.cap',
    offenders: ({ policy, added, used, freed }) =>
      added.length === 0 || used - freed + added.length <= policy.recipientsPerImageMax
        ? []
        : added.map((id) => ({
            id,
            reason: `The image is shared with ${used} of ${policy.recipientsPerImageMax} recipients, and ${added.length} more would exceed the limit`,
          })),
    figures: ({ policy, used }) => ({ cap: policy.recipientsPerImageMax, used, remaining: policy.recipientsPerImageMax - used }),
  },
};

/** The refusal of the first rule, in the policy's order, that is not content. */
export function whyNotShared(facts: SharingFacts): ActionError | undefined {
  for (const slug of facts.policy.sharingRefusals) {
    const refusal = !isImageRule(slug)
      ? refusalBy<SharingFacts>(callRules[slug], facts)
      : facts.added.length > 0
        ? refusalBy<ImageFacts>(imageRules[slug], facts)
        : undefined;
    if (refusal !== undefined) {
      return refusal;
    }
  }
  return undefined;
}

/** The first reason why an image could be shared with nobody new at all, or undefined when it could. */
export function whyNotShareable(image: Image, policy: Policy, used: number, now: Date): ActionError | undefined {
  const anybody = {
    policy,
    image,
    now,
    named: [],
    added: [image.owner],
    rescheduled: [],
    knownPrincipals: new Set<PrincipalId>(),
  };
  return whyNotShared({ ...anybody, riskAcknowledged: true, used, freed: 0 });
}

const isImageRule = (slug: SharingRefusal): slug is ImageRule => Object.hasOwn(imageRules, slug);
