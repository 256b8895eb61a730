import type { ImageState } from '../../model/image.ts';
import type { ImageView } from '../../model/views.ts';
import type { Fields } from '../wire.ts';
import { tagsOf } from './tags.ts';
import { toSecond } from './times.ts';

/** `Status` by image state. ECS also reports `Creating` while an image is being copied. */
export const statuses: Readonly<Record<ImageState, string>> = {
  pending: 'Creating',
  copying: 'Creating',
  available: 'Available',
  failed: 'CreateFailed',
  deprecated: 'Deprecated',
};

/** `ImageOwnerAlias` by visibility. */
export const ownerAliases: Readonly<Record<ImageView['visibility'], string>> = {
  owned: 'self',
  shared: 'others',
  public: 'system',
};

/** Derives `windows` or `linux` from the name of the operating system. */
export const osTypeOf = (os: string): string => (/^\s*windows|\bwindows\b/i.test(os) ? 'windows' : 'linux');

/**
 * Formats an image for DescribeImages. Only the owner sees `IsSelfShared`; its values are spelled as in real responses.
 *
 * Source: DescribeImages in the ECS API reference, response parameters and examples.
 */
export const imageFields = (image: ImageView): Fields => ({
  ImageId: image.imageId,
  ImageName: image.name,
  Description: image.description,
  ImageOwnerAlias: ownerAliases[image.visibility],
  ...ownerIdField(image.owner),
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
    DiskDeviceMapping: image.disksGiB.map((sizeGiB, index) => ({
      Device: deviceName(index),
      Type: index === 0 ? 'system' : 'data',
      Size: String(sizeGiB),
      Encrypted: image.encryption !== 'none',
    })),
  },
  Tags: tagsOf(image.tags),
});

/** The device name of a disk. Index 0 is the system disk. */
export const deviceName = (index: number): string => `/dev/xvd${String.fromCharCode('a'.charCodeAt(0) + index)}`;

/** The owner's id as a number, because SDKs fail on a string. Omitted if a JSON number can't represent it exactly. */
const ownerIdField = (owner: string): { ImageOwnerId?: number } =>
  /^[1-9]\d*$/.test(owner) && Number.isSafeInteger(Number(owner)) ? { ImageOwnerId: Number(owner) } : {};
