import type { ActionError } from '../model/error.ts';
import type { PrincipalId } from '../model/ids.ts';
import { type Image, isBeingMade } from '../model/image.ts';
import type { Policy } from '../model/policy.ts';
import { riskNotice } from './notices.ts';
import { epochSeconds } from './recipients.ts';
import { type Rule, refusalBy } from './rule.ts';

/** What the sharing rules decide on. */
export interface SharingFacts {
  readonly policy: Policy;
  readonly image: Image;
  readonly now: Date;
  /** Every recipient in the request, once each. */
  readonly named: readonly PrincipalId[];
  /** Those of them that the image is not shared with yet. */
  readonly added: readonly PrincipalId[];
  /** Those of them whose share gets another expiration. */
  readonly rescheduled: readonly PrincipalId[];
  /** Those of them that exist and are active. */
  readonly knownPrincipals: ReadonlySet<PrincipalId>;
  /** Epoch seconds, 0 for never, absent if the request does not say. */
  readonly endsAt?: number | undefined;
  readonly riskAcknowledged: boolean;
  /** Number of recipients before the request, and how many of them it removes. */
  readonly used: number;
  readonly freed: number;
}

/**
 * How many recipients an image may have before a change so that it has at most the cap after it. The rule `share.cap` holds
 * the recipients to it, and the condition of the write the entries of the item.
 */
export const recipientsBeforeMax = (
  { recipientsPerImageMax }: Policy,
  { added, removed }: { readonly added: number; readonly removed: number },
): number => recipientsPerImageMax + removed - added;

/** A violation of the image itself, which matters only to new recipients. */
const unfit = ({ image, added }: SharingFacts, isUnfit: boolean, reason: string) =>
  isUnfit && added.length > 0 ? [{ id: image.imageId, reason }] : [];

/** The rules that can refuse a share, in the order in which they are checked: the first that is violated refuses. */
export const sharingRules: readonly Rule<SharingFacts>[] = [
  {
    slug: 'share.custom-only',
    violations: (facts) => {
      const { imageId, state } = facts.image;
      const isFit = state === 'available' || (facts.policy.pendingMayBeShared && isBeingMade(state));
      return unfit(facts, !isFit, `Image ${imageId} isn't available (state: ${state})`);
    },
  },
  {
    slug: 'share.lightweight',
    violations: (facts) => {
      const { imageId, region, product } = facts.image;
      const isUnfit = product === 'lightweight' && !facts.policy.lightweightMayBeShared;
      return unfit(
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
      return unfit(
        facts,
        dataDisks > 0 && facts.policy.dataDisksWhenShared === 'refused',
        `Image ${imageId} contains ${dataDisks} data disks, and images with data disks can't be shared in ${region}`,
      );
    },
  },
  {
    slug: 'share.encrypted',
    violations: (facts) => {
      const { imageId, region, encryption } = facts.image;
      return unfit(
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
    slug: 'share.cap',
    violations: ({ policy, added, used, freed }) =>
      added.length === 0 || used <= recipientsBeforeMax(policy, { added: added.length, removed: freed })
        ? []
        : added.map((id) => ({
            id,
            reason: `The image is shared with ${used} of ${policy.recipientsPerImageMax} recipients, and ${added.length} more would exceed the limit`,
          })),
    figures: ({ policy, used }) => ({ cap: policy.recipientsPerImageMax, used, remaining: policy.recipientsPerImageMax - used }),
  },
];

/** The refusal of the first rule that is violated, if any. */
export function whyNotShared(facts: SharingFacts): ActionError | undefined {
  for (const rule of sharingRules) {
    const refusal = refusalBy(rule, facts);
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
