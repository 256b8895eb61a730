import { ActionError, invalidField } from '../model/error.ts';
import type { ImageKey } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { type ImageAttributes, newImage } from './make-image.ts';
import { recordedChange, recordOf } from './records.ts';
import { planUpdate } from './update-image.ts';
import { imageNotFound, publicOwner } from './visibility.ts';

type Facts = { readonly policy: Policy; readonly stamp: Stamp };

/** Fields of a public image that can't be changed. */
const immutableFields = ['disksGiB', 'os', 'architecture', 'product'] as const satisfies readonly (keyof Image)[];

/**
 * Plans to create a public image, or to change its name, description, tags, or deprecation. It belongs to no principal, counts
 * toward no quota, and is visible to everyone. Throws ImageNotUsable if the ID is or was used for a different image, and
 * InvalidRequest for changes to immutable fields.
 */
export function planPublicImage(
  key: ImageKey,
  wanted: Omit<ImageAttributes, 'state'> & { readonly deprecated: boolean },
  storedImage: Image | undefined,
  { policy, stamp }: Facts,
): Plan<Image> {
  const { deprecated, ...attributes } = wanted;
  if (storedImage === undefined) {
    const image = newImage({ ...attributes, state: deprecated ? 'deprecated' : 'available' }, key, publicOwner, stamp);
    return {
      result: image,
      steps: [
        { do: 'create-image', image },
        { do: 'put-record', record: recordOf('PutPublicImage', image, { policy, stamp }) },
      ],
    };
  }
  if (storedImage.owner !== publicOwner || storedImage.deletedAt !== undefined) {
    throw new ActionError('ImageNotUsable', {
      detail: `Image ID ${key.imageId} is already in use in ${key.region}. Choose a different ID.`,
    });
  }
  const changed = immutableFields.find((name) => JSON.stringify(attributes[name]) !== JSON.stringify(storedImage[name]));
  if (changed !== undefined) {
    throw invalidField(changed === 'disksGiB' ? 'sizeGiB' : changed, "can't be changed after the image is created");
  }
  const { name, description, tags } = attributes;
  return planUpdate({ name, description, tags, deprecated }, storedImage, { action: 'PutPublicImage', policy, stamp });
}

/** Plans to delete a public image. Throws ImageNotFound. */
export function planDeletePublicImage(key: ImageKey, storedImage: Image | undefined, { policy, stamp }: Facts): Plan<null> {
  if (storedImage?.owner !== publicOwner || storedImage.deletedAt !== undefined) {
    throw imageNotFound(key);
  }
  return {
    result: null,
    steps: recordedChange(
      storedImage,
      { expect: {}, change: { details: { state: 'deleted' }, deletedAt: stamp.at } },
      recordOf('DeletePublicImage', storedImage, { policy, stamp }),
    ),
  };
}
