import * as z from 'zod';
import { lineOf } from '../../model/fields.ts';
import { disksMax } from '../../model/limits.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { missingParameter, snapshotNotFound } from './error-codes.ts';
import { CallOptions, Description, ImageId, InstanceId, Name, upTo, withOptions } from './parameters.ts';
import { StatedTags } from './tags.ts';

/** What ImportImage takes a disk to be whose size the call does not state: the size of ECS's smallest usual system disks. */
const diskGiBDefault = 40;
/** The largest disk that ImportImage takes, by the ECS API reference. */
const diskGiBMax = 2_048;

const Disk = z
  .object({ DiskImageSize: upTo(diskGiBMax).optional(), DiskImSize: upTo(diskGiBMax).optional() })
  .transform(({ DiskImageSize, DiskImSize }) => DiskImageSize ?? DiskImSize ?? diskGiBDefault);

/** Registers an image, which is available at once. Where its file lies means nothing here. */
export const importImage = wireAction({
  parameters: z.object({
    ...CallOptions,
    ImageName: Name.default('imported'),
    Description: Description.optional(),
    Platform: Text.pipe(lineOf(32)).optional(),
    OSType: z.enum(['windows', 'linux'], { error: 'must be windows or linux' }).optional(),
    Architecture: z.enum(['x86_64', 'arm64'], { error: 'must be x86_64 or arm64' }).optional(),
    DiskDeviceMapping: z.array(Disk).max(disksMax, `must be at most ${disksMax} disks`).default([]),
    Tag: StatedTags.optional(),
  }),
  run: ({ ImageName, Platform, OSType, DiskDeviceMapping, ...parameters }, service) =>
    withOptions(parameters, service, async (calls) => {
      const [sizeGiB = diskGiBDefault, ...disks] = DiskDeviceMapping;
      const { imageId } = await calls.importImage({
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

/** Makes an image of an instance. There are no snapshots here that one could be made of. */
export const createImage = wireAction({
  parameters: z.object({
    ...CallOptions,
    InstanceId: InstanceId.optional(),
    SnapshotId: Text.optional(),
    DiskDeviceMapping: z.array(z.unknown()).optional(),
    ImageName: Name.optional(),
    Description: Description.optional(),
    Tag: StatedTags.optional(),
  }),
  run: ({ InstanceId: instanceId, SnapshotId, DiskDeviceMapping, ...parameters }, service) =>
    withOptions(parameters, service, async (calls) => {
      if (instanceId === undefined) {
        throw new ProviderError(
          SnapshotId === undefined && DiskDeviceMapping === undefined ? missingParameter('InstanceId') : snapshotNotFound,
        );
      }
      const { imageId } = await calls.imageOf(instanceId, {
        name: parameters.ImageName ?? `image-of-${instanceId}`,
        description: parameters.Description,
        tags: parameters.Tag,
      });
      return { ImageId: imageId };
    }),
});

/** Changes an own image's name, description or whether it is deprecated; what is not stated stays. */
export const modifyImageAttribute = wireAction({
  parameters: z.object({
    DryRun: CallOptions.DryRun,
    ImageId,
    ImageName: Name.optional(),
    Description: Description.optional(),
    Status: z.enum(['Deprecated', 'Available'], { error: 'must be Deprecated or Available' }).optional(),
  }),
  run: ({ ImageId: imageId, ImageName: name, Description: description, Status, DryRun }, service) =>
    withOptions({ DryRun }, service, async (calls) => {
      await calls.updateImage(imageId, {
        name,
        description,
        deprecated: Status === undefined ? undefined : Status === 'Deprecated',
      });
      return {};
    }),
});

/** Deletes an own image. `Force` changes nothing: instances that were made from it are no obstacle, its shares always are. */
export const deleteImage = wireAction({
  parameters: z.object({ DryRun: CallOptions.DryRun, ImageId }),
  run: ({ ImageId: imageId, DryRun }, service) =>
    withOptions({ DryRun }, service, async (calls) => {
      await calls.deleteImage(imageId);
      return {};
    }),
});
