import type { ActionError } from '../model/error.ts';
import type { PrincipalId } from '../model/ids.ts';
import { type Image, isBeingMade } from '../model/image.ts';
import type { Policy } from '../model/policy.ts';
import type { Acceptance } from '../model/principal.ts';
import { accepts } from './acceptance.ts';
import { stateText } from './images.ts';
import { epochSeconds } from './recipients.ts';
import { type Rule, refusalBy } from './rule.ts';
import { riskNotice } from './security-notices.ts';

/** The facts for the sharing rules. */
export interface SharingFacts {
  readonly policy: Policy;
  readonly image: Image;
  readonly now: Date;
  /** All recipients in the request, without duplicates. */
  readonly named: readonly PrincipalId[];
  /** Those that the image is not shared with yet. */
  readonly added: readonly PrincipalId[];
  /** Those whose share gets a new expiration. */
  readonly rescheduled: readonly PrincipalId[];
  /** Those that exist and are active, with what they accept. */
  readonly knownPrincipals: ReadonlyMap<PrincipalId, Acceptance>;
  /** Epoch seconds, 0 for never, absent if not specified. */
  readonly endsAt?: number | undefined;
  readonly riskAcknowledged: boolean;
  /** Number of recipients before the request, planned ones that it doesn't name included. */
  readonly used: number;
  /** Number of recipients that the request removes. */
  readonly freed: number;
}

/**
 * Returns how many recipients an image can have before a change so that it does not exceed the limit afterwards. The only place
 * that computes the sharing limit. The rule `share.cap` applies it to live recipients, and the condition of the write to all
 * entries of the item (`entriesAtMost`). An exact list has no such condition, because its write requires the whole map to be
 * unchanged (`exactly`).
 */
export const recipientsBeforeMax = (
  { recipientsPerImageMax }: Policy,
  { added, removed }: { readonly added: number; readonly removed: number },
): number => recipientsPerImageMax + removed - added;

/** A violation by the image itself, which matters only to new recipients. */
const imageViolation = ({ image, added }: SharingFacts, isUnfit: boolean, reason: string) =>
  isUnfit && added.length > 0 ? [{ id: image.imageId, reason }] : [];

/** Whether an image in this state can be shared. Rule `share.custom-only`. */
export const canBeSharedIn = (state: Image['state'], { pendingMayBeShared }: Policy): boolean =>
  state === 'available' || (pendingMayBeShared && isBeingMade(state));

/** The rules for adding recipients, in the order in which they are checked. The first one that is violated refuses. */
export const sharingRules: readonly Rule<SharingFacts>[] = [
  {
    slug: 'share.custom-only',
    violations: (facts) => {
      const { imageId, state } = facts.image;
      return imageViolation(
        facts,
        !canBeSharedIn(state, facts.policy),
        `Image ${imageId} isn't available because it ${stateText(state)}`,
      );
    },
  },
  {
    slug: 'share.lightweight',
    violations: (facts) => {
      const { imageId, region, product } = facts.image;
      const isUnfit = product === 'lightweight' && !facts.policy.lightweightMayBeShared;
      return imageViolation(
        facts,
        isUnfit,
        `Image ${imageId} is a lightweight image, and lightweight images can't be shared in ${region}`,
      );
    },
  },
  {
    slug: 'share.data-disks',
    violations: (facts) => {
      const { imageId, region, disksGiB } = facts.image;
      const dataDisks = disksGiB.length - 1;
      return imageViolation(
        facts,
        dataDisks > 0 && facts.policy.dataDisksWhenShared === 'refused',
        `Image ${imageId} contains ${dataDisks} data ${dataDisks === 1 ? 'disk' : 'disks'}, and images with data disks can't be shared in ${region}`,
      );
    },
  },
  {
    slug: 'share.encrypted',
    violations: (facts) => {
      const { imageId, region, encryption } = facts.image;
      return imageViolation(
        facts,
        !facts.policy.encryptionsThatMayBeShared.includes(encryption),
        `Image ${imageId} is encrypted with a ${encryption}-managed key and can't be shared in ${region}`,
      );
    },
  },
  {
    slug: 'share.expiry',
    violations: ({ endsAt, added, rescheduled, now }) =>
      endsAt === undefined || endsAt === 0 || endsAt > epochSeconds(now) || added.length + rescheduled.length === 0
        ? []
        : [{ id: 'expiresAt', reason: 'The expiration must be in the future' }],
  },
  {
    slug: 'share.acknowledge',
    violations: ({ policy, added, riskAcknowledged }) =>
      policy.riskAcknowledgement === 'required' && added.length > 0 && !riskAcknowledged
        ? [{ id: 'acknowledgeRisk', reason: riskNotice.replace(/\.$/, '') }]
        : [],
  },
  {
    slug: 'share.not-self',
    violations: ({ image, named }) =>
      named.filter((recipient) => recipient === image.owner).map((id) => ({ id, reason: `${id} is the image owner` })),
  },
  {
    slug: 'share.recipient-exists',
    violations: ({ named, knownPrincipals, policy, image }) =>
      named
        .filter((recipient) => !knownPrincipals.has(recipient))
        .map((id) => ({
          id,
          reason: `${id} isn't an active ${policy.principalKind}. In ${image.region}, images are shared with ${policy.principalKind}s`,
        })),
  },
  {
    slug: 'share.recipient-accepts',
    violations: ({ image: { owner }, added, knownPrincipals }) =>
      added
        .filter((recipient) => !accepts(knownPrincipals.get(recipient), owner))
        // Doesn't say whether the owner is blocked or only isn't trusted.
        .map((id) => ({ id, reason: `${id} doesn't accept images from ${owner}` })),
  },
  {
    slug: 'share.cap',
    violations: ({ policy, added, used, freed }) =>
      used <= recipientsBeforeMax(policy, { added: added.length, removed: freed })
        ? []
        : added.map((id) => ({
            id,
            reason:
              used >= policy.recipientsPerImageMax
                ? `The image is already shared with ${used} recipients, which is the sharing limit`
                : `The image is shared with ${used} of ${policy.recipientsPerImageMax} recipients, and ${added.length} more would exceed the sharing limit`,
          })),
    figures: ({ policy, used }) => ({
      cap: policy.recipientsPerImageMax,
      used,
      remaining: Math.max(0, policy.recipientsPerImageMax - used),
    }),
  },
];

/** Returns the error of the first violated rule, if any. */
export function whyNotShared(facts: SharingFacts): ActionError | undefined {
  for (const rule of sharingRules) {
    const refusal = refusalBy(rule, facts);
    if (refusal !== undefined) {
      return refusal;
    }
  }
  return undefined;
}

/** Returns the first reason why the image can't be shared with any new recipient, or undefined if it can. */
export function whyNotShareable(image: Image, policy: Policy, used: number, now: Date): ActionError | undefined {
  const hypotheticalShare = {
    policy,
    image,
    now,
    named: [],
    added: [image.owner],
    rescheduled: [],
    knownPrincipals: new Map<PrincipalId, Acceptance>(),
  };
  return whyNotShared({ ...hypotheticalShare, riskAcknowledged: true, used, freed: 0 });
}
