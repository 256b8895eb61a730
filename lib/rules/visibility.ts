import { ActionError } from '../model/error.ts';
import type { ImageKey, PrincipalId } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import { catalog, type RefusingRule } from './catalog.ts';
import { hasLiveShare } from './recipients.ts';
import { refusal } from './rule.ts';

/** Why a caller can see an image. */
export type Visibility = 'owned' | 'shared' | 'public';

/** The owner of public images, which operators provide; no account or project has this ID. */
export const publicOwner = 'public' as PrincipalId;

/** Whether the image is public, that is, provided by operators to everyone. */
export const isPublic = (image: Image | undefined): boolean => image?.owner === publicOwner;

/** Returns why `principal` can see the image at `now`, or undefined if it can't. */
export function visibilityOf(image: Image | undefined, principal: PrincipalId, now: Date): Visibility | undefined {
  if (image === undefined || image.deletedAt !== undefined) {
    return undefined;
  }
  if (isPublic(image)) {
    return 'public';
  }
  if (image.owner === principal) {
    return 'owned';
  }
  return hasLiveShare(image.recipients, principal, now) ? 'shared' : undefined;
}

/** The error for callers who can't see the image, whether it exists or not. */
export const imageNotFound = ({ region, imageId }: ImageKey): ActionError =>
  new ActionError('ImageNotFound', {
    detail: `Image ${imageId} doesn't exist in ${region}, or isn't shared with you.`,
    rule: 'received.visible',
  });

/** Returns the image if `principal` can see it. Throws ImageNotFound. */
export function requireVisible(
  key: ImageKey,
  image: Image | undefined,
  principal: PrincipalId,
  now: Date,
): { image: Image; visibility: Visibility } {
  const visibility = visibilityOf(image, principal, now);
  if (image === undefined || visibility === undefined) {
    throw imageNotFound(key);
  }
  return { image, visibility };
}

/** The owner-only operations, each with the rule that refuses it to recipients. */
export const ownerOnlyOperations = {
  share: 'share.no-reshare',
  'list-shares': 'received.privacy',
  cancel: 'owner.cancels',
  'set-list': 'owner.sets-list',
  update: 'received.read-only',
  copy: 'received.no-copy',
  delete: 'received.no-delete',
} as const satisfies Record<string, RefusingRule>;
export type OwnerOnlyOperation = keyof typeof ownerOnlyOperations;

/** Returns the rule that refuses an owner-only operation to other callers. Nobody can share public images. */
export const ruleAgainst = (operation: OwnerOnlyOperation, visibility: Exclude<Visibility, 'owned'>): RefusingRule =>
  visibility === 'public' && (operation === 'share' || operation === 'set-list')
    ? 'share.custom-only'
    : ownerOnlyOperations[operation];

/**
 * Returns the image if `principal` owns it. Otherwise throws NotOwner or ImageNotShareable, with the rule of the operation, or
 * ImageNotFound if `principal` can't see the image.
 */
export function requireOwned(
  operation: OwnerOnlyOperation,
  key: ImageKey,
  image: Image | undefined,
  principal: PrincipalId,
  now: Date,
): Image {
  const { image: visibleImage, visibility } = requireVisible(key, image, principal, now);
  if (visibility !== 'owned') {
    const rule = ruleAgainst(operation, visibility);
    throw refusal(
      rule,
      visibility === 'public'
        ? `Image ${key.imageId} is public`
        : `${catalog[rule].says} The image owner is ${visibleImage.owner}`,
    );
  }
  return visibleImage;
}
