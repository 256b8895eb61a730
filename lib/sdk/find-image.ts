import { ImageId } from '../model/ids.ts';
import type { ImageView } from '../model/views/image.ts';
import { ifFound } from './if-found.ts';
import type { Service } from './service.ts';

/** Returns undefined if the ID is malformed, or if the caller can't see such an image. */
export async function findImage(id: string, service: Service): Promise<ImageView | undefined> {
  const imageId = ImageId.safeParse(id);
  return imageId.success ? ifFound('ImageNotFound', () => service.getImage(imageId.data)) : undefined;
}

/** Returns the images among these that the caller can see, in the order of lists: own ones first, newest first. */
export async function findImages(ids: readonly string[], service: Service): Promise<readonly ImageView[]> {
  const images = await Promise.all([...new Set(ids)].map((id) => findImage(id, service)));
  return images.filter((image) => image !== undefined).sort(inListOrder);
}

const parts: readonly ImageView['visibility'][] = ['owned', 'shared', 'public'];

const inListOrder = (a: ImageView, b: ImageView): number =>
  parts.indexOf(a.visibility) - parts.indexOf(b.visibility) ||
  b.createdAt.localeCompare(a.createdAt) ||
  b.imageId.localeCompare(a.imageId);
