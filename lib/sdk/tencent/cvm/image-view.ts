import type { ImageState } from '../../../model/image.ts';
import type { ImageView } from '../../../model/views.ts';
import type { Fields } from '../../wire.ts';
import { timeOf } from '../parameters.ts';
import { tagsOf } from './tags.ts';

/** Whose image it is, as the cloud calls it. */
export const imageTypes = { owned: 'PRIVATE_IMAGE', shared: 'SHARED_IMAGE', public: 'PUBLIC_IMAGE' } as const satisfies Record<
  ImageView['visibility'],
  string
>;

/** An image that is pending is told to be made of an instance, though it may be one that is read in. */
const states: Readonly<Record<ImageState, string>> = {
  pending: 'CREATING',
  copying: 'SYNCING',
  available: 'NORMAL',
  deprecated: 'NORMAL',
  failed: 'CREATEFAILED',
};

const architectures: Readonly<Record<ImageView['architecture'], string>> = { x86_64: 'x86_64', arm64: 'arm' };

/** The cloud's states of an image have no word for a deprecated one: a flag tells it. */
export const stateOf = ({ state }: Pick<ImageView, 'state'>): string => states[state];

export const architectureOf = ({ architecture }: Pick<ImageView, 'architecture'>): string => architectures[architecture];

/** The family of operating systems: the first word of the name, such as CentOS or Windows. */
export const platformOf = ({ os }: Pick<ImageView, 'os'>): string => os.split(' ', 1)[0] ?? '';

/** Whether instances of CVM can be made of the image; of one of Lighthouse's alone they cannot. */
export const isOfCvm = ({ products }: Pick<ImageView, 'products'>): boolean => products.includes('standard');

/**
 * An image as DescribeImages tells it. Source: the data type Image of CVM 2017-03-12 in the SDK for Node. The creator of an
 * image is told to be its owner.
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
  SyncPercent: image.state === 'copying' ? null : 100,
  IsSupportCloudinit: true,
  SnapshotSet: image.disksGiB.map((DiskSize, at) => ({ DiskUsage: at === 0 ? 'SYSTEM_DISK' : 'DATA_DISK', DiskSize })),
  Tags: tagsOf(image.tags),
  LicenseType: 'TencentCloud',
  ImageFamily: '',
  ImageDeprecated: image.state === 'deprecated',
});
