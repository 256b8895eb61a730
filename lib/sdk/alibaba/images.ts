import * as z from 'zod';
import { ActionError, type ErrorCode } from '../../model/error.ts';
import { lineOf } from '../../model/fields.ts';
import { disksMax } from '../../model/limits.ts';
import { WireRefusal, wireAction } from '../wire.ts';
import { Flag, Text } from '../wire-fields.ts';
import { invalidParameter, missingParameter, snapshotNotFound } from './error-codes.ts';
import { CallOptions, Description, ImageId, InstanceId, Name, upTo, withOptions } from './parameters.ts';
import { TagsAsLabels } from './tags.ts';

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
    Tag: TagsAsLabels.optional(),
  }),
  run: ({ ImageName, Platform, OSType, DiskDeviceMapping, ...parameters }, service) =>
    withOptions(parameters, service, async (calls) => {
      const [sizeGiB = diskGiBDefault, ...disks] = DiskDeviceMapping;
      const { imageId } = await calls.importImage({
        name: ImageName,
        description: parameters.Description,
        os: Platform ?? (OSType === 'windows' ? 'Other Windows' : 'Others Linux'),
        architecture: parameters.Architecture,
        labels: parameters.Tag,
        sizeGiB,
        disks: disks.map((size) => ({ sizeGiB: size })),
      });
      return { ImageId: imageId, TaskId: imageId.replace(/^m-/, 't-'), RegionId: service.region };
    }),
});

/** Makes an image of a server. There are no snapshots here that one could be made of. */
export const createImage = wireAction({
  parameters: z.object({
    ...CallOptions,
    InstanceId: InstanceId.optional(),
    SnapshotId: Text.optional(),
    DiskDeviceMapping: z.array(z.unknown()).optional(),
    ImageName: Name.optional(),
    Description: Description.optional(),
    Tag: TagsAsLabels.optional(),
  }),
  run: ({ InstanceId: instanceId, SnapshotId, DiskDeviceMapping, ...parameters }, service) =>
    withOptions(parameters, service, async (calls) => {
      if (instanceId === undefined) {
        throw new WireRefusal(
          SnapshotId === undefined && DiskDeviceMapping === undefined ? missingParameter('InstanceId') : snapshotNotFound,
        );
      }
      const { imageId } = await calls.imageOf(instanceId, {
        name: parameters.ImageName ?? `image-of-${instanceId}`,
        description: parameters.Description,
        labels: parameters.Tag,
      });
      return { ImageId: imageId };
    }),
});

/** What is told of an image that is somebody else's, or no more. */
const othersCodes: ReadonlySet<ErrorCode> = new Set(['NotOwner', 'ImageNotFound']);

/**
 * Copies an own image, within its region or to another one, or saves a shared one as the caller's own within its region.
 * The copy has the image's description and labels, or those that the call states.
 */
export const copyImage = wireAction({
  parameters: z.object({
    ...CallOptions,
    ImageId,
    DestinationRegionId: Text.optional(),
    DestinationImageName: Name.optional(),
    DestinationDescription: Description.optional(),
    Tag: TagsAsLabels.optional(),
    Encrypted: Flag.optional(),
  }),
  run: ({ ImageId: imageId, DestinationRegionId, DestinationImageName: name, ...parameters }, service) =>
    withOptions(parameters, service, async (calls) => {
      const { region } = service;
      const destinationRegion = DestinationRegionId === undefined ? region : service.regionNamed(DestinationRegionId);
      const isWithinRegion = destinationRegion === region;
      if (parameters.Encrypted === true && (await calls.image(imageId)).encryption === 'none') {
        throw new WireRefusal(invalidParameter('Encrypted', 'cannot be true: copies are encrypted as their image is'));
      }
      const details = { name, description: parameters.DestinationDescription, labels: parameters.Tag };
      const copy = await calls.copyImage(imageId, { destinationRegion, ...details }).catch((failure: unknown) => {
        // What is not one's own is saved. A call that repeats another by its token may find the image in any state.
        const isOthers = failure instanceof ActionError && othersCodes.has(failure.code);
        if (isOthers && isWithinRegion) {
          return calls.saveImage(imageId, details);
        }
        throw failure;
      });
      return { ImageId: copy.imageId };
    }),
});
