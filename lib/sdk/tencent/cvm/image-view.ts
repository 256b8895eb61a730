import type { ImageState } from '../../../model/image.ts';
import type { ImageView } from '../../../model/views/image.ts';
import type { Fields } from '../../wire.ts';
import { snapshotIdOf } from '../derived-ids.ts';
import { familyOf } from '../image-tags.ts';
import { timeOf } from '../parameters.ts';
import { tagsOf } from './tags.ts';

/** `ImageType` by visibility. */
export const imageTypes = { owned: 'PRIVATE_IMAGE', shared: 'SHARED_IMAGE', public: 'PUBLIC_IMAGE' } as const satisfies Record<
  ImageView['visibility'],
  string
>;

/** A pending image is always `CREATING`, even while it is being imported. */
const states: Readonly<Record<ImageState, string>> = {
  pending: 'CREATING',
  copying: 'SYNCING',
  available: 'NORMAL',
  deprecated: 'NORMAL',
  failed: 'CREATEFAILED',
};

const architectures: Readonly<Record<ImageView['architecture'], string>> = { x86_64: 'x86_64', arm64: 'arm' };

/** `ImageState`. Tencent Cloud has no state for deprecated images, only the flag `ImageDeprecated`. */
export const stateOf = ({ state }: Pick<ImageView, 'state'>): string => states[state];

export const architectureOf = ({ architecture }: Pick<ImageView, 'architecture'>): string => architectures[architecture];

/** The first word of the operating system's name, such as CentOS or Windows. */
export const platformOf = ({ os }: Pick<ImageView, 'os'>): string => os.replace(/ .*/, '');

/** Whether CVM instances can be launched from the image. False for images that only Lighthouse supports. */
export const isCvmImage = ({ products }: Pick<ImageView, 'products'>): boolean => products.includes('standard');

/** The snapshots of an image: one for each disk. A failed image has none. */
export const diskSnapshotsOf = ({ imageId, state, disksGiB }: ImageView) =>
  state === 'failed'
    ? []
    : disksGiB.map((DiskSize, index) => ({
        SnapshotId: snapshotIdOf(imageId, index),
        DiskUsage: index === 0 ? 'SYSTEM_DISK' : 'DATA_DISK',
        DiskSize,
      }));

/**
 * Formats an image for DescribeImages. `ImageCreator` is the owner. The progress of an image that isn't available is unknown.
 * Source: the data type Image of CVM 2017-03-12 in the SDK for Node.
 */
export const cvmImage = (image: ImageView): Fields => ({
  ImageId: image.imageId,
  OsName: image.os,
  ImageType: imageTypes[image.visibility],
  CreatedTime: timeOf(image.createdAt),
  ImageName: image.name,
  ImageDescription: image.description,
  ImageSize: image.sizeGiB,
  Architecture: architectureOf(image),
  ImageState: stateOf(image),
  Platform: platformOf(image),
  ImageCreator: image.owner,
  ImageSource: image.visibility === 'public' ? 'OFFICIAL' : 'CREATE_IMAGE',
  SyncPercent: stateOf(image) === 'NORMAL' ? 100 : null,
  IsSupportCloudinit: true,
  SnapshotSet: diskSnapshotsOf(image),
  Tags: tagsOf(image),
  LicenseType: 'TencentCloud',
  ImageFamily: familyOf(image),
  ImageDeprecated: image.state === 'deprecated',
  CdcCacheStatus: '',
});
