import { ActionError, invalidField } from '../model/error.ts';
import type { ImageKey } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { type ImageOrigin, newImage } from './make-image.ts';
import { recordedChange, recordOf } from './records.ts';
import { planUpdate } from './update-image.ts';
import { imageNotFound, publicOwner } from './visibility.ts';

type Facts = { readonly policy: Policy; readonly stamp: Stamp };

/** What of a public image stays as it was made. */
const fixed = ['disksGiB', 'os', 'architecture', 'product'] as const satisfies readonly (keyof Image)[];

/**
 * Plans a public image: made, or its name, description, tags and deprecation changed. It belongs to no principal, counts
 * toward no quota, and is seen and launched by all. Refuses with ImageNotUsable when the id is or was that of another image.
 */
export function planPublicImage(
  key: ImageKey,
  wanted: Omit<ImageOrigin, 'state'> & { readonly deprecated: boolean },
  found: Image | undefined,
  { policy, stamp }: Facts,
): Plan<Image> {
  const { deprecated, ...origin } = wanted;
  if (found === undefined) {
    const image = newImage({ ...origin, state: deprecated ? 'deprecated' : 'available' }, key, publicOwner, stamp);
    return {
      result: image,
      steps: [
        { do: 'create-image', image },
        { do: 'put-record', record: recordOf('PutPublicImage', image, { policy, stamp }) },
      ],
    };
  }
  if (found.owner !== publicOwner || found.deletedAt !== undefined) {
    throw new ActionError('ImageNotUsable', {
      detail: `Image ID ${key.imageId} is already in use in ${key.region}. Choose a different ID.`,
    });
  }
  const changed = fixed.find((name) => JSON.stringify(origin[name]) !== JSON.stringify(found[name]));
  if (changed !== undefined) {
    throw invalidField(changed === 'disksGiB' ? 'sizeGiB' : changed, "can't be changed after the image is created");
  }
  const { name, description, tags } = origin;
  return planUpdate({ name, description, tags, deprecated }, found, { action: 'PutPublicImage', policy, stamp });
}

/** Plans the end of a public image. Refuses with ImageNotFound. */
export function planPublicImageEnd(key: ImageKey, found: Image | undefined, { policy, stamp }: Facts): Plan<null> {
  if (found?.owner !== publicOwner || found.deletedAt !== undefined) {
    throw imageNotFound(key);
  }
  return {
    result: null,
    steps: recordedChange(
      found,
      { expect: {}, change: { details: { state: 'deleted' }, deletedAt: stamp.at } },
      recordOf('DeletePublicImage', found, { policy, stamp }),
    ),
  };
}
