import * as z from 'zod';
import { ActionError, invalidField } from '../model/error.ts';
import type { ImageKey, InstanceId, PrincipalId } from '../model/ids.ts';
import type { Image, Product } from '../model/image.ts';
import type { Instance } from '../model/instance.ts';
import type { Policy } from '../model/policy.ts';
import type { RuleSlug } from '../model/rule-slug.ts';
import { ruleOf } from './catalog.ts';
import { whyNotCopyable } from './copy-image.ts';
import { whyNotDeletable } from './delete-image.ts';
import { requireInstance, whyNotReinitialized, whyNotUsable } from './instances.ts';
import { endOfShare, expirationOf, liveEntries, namesOf } from './recipients.ts';
import { explained, refusal } from './rule.ts';
import { titlesFor } from './rule-sources.ts';
import { whyNotSavable } from './save-image.ts';
import { whyNotShareable } from './sharing-rules.ts';
import { imageNotFound, type OwnerOnlyOperation, ruleAgainst, type Visibility, visibilityOf } from './visibility.ts';

/** The operations that an access check can be about. */
export const Use = z.enum(['launch', 'reinstall', 'reinitialize', 'copy', 'save', 'share', 'delete']);
export type Use = z.infer<typeof Use>;

export interface AccessDecision {
  readonly allowed: boolean;
  readonly rule: RuleSlug;
  readonly reason: string;
  /** Titles of the documents behind the rule: those of the region's cloud, or this service. */
  readonly sources: string[];
  readonly remedy?: string;
  /** When the share that grants access expires, if it does. */
  readonly expiresAt?: string;
}

/** Requires compute platforms to specify a principal, because they are not principals themselves. Throws InvalidRequest. */
export function requirePrincipal(scopes: ReadonlySet<string>, asked: PrincipalId | undefined): void {
  if (asked === undefined && !scopes.has('tenant')) {
    throw invalidField('principal', 'is required for compute platforms');
  }
}

/**
 * Returns the principal to check, if the caller can ask about it: itself, or anyone if the caller is the image owner or a
 * compute platform. Throws ImageNotFound if the caller can't see the image, and Forbidden if it is only a recipient.
 */
export function requireEntitled({
  key,
  image,
  self,
  asked,
  isCompute,
  now,
}: {
  key: ImageKey;
  image: Image | undefined;
  self: PrincipalId;
  asked: PrincipalId | undefined;
  isCompute: boolean;
  now: Date;
}): PrincipalId {
  const principal = asked ?? self;
  if (isCompute || principal === self) {
    return principal;
  }
  const visibility = visibilityOf(image, self, now);
  if (visibility === undefined) {
    throw imageNotFound(key);
  }
  if (visibility !== 'owned') {
    throw new ActionError('Forbidden', {
      detail: 'You can check only your own access. Only the image owner can check access for others.',
      rule: 'received.privacy',
    });
  }
  return principal;
}

/** Requires an instance of the principal that was launched from the image. Throws InstanceNotFound and InvalidRequest. */
export function requireInstanceOf(
  { region, imageId }: ImageKey,
  { instanceId, use }: { instanceId: InstanceId; use: Use },
  storedInstance: Instance | undefined,
  principal: PrincipalId,
): Instance {
  if (use !== 'reinitialize') {
    throw invalidField('instanceId', 'can only be specified for use=reinitialize');
  }
  const instance = requireInstance({ region, instanceId }, storedInstance, principal);
  if (instance.imageId !== imageId) {
    throw invalidField('instanceId', `must be an instance of image ${imageId}, but was launched from ${instance.imageId}`);
  }
  return instance;
}

interface AccessQuestion {
  readonly principal: PrincipalId;
  readonly use: Use;
  readonly product?: Product | undefined;
  /** The instance to reinitialize, if it is known. */
  readonly instance?: Instance | undefined;
  /** Whether the image owner checks the access of another principal. */
  readonly isOwnersQuestion?: boolean;
  readonly policy: Policy;
  readonly now: Date;
}

/**
 * Decides whether `principal` can use the image, and why, by the same rules that decide the actual call. Without an instance, the
 * response is the same whether the image is missing or deleted, or its share expired or never existed. Rule `explain.decision`.
 */
export function decideAccess(image: Image | undefined, { principal, instance, ...question }: AccessQuestion): AccessDecision {
  const { now, policy } = question;
  const visibility = visibilityOf(image, principal, now);
  if (image === undefined || visibility === undefined) {
    const whyNot =
      (instance && whyNotReinitialized(instance, image, now)) ??
      refusal('received.visible', `The ${policy.principalKind} doesn't own this image, and the image isn't shared with it`);
    return denied(whyNot, question);
  }
  const [rule, whyNot] = evaluate(image, visibility, { ...question, product: question.product ?? instance?.product });
  if (whyNot !== undefined) {
    return denied(whyNot, question);
  }
  const expiresAt = visibility === 'shared' ? expirationOf(endOfShare(image, principal)) : null;
  return {
    allowed: true,
    rule,
    reason: `${reasonOf(visibility, policy)}.`,
    sources: sourcesOf(rule, policy),
    ...(expiresAt !== null && { expiresAt }),
  };
}

/** Returns the rule that grants the use, and the error if some rule refuses it. */
function evaluate(
  image: Image,
  visibility: Visibility,
  { use, product, policy, now }: Pick<AccessQuestion, 'use' | 'product' | 'policy' | 'now'>,
): [RuleSlug, ActionError | undefined] {
  switch (use) {
    case 'launch':
    case 'reinstall':
    case 'reinitialize':
      return [visibility === 'owned' ? 'owner.still-uses' : 'received.use', whyNotUsable(image, visibility, product)];
    case 'save':
      return ['received.save', whyNotSavable(image, visibility, policy)];
    case 'copy':
      return ['owner.copies', whyNotOwned('copy', visibility, policy) ?? whyNotCopyable(image)];
    case 'share': {
      const used = namesOf(liveEntries(image.recipients, now)).length;
      return ['share.owner-only', whyNotOwned('share', visibility, policy) ?? whyNotShareable(image, policy, used, now)];
    }
    case 'delete':
      return ['delete.owner-only', whyNotOwned('delete', visibility, policy) ?? whyNotDeletable(image, policy, now)];
  }
}

const reasonOf = (visibility: Visibility, { principalKind }: Policy): string =>
  ({
    owned: `The ${principalKind} owns this image`,
    shared: `This image is shared with the ${principalKind}`,
    public: 'This image is public',
  })[visibility];

function whyNotOwned(operation: OwnerOnlyOperation, visibility: Visibility, policy: Policy): ActionError | undefined {
  if (visibility === 'owned') {
    return undefined;
  }
  const rule = ruleAgainst(operation, visibility);
  const reason = reasonOf(visibility, policy);
  return refusal(rule, visibility === 'shared' ? `${ruleOf(rule).says} ${reason}` : reason);
}

const denied = (
  whyNot: ActionError,
  { policy, isOwnersQuestion }: Pick<AccessQuestion, 'policy' | 'isOwnersQuestion'>,
): AccessDecision => {
  const { rule, reason, remedy: callersRemedy } = explained(whyNot);
  const { ownersRemedy } = ruleOf(rule);
  const remedy = isOwnersQuestion && ownersRemedy !== undefined ? `${ownersRemedy}.` : callersRemedy;
  return { allowed: false, rule, reason, sources: sourcesOf(rule, policy), ...(remedy !== undefined && { remedy }) };
};

const sourcesOf = (rule: RuleSlug, { name }: Policy): string[] => titlesFor(ruleOf(rule).sources, name);
