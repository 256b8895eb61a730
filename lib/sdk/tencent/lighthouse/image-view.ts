import type { ImageId } from '../../../model/ids.ts';
import type { ImageState } from '../../../model/image.ts';
import type { ImageView } from '../../../model/views/image.ts';
import { findImage } from '../../find-image.ts';
import type { Service } from '../../service.ts';
import { type Fields, ProviderError } from '../../wire.ts';
import { isCvmImage, platformOf } from '../cvm/image-view.ts';
import { tagsOf } from '../cvm/tags.ts';
import { blueprintIdOf, timeOf } from '../parameters.ts';

/** A blueprint is an image that Lighthouse instances can be launched from. */
export const isBlueprint = ({ products }: Pick<ImageView, 'products'>): boolean => products.includes('lightweight');

/** Returns a blueprint that the caller owns, that is shared with it, or that is public. Throws BlueprintIdNotFound. */
export async function requireBlueprint(service: Service, imageId: ImageId): Promise<ImageView> {
  const image = await findImage(imageId, service);
  if (image === undefined || !isBlueprint(image)) {
    throw new ProviderError({
      code: 'ResourceNotFound.BlueprintIdNotFound',
      message: `The blueprint ${blueprintIdOf(imageId)} does not exist in ${service.region}, or you do not have access to it.`,
    });
  }
  return image;
}

/** `BlueprintType` by visibility. A public image is a plain operating system. */
const types: Readonly<Record<ImageView['visibility'], string>> = { owned: 'PRIVATE', shared: 'SHARED', public: 'PURE_OS' };

const states: Readonly<Record<ImageState, string>> = {
  pending: 'CREATING',
  copying: 'SYNCING',
  available: 'NORMAL',
  deprecated: 'NORMAL',
  failed: 'CREATEFAILED',
};

/**
 * Formats a blueprint for DescribeBlueprints. Fields about applications and required instance sizes are empty, because the
 * service doesn't store them. Source: the data type Blueprint of Lighthouse 2020-03-24 in the SDK for Node.
 */
export const blueprint = (image: ImageView): Fields => ({
  BlueprintId: blueprintIdOf(image.imageId),
  DisplayTitle: image.name,
  DisplayVersion: '',
  Description: image.description,
  OsName: image.os,
  Platform: platformOf(image),
  PlatformType: platformTypeOf(image),
  BlueprintType: types[image.visibility],
  ImageUrl: '',
  RequiredSystemDiskSize: image.disksGiB[0] ?? 0,
  BlueprintState: states[image.state],
  CreatedTime: timeOf(image.createdAt),
  BlueprintName: image.name,
  SupportAutomationTools: false,
  RequiredMemorySize: 0,
  ImageId: isCvmImage(image) ? image.imageId : '',
  CommunityUrl: '',
  GuideUrl: '',
  SceneIdSet: [],
  DockerVersion: null,
  BlueprintShared: (image.shareCount ?? 0) > 0,
  Tags: tagsOf(image),
});

export const platformTypeOf = (image: ImageView): string => (platformOf(image) === 'Windows' ? 'WINDOWS' : 'LINUX_UNIX');
export const blueprintTypeOf = ({ visibility }: ImageView): string => types[visibility];
export const blueprintStateOf = ({ state }: ImageView): string => states[state];
