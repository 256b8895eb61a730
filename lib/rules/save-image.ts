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

/** Why an image that its principal sees cannot be saved, or undefined when it can. Rule `received.save`. */
export function whyNotSavable(image: Image, visibility: Visibility, policy: Policy): ActionError | undefined {
  if (visibility !== 'shared') {
    return refusal(
      'received.save',
      `${visibility === 'owned' ? `You already own image ${image.imageId}` : `Image ${image.imageId} is public`}`,
    );
  }
  if (!policy.recipientMaySave) {
    return refusal('received.save', `Saving shared images isn't supported in ${image.region}`);
  }
  return whyNotUsable(image, visibility);
}

/** What the saved image is called and said to be; what is absent is taken from the shared one. */
interface Details {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: Tags | undefined;
}

/**
 * Plans a recipient's own image with what a shared one holds for it, in the same region. Refuses with ImageNotFound,
 * ImageNotUsable, ImageQuotaExceeded. Rules `received.save`, `quota.images`.
 */
export function planSave(
  key: ImageKey,
  { image: found, principal }: { image: Image | undefined; principal: PrincipalId },
  facts: { details: Details; imageId: ImageId; policy: Policy; used: number; stamp: Stamp },
): Plan<Image> {
  const { details, ...making } = facts;
  const { image, visibility } = requireVisible(key, found, principal, facts.stamp.at);
  const why = whyNotSavable(image, visibility, facts.policy);
  if (why !== undefined) {
    throw why;
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
    { ...making, action: 'SaveSharedImage', region: key.region, owner: principal, source: keyOf(image) },
  );
}
