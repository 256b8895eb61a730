import { ActionError } from '../../model/error.ts';
import type { ImageId } from '../../model/ids.ts';
import type { ImageView } from '../../model/views.ts';
import type { Service } from '../service.ts';

/** How often an edit is decided again because the image was changed in between. */
const attemptsMax = 20;

/** Changes an image depending on what it is. Decides again if it is changed in between. */
export async function editImage(
  service: Service,
  imageId: ImageId,
  changesOf: (image: ImageView) => Parameters<Service['updateImage']>[1],
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const image = await service.getImage(imageId);
    try {
      await service.withOptions({ revision: image.revision }).updateImage(imageId, changesOf(image));
      return;
    } catch (failure) {
      if (attempt === attemptsMax || !(failure instanceof ActionError && failure.code === 'PreconditionFailed')) {
        throw failure;
      }
    }
  }
}
