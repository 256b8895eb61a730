import { ActionError } from '../model/error.ts';
import type { ImageKey } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { ImageExpectation } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Visibility } from './visibility.ts';

export const keyOf = ({ region, imageId }: ImageKey): ImageKey => ({ region, imageId });

/** The key as text, for maps. */
export const keyText = ({ region, imageId }: ImageKey): string => `${region}#${imageId}`;

const stateTexts: Readonly<Record<Image['state'], string>> = {
  pending: 'is still being created',
  copying: 'is still being copied',
  available: 'is available',
  failed: "couldn't be created",
  deprecated: 'is deprecated',
  deleted: 'was deleted',
};

/** The state of an image in words that follow "it". */
export const stateText = (state: Image['state']): string => stateTexts[state];

/** Whether the image has data, so that instances can be launched and copies made from it. */
export const hasData = ({ state }: Pick<Image, 'state'>): boolean => state === 'available' || state === 'deprecated';

/**
 * Returns the disk sizes that a principal gets from an image. If the policy says so, recipients get only the system disk. Rule
 * `share.data-disks`.
 */
export const disksFor = (image: Image, visibility: Visibility, policy: Policy): readonly number[] =>
  visibility === 'shared' && policy.dataDisksWhenShared === 'system-disk' ? image.disksGiB.slice(0, 1) : image.disksGiB;

/** Throws PreconditionFailed unless the current revision is one of those that the caller has seen. */
export function requireRevision(image: Image, revisionsSeen: readonly number[] | undefined): void {
  if (revisionsSeen !== undefined && !revisionsSeen.includes(image.detailsRevision)) {
    throw new ActionError('PreconditionFailed', {
      detail: `Image ${image.imageId} was modified (revision ${image.detailsRevision}). Get the latest version, and then try again.`,
    });
  }
}

/** The condition of a write whose caller specified revisions. */
export const expectRevision = (
  { detailsRevision }: Image,
  revisionsSeen: readonly number[] | undefined,
): Pick<ImageExpectation, 'detailsRevision'> => (revisionsSeen === undefined ? {} : { detailsRevision });
