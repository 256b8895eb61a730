import * as z from 'zod';
import { ActionError, invalidField } from '../model/error.ts';
import type { HolderId, ImageKey } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Policy } from '../model/policy.ts';
import type { RuleSlug } from '../model/rule-slug.ts';
import { catalogue } from './catalogue.ts';
import { whyNotDeletable } from './delete-image.ts';
import { hasData } from './images.ts';
import { liveEntries, namesOf } from './recipients.ts';
import { whyNotShareable } from './sharing.ts';
import { imageNotFound, ownersActs, visibilityOf } from './visibility.ts';

/** What a holder may want to do with an image. */
export const Use = z.enum(['launch', 'reinstall', 'reinitialise', 'copy', 'save', 'share', 'delete']);
export type Use = z.infer<typeof Use>;

export interface AccessDecision {
  readonly allowed: boolean;
  readonly rule: RuleSlug;
  readonly reason: string;
  readonly source: string;
  readonly remedy?: string;
}

/** A compute platform is no holder itself, so it has to say for whom it asks. Refuses with InvalidRequest. */
export function requireStatedHolder(scopes: ReadonlySet<string>, asked: HolderId | undefined): void {
  if (asked === undefined && !scopes.has('tenant')) {
    throw invalidField('holder', 'has to be stated by a compute platform');
  }
}

/**
 * For whom a decision is asked, if the asker is entitled to it: a holder for itself, the image's owner and a compute
 * platform for anyone. Refuses with ImageNotFound whoever cannot see the image, with Forbidden another recipient.
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
  self: HolderId;
  asked: HolderId | undefined;
  isCompute: boolean;
  now: Date;
}): HolderId {
  const holder = asked ?? self;
  if (isCompute || holder === self) {
    return holder;
  }
  const visibility = visibilityOf(image, self, now);
  if (visibility === undefined) {
    throw imageNotFound(key);
  }
  if (visibility === 'shared') {
    throw new ActionError('Forbidden', {
      detail: "You may ask for yourself; for others only the image's owner may.",
      rule: 'received.privacy',
    });
  }
  return holder;
}

/** Makes of an image: these need one whose data is there. */
const usesOfData: readonly Use[] = ['launch', 'reinstall', 'reinitialise', 'copy', 'save'];

/**
 * Whether `holder` may use the image, and why. A missing, deleted, ended and never shared image get the same answer.
 * Rule `explain.decision`.
 */
export function decideAccess(
  image: Image | undefined,
  { holder, use, policy, now }: { holder: HolderId; use: Use; policy: Policy; now: Date },
): AccessDecision {
  const visibility = visibilityOf(image, holder, now);
  if (image === undefined || visibility === undefined) {
    return decision(
      false,
      'received.visible',
      'The holder neither owns the image nor holds a share of it.',
      "Ask the image's owner to share it.",
    );
  }
  if (usesOfData.includes(use) && !hasData(image)) {
    const rule = visibility === 'owned' ? 'owner.still-uses' : 'received.use';
    return decision(false, rule, `The image is ${image.state}.`, 'Wait until it is available, or use another image.');
  }
  return visibility === 'owned' ? ownerAccess(image, use, policy, now) : recipientAccess(use, policy);
}

function ownerAccess(image: Image, use: Use, policy: Policy, now: Date): AccessDecision {
  switch (use) {
    case 'launch':
    case 'reinstall':
    case 'reinitialise':
      return decision(true, 'owner.still-uses', 'The holder owns the image.');
    case 'copy':
    case 'save':
      return decision(true, 'owner.copies', 'The holder owns the image.');
    case 'share': {
      const used = namesOf(liveEntries(image.recipients, now)).length;
      return refusedOr(
        whyNotShareable(image, policy, used, now),
        'share.owner-only',
        'The holder owns the image, and places are left.',
      );
    }
    case 'delete':
      return refusedOr(
        whyNotDeletable(image, policy, now),
        'delete.owner-only',
        'The holder owns the image, and nothing bars its end.',
      );
  }
}

function recipientAccess(use: Use, policy: Policy): AccessDecision {
  switch (use) {
    case 'launch':
    case 'reinstall':
    case 'reinitialise':
      return decision(true, 'received.use', 'The image is shared with the holder.');
    case 'save':
      return policy.recipientMaySave
        ? decision(true, 'received.save', 'The image is shared with the holder, and the region lets recipients save.')
        : decision(false, 'received.save', 'The region does not let recipients save shared images.', 'Ask the owner for a copy.');
    case 'copy':
    case 'share':
    case 'delete':
      return decision(
        false,
        ownersActs[use],
        'The holder is a recipient of the image, not its owner.',
        "Ask the image's owner to do it.",
      );
  }
}

function refusedOr(refusal: ActionError | undefined, rule: RuleSlug, reason: string): AccessDecision {
  return refusal === undefined
    ? decision(true, rule, reason)
    : decision(false, refusal.details.rule ?? rule, refusal.details.detail, 'Change what the reason names, then ask again.');
}

const decision = (allowed: boolean, rule: RuleSlug, reason: string, remedy?: string): AccessDecision => ({
  allowed,
  rule,
  reason,
  source: catalogue[rule].source,
  ...(remedy !== undefined && { remedy }),
});
