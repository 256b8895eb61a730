import type { ImageId, InstanceId, PrincipalId, Region } from './ids.ts';
import type { Image, Product } from './image.ts';

/** An instance that was made from an image. It outlives the image and the share, so it keeps what a further image needs. */
export interface Instance extends Pick<Image, 'os' | 'architecture' | 'disksGiB' | 'encryption'> {
  readonly region: Region;
  readonly instanceId: InstanceId;
  readonly principal: PrincipalId;
  /** The image that its system disk was last made from. */
  readonly imageId: ImageId;
  readonly product: Product;
  readonly createdAt: Date;
}
