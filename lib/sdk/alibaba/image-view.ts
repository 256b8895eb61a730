import { type ImageState, isBeingMade } from '../../model/image.ts';
import type { ImageView } from '../../model/views/image.ts';
import type { Fields } from '../wire.ts';
import { osTypeOf, platformOf } from './platforms.ts';
import { snapshotsOf } from './snapshot-id.ts';
import { tagsOf } from './tags.ts';
import { toSecond } from './times.ts';

/** `Status` by image state. ECS also reports `Creating` while an image is being copied. */
export const statuses = {
  pending: 'Creating',
  copying: 'Creating',
  available: 'Available',
  failed: 'CreateFailed',
  deprecated: 'Deprecated',
} as const satisfies Readonly<Record<ImageState, string>>;

/** `ImageOwnerAlias` by visibility. */
export const ownerAliases: Readonly<Record<ImageView['visibility'], string>> = {
  owned: 'self',
  shared: 'others',
  public: 'system',
};

/** Whether instances can be launched from the image. */
export const isUsable = ({ state }: Pick<ImageView, 'state'>): boolean => !isBeingMade(state) && state !== 'failed';

/** How far an image or one of its snapshots is: the compute platform reports only that it is finished or has failed. */
export const progressOf = (image: Pick<ImageView, 'state'>): string => (isUsable(image) ? '100%' : '0%');

/** The default of ImportImage: images have no boot mode of their own. */
export const bootModeOf = ({ architecture }: Pick<ImageView, 'architecture'>): string =>
  architecture === 'arm64' ? 'UEFI' : 'BIOS';

/** What all images have in common, because the service doesn't know their content. Lists can be filtered by these. */
export const imageProperties = { IsSupportCloudinit: true, IsSupportIoOptimized: true } as const;

/** The defaults of the cloud, for what the service doesn't know or have. */
const imageDefaults = {
  ImageFamily: '',
  ImageVersion: '',
  IsSubscribed: false,
  LoginAsNonRootSupported: false,
  ProductCode: '',
  ResourceGroupId: '',
  SupplierName: '',
  Features: {
    NvmeSupport: 'unsupported',
    ImdsSupport: 'v1',
    CpuOnlineUpgrade: 'unsupported',
    CpuOnlineDowngrade: 'unsupported',
    MemoryOnlineUpgrade: 'unsupported',
    MemoryOnlineDowngrade: 'unsupported',
  },
  SecureBootOptions: { SecureBootSupport: 'unsupported' },
} as const;

/**
 * Formats an image for DescribeImages. Only the owner sees `IsSelfShared` and the snapshots; the values of `IsSelfShared` are
 * spelled as in real responses. `inUse`: whether instances use the image.
 *
 * Source: DescribeImages in the ECS API reference, response parameters and examples.
 */
export const imageFields = (image: ImageView, { inUse }: { readonly inUse: boolean }): Fields => ({
  ImageId: image.imageId,
  ImageName: image.name,
  Description: image.description,
  ImageOwnerAlias: ownerAliases[image.visibility],
  ...ownerIdField(image.owner),
  IsSelfShared: image.shareCount === undefined ? '' : image.shareCount > 0 ? 'True' : 'False',
  IsPublic: image.visibility === 'public',
  IsCopied: image.origin === 'copy' || image.origin === 'save',
  ...imageProperties,
  ...imageDefaults,
  Status: statuses[image.state],
  Usable: isUsable(image),
  Usage: inUse ? 'instance' : 'none',
  Progress: progressOf(image),
  Size: image.sizeGiB,
  Architecture: image.architecture,
  BootMode: bootModeOf(image),
  OSType: osTypeOf(image.os),
  OSName: image.os,
  OSNameEn: image.os,
  Platform: platformOf(image.os),
  CreationTime: toSecond(image.createdAt),
  DiskDeviceMappings: {
    DiskDeviceMapping: snapshotsOf(image).map(({ snapshotId, index, sizeGiB }) => ({
      Device: deviceName(index),
      Type: diskTypeOf(index),
      Size: String(sizeGiB),
      SnapshotId: image.visibility === 'owned' ? snapshotId : '',
      Format: '',
      ImportOSSBucket: '',
      ImportOSSObject: '',
      Progress: progressOf(image),
      RemainTime: 0,
      Encrypted: image.encryption !== 'none',
    })),
  },
  Tags: tagsOf(image.tags),
});

/** The device name of a disk. Index 0 is the system disk. */
export const deviceName = (index: number): string => `/dev/xvd${String.fromCharCode('a'.charCodeAt(0) + index)}`;

/** The type of a disk. Index 0 is the system disk. */
export const diskTypeOf = (index: number): 'system' | 'data' => (index === 0 ? 'system' : 'data');

/** The owner's ID as a number, because SDKs fail on a string. Omitted if a JSON number can't represent it exactly. */
const ownerIdField = (owner: string): { ImageOwnerId?: number } =>
  /^[1-9]\d*$/.test(owner) && Number.isSafeInteger(Number(owner)) ? { ImageOwnerId: Number(owner) } : {};
