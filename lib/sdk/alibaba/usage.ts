import type { ImageView } from '../../model/views/image.ts';
import { ifFound } from '../if-found.ts';
import type { Service } from '../service.ts';

/**
 * Returns the IDs of those images that instances use: of the caller or, if it owns the image, of a recipient. A recipient
 * counts from its first launch for as long as the image is shared with it: listing the instances of every recipient would read
 * too much. Reads the shares of at most as many images as an account can own in a region.
 */
export async function imagesInUse(images: readonly ImageView[], service: Service): Promise<ReadonlySet<string>> {
  if (images.length === 0) {
    return new Set();
  }
  const launched = new Set<string>((await service.listInstances()).map(({ imageId }) => imageId));
  const shared = images.filter(({ imageId, shareCount = 0 }) => shareCount > 0 && !launched.has(imageId));
  const used = await Promise.all(shared.map(async (image) => ((await hasUsedShare(image, service)) ? [image.imageId] : [])));
  return new Set([...launched, ...used.flat()]);
}

async function hasUsedShare({ imageId }: ImageView, service: Service): Promise<boolean> {
  // The image can have been deleted in the meantime.
  const found = await ifFound('ImageNotFound', () => service.listShares(imageId));
  return found?.shares.some(({ lastUsedAt }) => lastUsedAt !== undefined) ?? false;
}
