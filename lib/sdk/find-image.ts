import { ImageId } from '../model/ids.ts';
import { compareTexts } from '../model/order.ts';
import type { ImageView } from '../model/views/image.ts';
import { ifFound } from './if-found.ts';
import type { Service } from './service.ts';

/** Returns undefined if the ID is malformed, or if the caller can't see such an image. */
export async function findImage(id: string, service: Service): Promise<ImageView | undefined> {
  const imageId = ImageId.safeParse(id);
  return imageId.success ? ifFound('ImageNotFound', () => service.getImage(imageId.data)) : undefined;
}

/** Returns the images among these that the caller can see, in the order of the IDs. */
export async function findImages(ids: readonly string[], service: Service): Promise<readonly ImageView[]> {
  const imageIds = [...new Set(ids)].flatMap((id) => ImageId.safeParse(id).data ?? []);
  return imageIds.length === 0 ? [] : service.findImages(imageIds);
}

const parts: readonly ImageView['visibility'][] = ['owned', 'shared', 'public'];

/** Sorts images as lists do: own ones first, newest first. */
export const inListOrder = (images: readonly ImageView[]): readonly ImageView[] =>
  images.toSorted(
    (a, b) =>
      parts.indexOf(a.visibility) - parts.indexOf(b.visibility) ||
      compareTexts(b.createdAt, a.createdAt) ||
      compareTexts(b.imageId, a.imageId),
  );
