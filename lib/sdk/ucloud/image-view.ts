import type { ImageState } from '../../model/image.ts';
import type { ImageView } from '../../model/views/image.ts';
import type { Fields } from '../wire.ts';
import { noTag, osTypeOf, tagKey, unixSeconds } from './parameters.ts';
import { zoneOf } from './zones.ts';

/** `ImageType`. `Shared` isn't documented by UCloud, and there are no `Business` images here. */
export const imageTypes = ['Base', 'Business', 'Custom', 'Shared'] as const;
type ImageType = (typeof imageTypes)[number];

const types: Readonly<Record<ImageView['visibility'], ImageType>> = { owned: 'Custom', shared: 'Shared', public: 'Base' };
export const imageTypeOf = ({ visibility }: ImageView): ImageType => types[visibility];

/** The list that contains the images of a type. */
export const scopes = { Base: 'public', Business: 'public', Custom: 'owned', Shared: 'shared' } as const satisfies Record<
  ImageType,
  ImageView['visibility']
>;

/** `FuncType`: `gpu` and `uhost` are images of the marketplace, which don't exist here. */
export const funcTypes = ['gpu', 'app', 'uhost'] as const;

/** `app`: only for lightweight hosts. Other images have no type. */
export const funcTypeOf = ({ products }: ImageView): 'app' | '' => (products.includes('standard') ? '' : 'app');

/** Deprecated images can still be used, so they are `Available`. Source: https://docs.ucloud.cn/api/uhost-api/describe_image. */
const states: Readonly<Record<ImageState, string>> = {
  pending: 'Making',
  copying: 'Copying',
  available: 'Available',
  failed: 'Unavailable',
  deprecated: 'Available',
};

export const tagOf = ({ tags }: ImageView): string => tags[tagKey] ?? noTag;

/**
 * Formats an entry of `ImageSet`. Of the features, only the architecture is known. Nothing is known of `DataSnapshotIds` and the
 * fields after it, so they have the values of an image without any. Source: https://docs.ucloud.cn/api/uhost-api/describe_image;
 * `Owner` as in CompShare.
 */
export const imageItem = (image: ImageView): Fields => ({
  Zone: zoneOf(image.region),
  ImageId: image.imageId,
  ImageName: image.name,
  ImageDescription: image.description,
  ImageType: imageTypeOf(image),
  State: states[image.state],
  OsType: osTypeOf(image.os),
  OsName: image.os,
  ImageSize: image.disksGiB[0],
  Tag: tagOf(image),
  FuncType: funcTypeOf(image),
  Features: image.architecture === 'arm64' ? ['Aarch64_Type'] : [],
  CreateTime: unixSeconds(image.createdAt),
  DataSnapshotIds: [],
  SupportedGPUTypes: [],
  SceneCategories: [],
  MinimalCPU: '',
  ...(image.visibility === 'shared' && { Owner: { ProjectId: image.owner } }),
});
