import * as z from 'zod';
import type { ImageId, InstanceId, PrincipalId, Region } from './ids.ts';
import { type Image, ImageState, type Product } from './image.ts';

/** An instance launched from an image. It outlives both image and share, so it has its own copy of what a new image needs. */
export interface Instance extends Pick<Image, 'os' | 'architecture' | 'disksGiB' | 'encryption'> {
  readonly region: Region;
  readonly instanceId: InstanceId;
  readonly principal: PrincipalId;
  /** The image that the system disk was last created from. */
  readonly imageId: ImageId;
  readonly product: Product;
  readonly createdAt: Date;
}

/**
 * Whether an instance can be reinitialized from its image: yes if the image is `available` or `deprecated`. `incompatible` means
 * that its owner removed the product of the instance from the image.
 */
export const ImageStatus = z.enum([...ImageState.options, 'incompatible', 'not-shared', 'deleted']);
export type ImageStatus = z.infer<typeof ImageStatus>;
