import type { ImageId } from '../../../model/ids.ts';
import type { ImageState } from '../../../model/image.ts';
import type { ImageView } from '../../../model/views.ts';
import type { Service } from '../../service.ts';
import { type Fields, ProviderError } from '../../wire.ts';
import { isOfCvm, platformOf } from '../cvm/image-view.ts';
import { found } from '../dry-run.ts';
import { blueprintIdOf, timeOf } from '../parameters.ts';

/** A blueprint is an image of which instances of Lighthouse can be made. */
export const isBlueprint = ({ products }: Pick<ImageView, 'products'>): boolean => products.includes('lightweight');

/** The blueprint with that id, however the caller sees it. */
export async function blueprintNamed(service: Service, imageId: ImageId): Promise<ImageView> {
  const image = await found(service.image(imageId));
  if (image === undefined || !isBlueprint(image)) {
    throw new ProviderError({
      code: 'ResourceNotFound.BlueprintIdNotFound',
      message: `There is no blueprint ${blueprintIdOf(imageId)} in ${service.region} that you can see.`,
    });
  }
  return image;
}

/** Whose blueprint it is, as Lighthouse calls it. Public images are told to be plain systems. */
const types: Readonly<Record<ImageView['visibility'], string>> = { owned: 'PRIVATE', shared: 'SHARED', public: 'PURE_OS' };

const states: Readonly<Record<ImageState, string>> = {
  pending: 'CREATING',
  copying: 'SYNCING',
  available: 'NORMAL',
  deprecated: 'NORMAL',
  failed: 'CREATEFAILED',
};

/**
 * A blueprint as DescribeBlueprints tells it. Source: the data type Blueprint of Lighthouse 2020-03-24 in the SDK for Node.
 * What is told of applications and of the instances that a blueprint wants is empty, since nothing of that is kept here.
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
  ImageId: isOfCvm(image) ? image.imageId : null,
  CommunityUrl: '',
  GuideUrl: '',
  SceneIdSet: [],
  DockerVersion: null,
  BlueprintShared: (image.shareCount ?? 0) > 0,
});

export const platformTypeOf = (image: ImageView): string => (platformOf(image) === 'Windows' ? 'WINDOWS' : 'LINUX_UNIX');
export const blueprintTypeOf = ({ visibility }: ImageView): string => types[visibility];
export const blueprintStateOf = ({ state }: ImageView): string => states[state];
