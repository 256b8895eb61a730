import * as z from 'zod';
import type { ImageState } from '../../model/image.ts';
import { findImage } from '../find-image.ts';
import type { Service } from '../service.ts';
import { type Fields, ProviderError, wireAction } from '../wire.ts';
import { Flag, Text } from '../wire-fields.ts';
import { snapshotCreatedImage, statusNotFound } from './error-codes.ts';
import { absentFilters, creationTime, filterList } from './filters.ts';
import { diskTypeOf, progressOf } from './image-view.ts';
import { PageOrTokenParameters, pageByToken } from './paging.ts';
import { CallOptions, JsonIdList, NoDryRun, oneOf, runWithOptions } from './parameters.ts';
import { parseSnapshotId, snapshotsOf } from './snapshot-id.ts';
import { TagFilter, tagsOf } from './tags.ts';
import { toSecond } from './times.ts';

const statuses = {
  pending: 'progressing',
  copying: 'progressing',
  available: 'accomplished',
  deprecated: 'accomplished',
  failed: 'failed',
} as const satisfies Readonly<Record<ImageState, string>>;

/** Snapshots belong to images, so they have no disk, instance, policy, key, or resource group. */
const absent = absentFilters({
  InstanceId: Text,
  DiskId: Text,
  SnapshotLinkId: Text,
  KMSKeyId: Text,
  ResourceGroupId: Text,
});

const categoryMalformed = {
  code: 'InvalidSnapshotCategory.Malformed',
  status: 403,
  message: 'The specified Category is not valid.',
};

/** Lists the snapshots of the caller's own images, those of the newest image first. They have the tags of the image. */
export const describeSnapshots = wireAction({
  parameters: z.object({
    ...PageOrTokenParameters,
    ...absent.parameters,
    DryRun: CallOptions.DryRun,
    SnapshotIds: JsonIdList.optional(),
    SnapshotName: Text.optional(),
    Status: oneOf(['progressing', 'accomplished', 'failed', 'all'], statusNotFound).default('all'),
    SnapshotType: oneOf(['auto', 'user', 'all']).default('all'),
    SourceDiskType: oneOf(['system', 'System', 'data', 'Data']).optional(),
    Usage: oneOf(['image', 'disk', 'image_disk', 'none']).default('image'),
    Category: oneOf(['Standard', 'standard', 'Flash', 'flash', 'archive'], categoryMalformed).default('Standard'),
    Encrypted: Flag.optional(),
    Tag: TagFilter.optional(),
    Filter: filterList(creationTime).optional(),
  }),
  run: ({ DryRun, ...request }, service) =>
    runWithOptions({ DryRun }, service, async (api) => {
      const isPossible =
        !absent.areSet(request) &&
        request.SnapshotType !== 'auto' &&
        request.Usage === 'image' &&
        request.Category.toLowerCase() === 'standard';
      const snapshots = (isPossible ? await api.listImages('owned') : [])
        .flatMap(snapshotsOf)
        .filter(
          ({ snapshotId, index, image }) =>
            (request.SnapshotIds?.includes(snapshotId) ?? true) &&
            (request.SnapshotName ?? snapshotId) === snapshotId &&
            (request.Status === 'all' || request.Status === statuses[image.state]) &&
            (request.SourceDiskType?.toLowerCase() ?? diskTypeOf(index)) === diskTypeOf(index) &&
            (request.Encrypted !== true || image.encryption !== 'none') &&
            (request.Tag?.(image.tags) ?? true) &&
            (request.Filter?.(image.createdAt) ?? true),
        );
      const { entries, fields } = pageByToken(snapshots, request);
      return { ...fields, Snapshots: { Snapshot: entries.map(snapshotFields) } };
    }),
});

const snapshotFields = ({ snapshotId, index, sizeGiB, image }: ReturnType<typeof snapshotsOf>[number]): Fields => ({
  SnapshotId: snapshotId,
  SnapshotName: snapshotId,
  Description: '',
  RegionId: image.region,
  Status: statuses[image.state],
  Progress: progressOf(image),
  Available: statuses[image.state] === 'accomplished',
  Usage: 'image',
  Category: 'standard',
  SnapshotType: 'user',
  SourceDiskId: '',
  SourceDiskSize: String(sizeGiB),
  SourceDiskType: diskTypeOf(index),
  Encrypted: image.encryption !== 'none',
  ProductCode: '',
  ResourceGroupId: '',
  CreationTime: toSecond(image.createdAt),
  Tags: tagsOf(image.tags),
});

/**
 * Refuses to delete a snapshot of an image, in any region, and accepts IDs of other snapshots: they are deleted with their image.
 * `Force` applies only to snapshots that disks were created from.
 *
 * Source: DeleteSnapshot in the ECS API reference: "If the specified snapshot ID does not exist, the request is ignored."
 */
export const deleteSnapshot = wireAction({
  parameters: z.object({ ...NoDryRun, SnapshotId: Text, Force: Flag.optional() }),
  run: async ({ SnapshotId }, service) => {
    const snapshots = await Promise.all(service.regions.map((region) => findSnapshot(SnapshotId, service.inRegion(region))));
    if (snapshots.some((snapshot) => snapshot !== undefined)) {
      throw new ProviderError(snapshotCreatedImage);
    }
    return {};
  },
});

/** Returns the snapshot with its image, or undefined if the caller doesn't own such an image. */
export async function findSnapshot(snapshotId: string, service: Service) {
  const id = parseSnapshotId(snapshotId);
  const image = id && (await findImage(id.imageId, service));
  return image?.visibility === 'owned' ? snapshotsOf(image)[id?.index ?? 0] : undefined;
}
