import { ActionError } from '../model/error.ts';
import type { ImageKey } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { ImageExpectation } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { liveEntries, namesOf } from './recipients.ts';
import { refusal } from './rule.ts';
import type { Visibility } from './visibility.ts';

/** The image's key, without the image. */
export const keyOf = ({ region, imageId }: ImageKey): ImageKey => ({ region, imageId });

/** Whether the image's data are there, so that instances and copies can be made from it. */
export const hasData = ({ state }: Pick<Image, 'state'>): boolean => state === 'available' || state === 'deprecated';

/** The refusal of what must not be done to an image while somebody holds it; undefined when nobody does. */
export function whyNotWhileShared(
  image: Image,
  now: Date,
  what: string,
  rule: 'delete.guard' | 'owner.deprecates',
): ActionError | undefined {
  const recipients = namesOf(liveEntries(image.recipients, now));
  if (recipients.length === 0) {
    return undefined;
  }
  const who = `${recipients.length} ${recipients.length === 1 ? 'recipient' : 'recipients'}`;
  return refusal(rule, `Image ${image.imageId} is shared with ${who} and can't be ${what} in ${image.region}`, {
    recipients,
    used: recipients.length,
  });
}

/**
 * The disks that an account or project gets of an image: a recipient, where the policy says so, the system disk alone.
 * Rule `share.data-disks`.
 */
export const disksFor = (image: Image, visibility: Visibility, policy: Policy): readonly number[] =>
  visibility === 'shared' && policy.dataDisksWhenShared === 'system-disk' ? image.disksGiB.slice(0, 1) : image.disksGiB;

/** Refuses with PreconditionFailed when the details of the image are at none of the revisions that the caller has seen. */
export function requireRevision(image: Image, revisionsSeen: readonly number[] | undefined): void {
  if (revisionsSeen !== undefined && !revisionsSeen.includes(image.detailsRevision)) {
    throw new ActionError('PreconditionFailed', {
      detail: `Image ${image.imageId} was modified (revision ${image.detailsRevision}). Get the latest version, and then try again.`,
    });
  }
}

/** What a write expects whose caller has seen some revision. */
export const expectRevision = (
  { detailsRevision }: Image,
  revisionsSeen: readonly number[] | undefined,
): Pick<ImageExpectation, 'detailsRevision'> => (revisionsSeen === undefined ? {} : { detailsRevision });
