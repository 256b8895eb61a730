import type { ImageState } from '../../model/image.ts';
import type { ImageView } from '../../model/views.ts';
import type { Fields } from '../wire.ts';
import { tagsOf } from './tags.ts';
import { toSecond } from './times.ts';

/** `Status` by the image's state. An image that is being copied is being created there. */
export const statuses: Readonly<Record<ImageState, string>> = {
  pending: 'Creating',
  copying: 'Creating',
  available: 'Available',
  failed: 'CreateFailed',
  deprecated: 'Deprecated',
};

/** `ImageOwnerAlias` by how the caller comes to see the image. */
export const ownerAliases: Readonly<Record<ImageView['visibility'], string>> = {
  owned: 'self',
  shared: 'others',
  public: 'system',
};

/** `windows` or `linux`, as the name of the operating system tells. */
export const osTypeOf = (os: string): string => (/^\s*windows|\bwindows\b/i.test(os) ? 'windows' : 'linux');

/**
 * An image as DescribeImages shows it. `IsSelfShared` tells the owner alone whether the image is shared; its values are
 * spelled as real answers spell them.
 *
 * Source: DescribeImages in the ECS API reference, response parameters and examples.
 */
export const imageFields = (image: ImageView): Fields => ({
  ImageId: image.imageId,
  ImageName: image.name,
  Description: image.description,
  ImageOwnerAlias: ownerAliases[image.visibility],
  ...ownerNumber(image.owner),
  IsSelfShared: image.shareCount === undefined ? '' : image.shareCount > 0 ? 'True' : 'False',
  IsPublic: image.visibility === 'public',
  Status: statuses[image.state],
  Progress: image.state === 'available' || image.state === 'deprecated' ? '100%' : '0%',
  Size: image.sizeGiB,
  Architecture: image.architecture,
  OSType: osTypeOf(image.os),
  OSName: image.os,
  OSNameEn: image.os,
  Platform: image.os,
  CreationTime: toSecond(image.createdAt),
  DiskDeviceMappings: {
    DiskDeviceMapping: image.disksGiB.map((sizeGiB, at) => ({
      Device: deviceAt(at),
      Type: at === 0 ? 'system' : 'data',
      Size: String(sizeGiB),
      Encrypted: image.encryption !== 'none',
    })),
  },
  Tags: tagsOf(image.tags),
});

/** The device of a disk: the system disk is the first. */
export const deviceAt = (at: number): string => `/dev/xvd${String.fromCharCode('a'.charCodeAt(0) + at)}`;

/**
 * The owner's id, which is a number on the wire: the clients fail on a text. One that JSON's numbers do not hold exactly is left
 * out rather than told wrongly.
 */
const ownerNumber = (owner: string): { ImageOwnerId?: number } =>
  /^[1-9]\d*$/.test(owner) && Number.isSafeInteger(Number(owner)) ? { ImageOwnerId: Number(owner) } : {};
