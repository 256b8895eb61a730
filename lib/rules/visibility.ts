import { ActionError } from '../model/error.ts';
import type { ImageKey, PrincipalId } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import { catalog, type RefusingRule } from './catalog.ts';
import { holdsShare } from './recipients.ts';
import { refusal } from './rule.ts';

/** How a caller comes to see an image. */
export type Visibility = 'owned' | 'shared' | 'public';

/** The owner of public images, which operators provide; no account or project has this id. */
export const publicOwner = 'public' as PrincipalId;

/** Whether the image is one that operators provide to everybody. */
export const isPublic = (image: Image | undefined): boolean => image?.owner === publicOwner;

/** How `principal` sees the image at `now`: as its owner, as a recipient, as everybody does, or not at all. */
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
  return holdsShare(image.recipients, principal, now) ? 'shared' : undefined;
}

/** The refusal to callers who cannot see the image, whether it exists or not. */
export const imageNotFound = ({ region, imageId }: ImageKey): ActionError =>
  new ActionError('ImageNotFound', {
    detail: `Image ${imageId} doesn't exist in ${region}, or isn't shared with you.`,
    rule: 'received.visible',
  });

/** The image as seen by `principal`. Refuses with ImageNotFound. */
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

/** What only the owner may do, with the rule that a recipient meets when it tries. */
export const ownersActs = {
  share: 'share.no-reshare',
  'list-shares': 'received.privacy',
  cancel: 'owner.cancels',
  'set-list': 'owner.sets-list',
  update: 'received.read-only',
  copy: 'received.no-copy',
  delete: 'received.no-delete',
} as const satisfies Record<string, RefusingRule>;
export type OwnersAct = keyof typeof ownersActs;

/** The rule that whoever does not own the image meets with an act of its owner. Public images are shared by nobody. */
export const ruleAgainst = (act: OwnersAct, visibility: Exclude<Visibility, 'owned'>): RefusingRule =>
  visibility === 'public' && (act === 'share' || act === 'set-list') ? 'share.custom-only' : ownersActs[act];

/**
 * The image for an act of its owner. Refuses with ImageNotFound to whoever cannot see the image, and with NotOwner and
 * the rule of the act to a recipient.
 */
export function requireOwned(act: OwnersAct, key: ImageKey, image: Image | undefined, principal: PrincipalId, now: Date): Image {
  const seen = requireVisible(key, image, principal, now);
  if (seen.visibility !== 'owned') {
    const rule = ruleAgainst(act, seen.visibility);
    throw refusal(
      rule,
      seen.visibility === 'public'
        ? `Image ${key.imageId} is public`
        : `${catalog[rule].says} The image owner is ${seen.image.owner}`,
    );
  }
  return seen.image;
}
