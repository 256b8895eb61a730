import * as z from 'zod';
import { lineOf } from '../../model/fields.ts';
import { disksMax } from '../../model/limits.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { missingParameter, snapshotNotFound } from './error-codes.ts';
import { CallOptions, countUpTo, Description, ImageId, InstanceId, Name, runWithOptions } from './parameters.ts';
import { TagList } from './tags.ts';

/** The size of a disk if ImportImage doesn't specify one: that of the smallest common system disks of ECS. */
const diskGiBDefault = 40;
/** The largest disk that ImportImage accepts. Source: ECS API reference. */
const diskGiBMax = 2_048;

const Disk = z
  .object({ DiskImageSize: countUpTo(diskGiBMax).optional(), DiskImSize: countUpTo(diskGiBMax).optional() })
  .transform(({ DiskImageSize, DiskImSize }) => DiskImageSize ?? DiskImSize ?? diskGiBDefault);

/** Registers an image, which is available immediately. The location of its file has no effect. */
export const importImage = wireAction({
  parameters: z.object({
    ...CallOptions,
    ImageName: Name.default('imported'),
    Description: Description.optional(),
    Platform: Text.pipe(lineOf(32)).optional(),
    OSType: z.enum(['windows', 'linux'], { error: 'must be windows or linux' }).optional(),
    Architecture: z.enum(['x86_64', 'arm64'], { error: 'must be x86_64 or arm64' }).optional(),
    DiskDeviceMapping: z.array(Disk).max(disksMax, `must be at most ${disksMax} disks`).default([]),
    Tag: TagList.optional(),
  }),
  run: ({ ImageName, Platform, OSType, DiskDeviceMapping, ...parameters }, service) =>
    runWithOptions(parameters, service, async (api) => {
      const [sizeGiB = diskGiBDefault, ...disks] = DiskDeviceMapping;
      const { imageId } = await api.importImage({
        name: ImageName,
        description: parameters.Description,
        os: Platform ?? (OSType === 'windows' ? 'Other Windows' : 'Others Linux'),
        architecture: parameters.Architecture,
        tags: parameters.Tag,
        sizeGiB,
        disks: disks.map((size) => ({ sizeGiB: size })),
      });
      return { ImageId: imageId, TaskId: imageId.replace(/^m-/, 't-'), RegionId: service.region };
    }),
});

/** Creates an image from an instance. Snapshots don't exist here. */
export const createImage = wireAction({
  parameters: z.object({
    ...CallOptions,
    InstanceId: InstanceId.optional(),
    SnapshotId: Text.optional(),
    DiskDeviceMapping: z.array(z.unknown()).optional(),
    ImageName: Name.optional(),
    Description: Description.optional(),
    Tag: TagList.optional(),
  }),
  run: ({ InstanceId: instanceId, SnapshotId, DiskDeviceMapping, ...parameters }, service) =>
    runWithOptions(parameters, service, async (api) => {
      if (instanceId === undefined) {
        throw new ProviderError(
          SnapshotId === undefined && DiskDeviceMapping === undefined ? missingParameter('InstanceId') : snapshotNotFound,
        );
      }
      const { imageId } = await api.createImage(instanceId, {
        name: parameters.ImageName ?? `image-of-${instanceId}`,
        description: parameters.Description,
        tags: parameters.Tag,
      });
      return { ImageId: imageId };
    }),
});

/** Changes the name, description, or deprecation of an image that the caller owns. Omitted parameters don't change. */
export const modifyImageAttribute = wireAction({
  parameters: z.object({
    DryRun: CallOptions.DryRun,
    ImageId,
    ImageName: Name.optional(),
    Description: Description.optional(),
    Status: z.enum(['Deprecated', 'Available'], { error: 'must be Deprecated or Available' }).optional(),
  }),
  run: ({ ImageId: imageId, ImageName: name, Description: description, Status, DryRun }, service) =>
    runWithOptions({ DryRun }, service, async (api) => {
      await api.updateImage(imageId, {
        name,
        description,
        deprecated: Status === undefined ? undefined : Status === 'Deprecated',
      });
      return {};
    }),
});

/** Deletes an image that the caller owns. `Force` has no effect: instances never prevent deletion, shares always do. */
export const deleteImage = wireAction({
  parameters: z.object({ DryRun: CallOptions.DryRun, ImageId }),
  run: ({ ImageId: imageId, DryRun }, service) =>
    runWithOptions({ DryRun }, service, async (api) => {
      await api.deleteImage(imageId);
      return {};
    }),
});
