import type { ActionError } from '../model/error.ts';
import type { ImageId, ImageKey, PrincipalId } from '../model/ids.ts';
import type { Image, Tags } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { disksFor, keyOf } from './images.ts';
import { whyNotUsable } from './instances.ts';
import { planImage } from './make-image.ts';
import { refusal } from './rule.ts';
import { requireVisible, type Visibility } from './visibility.ts';

/** Returns why a visible image can't be saved, or undefined if it can. Rule `received.save`. */
export function whyNotSavable(image: Image, visibility: Visibility, policy: Policy): ActionError | undefined {
  if (visibility !== 'shared') {
    return refusal(
      'received.save',
      visibility === 'owned' ? `You already own image ${image.imageId}` : `Image ${image.imageId} is public`,
    );
  }
  if (!policy.recipientMaySave) {
    return refusal('received.save', `Saving shared images isn't supported in ${image.region}`);
  }
  return whyNotUsable(image, visibility);
}

/** Details of the saved image. Those that are absent are copied from the shared one. */
interface Details {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: Tags | undefined;
}

/**
 * Plans a copy of a shared image that the recipient owns, in the same region. Throws ImageNotFound, ImageNotUsable, and
 * ImageQuotaExceeded. Rules `received.save`, `quota.images`.
 */
export function planSave(
  key: ImageKey,
  { image: storedImage, principal }: { image: Image | undefined; principal: PrincipalId },
  facts: { details: Details; imageId: ImageId; policy: Policy; used: number; stamp: Stamp },
): Plan<Image> {
  const { details, ...imageFacts } = facts;
  const { image, visibility } = requireVisible(key, storedImage, principal, facts.stamp.at);
  const error = whyNotSavable(image, visibility, facts.policy);
  if (error !== undefined) {
    throw error;
  }
  const { os, architecture, product, products, encryption } = image;
  const disksGiB = disksFor(image, visibility, facts.policy);
  return planImage(
    {
      name: details.name ?? image.name,
      description: details.description ?? image.description,
      tags: details.tags ?? image.tags,
      os,
      architecture,
      product,
      products,
      disksGiB,
      encryption,
      state: 'copying',
    },
    { ...imageFacts, action: 'SaveSharedImage', region: key.region, owner: principal, source: keyOf(image) },
  );
}
