import { ActionError } from '../model/error.ts';
import type { ImageId } from '../model/ids.ts';
import type { ImageView } from '../model/views/image.ts';
import type { Service } from './service.ts';

/** How often other changes of the image can come in between. */
const attemptsMax = 20;

/**
 * Reads an image and calls `act` on it, with a service that updates or deletes the image only at the revision that was read. If
 * the image was changed in between, starts over. Throws what `act` and getImage throw.
 */
export async function withCurrentImage<Result>(
  imageId: ImageId,
  service: Service,
  act: (image: ImageView, atRevision: Service) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const image = await service.getImage(imageId);
    try {
      return await act(image, service.withOptions({ revision: image.revision }));
    } catch (failure) {
      const hasChanged = failure instanceof ActionError && failure.code === 'PreconditionFailed';
      if (!hasChanged || attempt === attemptsMax) {
        throw failure;
      }
    }
  }
}

/** Updates an image depending on its current details, so that concurrent changes of different tags aren't lost. */
export const editImage = (
  imageId: ImageId,
  service: Service,
  changesOf: (image: ImageView) => Parameters<Service['updateImage']>[1],
): Promise<unknown> =>
  withCurrentImage(imageId, service, (image, atRevision) => atRevision.updateImage(imageId, changesOf(image)));
