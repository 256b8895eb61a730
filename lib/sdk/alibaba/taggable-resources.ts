/** The resources that have tags: images, and snapshots, which have the tags of their image. */
import type * as z from 'zod';
import { ActionError, type ErrorCode } from '../../model/error.ts';
import { ImageId } from '../../model/ids.ts';
import type { Tags } from '../../model/image.ts';
import type { ImageView } from '../../model/views/image.ts';
import { editImage } from '../edit-image.ts';
import { findImages, inListOrder } from '../find-image.ts';
import type { Service } from '../service.ts';
import { validateThenRun } from '../validate-then-run.ts';
import { ProviderError } from '../wire.ts';
import { resourceNotFound, resourceNotTaggable, withValue } from './error-codes.ts';
import { oneOf } from './parameters.ts';
import { snapshotsOf } from './snapshot-id.ts';
import { findSnapshot } from './snapshots.ts';

/** Source: ListTagResources and DescribeTags in the SDK reference. */
const resourceTypes = [
  ...['instance', 'disk', 'snapshot', 'image', 'securitygroup', 'volume', 'eni', 'ddh', 'ddhcluster', 'keypair'],
  ...['launchtemplate', 'reservedinstance', 'snapshotpolicy', 'elasticityassurance', 'capacityreservation'],
  ...['command', 'invocation', 'activation', 'managedinstance'],
] as const;
export const ResourceType = oneOf(resourceTypes);
export type ResourceType = z.output<typeof ResourceType>;

/** An image, or a snapshot of one, with the image's tags. */
export interface Resource {
  readonly resourceId: string;
  readonly resourceType: 'image' | 'snapshot';
  readonly image: ImageView;
}

const asImage = (image: ImageView): Resource => ({ resourceId: image.imageId, resourceType: 'image', image });

const asSnapshots = (image: ImageView): Resource[] =>
  snapshotsOf(image).map(({ snapshotId }) => ({ resourceId: snapshotId, resourceType: 'snapshot', image }));

/** Returns the resources with these IDs that the caller can see, or all of them, in the order of DescribeImages. */
export async function visibleResources(
  type: ResourceType,
  ids: readonly string[] | undefined,
  service: Service,
): Promise<Resource[]> {
  switch (type) {
    case 'image':
      return (ids === undefined ? await service.listImages('all') : inListOrder(await findImages(ids, service))).map(asImage);
    case 'snapshot':
      return (await service.listImages('owned'))
        .flatMap(asSnapshots)
        .filter(({ resourceId }) => ids?.includes(resourceId) ?? true);
    default:
      return [];
  }
}

/** Throws an error for types without tags. */
function requireTaggable(type: ResourceType): asserts type is Resource['resourceType'] {
  if (type !== 'image' && type !== 'snapshot') {
    throw new ProviderError(withValue(resourceNotTaggable, 'ResourceType', type));
  }
}

/** Returns undefined for a snapshot that the caller doesn't own, and for an invalid ID. */
const imageIdOf = async (id: string, type: Resource['resourceType'], service: Service): Promise<ImageId | undefined> =>
  type === 'image' ? ImageId.safeParse(id).data : (await findSnapshot(id, service))?.image.imageId;

/**
 * Changes the tags of all resources, or of none if the change of one of them is refused. Throws InvalidResourceId.NotFound for
 * resources that the caller doesn't own.
 */
export async function changeResourceTags(
  { ResourceType: type, ids }: { readonly ResourceType: ResourceType; readonly ids: readonly string[] },
  change: (tags: Tags) => Tags,
  service: Service,
): Promise<void> {
  requireTaggable(type);
  const steps = ids.map((id) => async (api: Service) => {
    const notFound = new ProviderError(withValue(resourceNotFound, 'ResourceId', id));
    const imageId = await imageIdOf(id, type, api);
    if (imageId === undefined) {
      throw notFound;
    }
    await editImage(imageId, api, ({ tags }) => ({ tags: change(tags) })).catch((failure: unknown) => {
      throw failure instanceof ActionError && notOwnedCodes.has(failure.code) ? notFound : failure;
    });
  });
  await validateThenRun(service, false, steps);
}

const notOwnedCodes: ReadonlySet<ErrorCode> = new Set(['ImageNotFound', 'NotOwner']);
