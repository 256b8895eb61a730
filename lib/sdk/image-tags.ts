import { ActionError } from '../model/error.ts';
import type { ImageId } from '../model/ids.ts';
import type { Tags } from '../model/image.ts';
import type { Service } from './service.ts';

/** How often other changes of the image can come in between. */
const attemptsMax = 10;

/**
 * Changes some tags of an image. `change` returns the new tags and can be called several times, each time with the current ones,
 * so that concurrent changes of different tags aren't lost. Throws what getImage and updateImage throw.
 */
export async function changeTags(
  imageId: ImageId,
  change: (tags: Tags) => Tags,
  service: Service,
  { isDryRun = false }: { readonly isDryRun?: boolean } = {},
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { tags, revision } = await service.getImage(imageId);
    try {
      await service.withOptions({ revision, isDryRun }).updateImage(imageId, { tags: change(tags) });
      return;
    } catch (failure) {
      const hasChanged = failure instanceof ActionError && failure.code === 'PreconditionFailed';
      if (!hasChanged || attempt === attemptsMax) {
        throw failure;
      }
    }
  }
}
