import * as z from 'zod';
import type { InstanceId as ModelInstanceId } from '../../model/ids.ts';
import { disksMax } from '../../model/limits.ts';
import type { Service } from '../service.ts';
import { ProviderError, type WireError, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { invalidParameter, missingParameter, snapshotNotAllowed, snapshotNotFound } from './error-codes.ts';
import { bootModeOf } from './image-view.ts';
import { findInstance } from './instances.ts';
import {
  CallOptions,
  countUpTo,
  Description,
  ImageId,
  InstanceId,
  Name,
  noImageFamily,
  noResourceGroup,
  oneOf,
  runWithOptions,
  unsupported,
} from './parameters.ts';
import { osTypeOf, platformOf, platforms } from './platforms.ts';
import { findSnapshot } from './snapshots.ts';
import { TagList } from './tags.ts';
import { taskIdOf } from './tasks.ts';

/** The size of a disk if ImportImage doesn't specify one: that of the smallest common system disks of ECS. */
const diskGiBDefault = 40;
/** The largest disk that ImportImage accepts. Source: ECS API reference. */
const diskGiBMax = 2_048;

const tooManyDisks = `must be at most ${disksMax} disks`;

const Disk = z
  .object({ DiskImageSize: countUpTo(diskGiBMax).optional(), DiskImSize: countUpTo(diskGiBMax).optional() })
  .transform(({ DiskImageSize, DiskImSize }) => DiskImageSize ?? DiskImSize ?? diskGiBDefault);

const noDetection = unsupported("isn't supported, because the content of images isn't checked");
/** The defaults of the cloud. */
const NoFeatures = z.object({
  NvmeSupport: unsupported("must be unsupported: the service doesn't know the drivers of an image", 'unsupported'),
  ImdsSupport: unsupported("must be v1: images don't restrict how instances read metadata", 'v1'),
});

/** Images without a platform have that of their type. */
const defaultPlatforms = { windows: 'Other Windows', linux: 'Others Linux' } as const;

/** Registers an image, which is available immediately. The location and format of its file, and its license, have no effect. */
export const importImage = wireAction({
  parameters: z.object({
    ...CallOptions,
    ImageName: Name.default('imported'),
    Description: Description.optional(),
    Platform: oneOf(platforms).optional(),
    OSType: oneOf(['windows', 'linux']).optional(),
    Architecture: oneOf(['x86_64', 'arm64']).optional(),
    BootMode: oneOf(['BIOS', 'UEFI']).optional(),
    DiskDeviceMapping: z.array(Disk).max(disksMax, tooManyDisks).default([]),
    Tag: TagList.optional(),
    Features: NoFeatures.optional(),
    DetectionStrategy: noDetection,
    ResourceGroupId: noResourceGroup,
  }),
  run: ({ ImageName, OSType, Platform, Architecture: architecture = 'x86_64', ...parameters }, service) => {
    const os = Platform ?? defaultPlatforms[OSType ?? 'linux'];
    if (OSType !== undefined && OSType !== osTypeOf(os)) {
      throw new ProviderError(invalidParameter('OSType', `must be ${osTypeOf(os)} for ${os}`, 'InvalidOSType.Malformed', OSType));
    }
    const bootMode = bootModeOf({ architecture });
    if ((parameters.BootMode ?? bootMode) !== bootMode) {
      throw new ProviderError(
        invalidParameter('BootMode', `must be ${bootMode} for ${architecture}`, 'InvalidParameter', parameters.BootMode),
      );
    }
    return runWithOptions(parameters, service, async (api) => {
      const [sizeGiB = diskGiBDefault, ...disks] = parameters.DiskDeviceMapping;
      const { imageId } = await api.importImage({
        name: ImageName,
        description: parameters.Description,
        os,
        architecture,
        tags: parameters.Tag,
        sizeGiB,
        disks: disks.map((size) => ({ sizeGiB: size })),
      });
      return { ImageId: imageId, TaskId: taskIdOf(imageId), RegionId: service.region };
    });
  },
});

/** Creates an image from an instance. It has the platform, architecture, and boot mode of the instance. */
export const createImage = wireAction({
  parameters: z.object({
    ...CallOptions,
    InstanceId: InstanceId.optional(),
    SnapshotId: Text.optional(),
    DiskDeviceMapping: z
      .array(z.object({ SnapshotId: Text.optional() }))
      .max(disksMax, tooManyDisks)
      .optional(),
    ImageName: Name.optional(),
    Description: Description.optional(),
    Tag: TagList.optional(),
    Platform: oneOf(platforms).optional(),
    Architecture: oneOf(['i386', 'x86_64', 'arm64']).optional(),
    BootMode: oneOf(['BIOS', 'UEFI', 'UEFI-Preferred']).optional(),
    ImageVersion: unsupported("isn't supported, because images have no versions"),
    ImageFamily: noImageFamily,
    Features: NoFeatures.optional(),
    SecureBootOptions: z
      .object({ SecureBootSupport: unsupported("isn't supported, because images have no boot options", 'unsupported') })
      .optional(),
    DetectionStrategy: noDetection,
    ResourceGroupId: noResourceGroup,
  }),
  run: ({ InstanceId: instanceId, SnapshotId, DiskDeviceMapping, ...parameters }, service) =>
    runWithOptions(parameters, service, async (api) => {
      if (instanceId === undefined) {
        const snapshotIds = [SnapshotId, ...(DiskDeviceMapping ?? []).map((disk) => disk.SnapshotId)];
        throw new ProviderError(
          await whyNotFromSnapshots(
            snapshotIds.filter((id) => id !== undefined),
            api,
          ),
        );
      }
      const { Platform, Architecture, BootMode } = parameters;
      await requireSameMachine({ Platform, Architecture, BootMode }, instanceId, api);
      const { imageId } = await api.createImage(instanceId, {
        name: parameters.ImageName ?? `image-of-${instanceId}`,
        description: parameters.Description,
        tags: parameters.Tag,
      });
      return { ImageId: imageId };
    }),
});

/** Returns why no image can be created from these snapshots, which belong to images. */
async function whyNotFromSnapshots(snapshotIds: readonly string[], service: Service): Promise<WireError> {
  if (snapshotIds.length === 0) {
    return missingParameter('InstanceId');
  }
  const snapshots = await Promise.all(snapshotIds.map((id) => findSnapshot(id, service)));
  return snapshots.includes(undefined) ? snapshotNotFound : snapshotNotAllowed;
}

/** Throws an error for parameters that contradict the instance. Terraform always sends the architecture. */
async function requireSameMachine(
  { Platform, Architecture, BootMode }: Readonly<Record<'Platform' | 'Architecture' | 'BootMode', string | undefined>>,
  instanceId: ModelInstanceId,
  service: Service,
): Promise<void> {
  if (Platform === undefined && Architecture === undefined && BootMode === undefined) {
    return;
  }
  // A repeated ClientToken must return the first result even if the instance has been deleted since.
  const instance = await findInstance(instanceId, service);
  if (instance === undefined) {
    return;
  }
  const checks = [
    ['Platform', Platform, platformOf(instance.os), 'InvalidPlatform.Malformed'],
    ['Architecture', Architecture, instance.architecture, 'InvalidArchitecture.Malformed'],
    ['BootMode', BootMode, bootModeOf(instance), 'InvalidParameter'],
  ] as const;
  for (const [name, value, actual, code] of checks) {
    if (value !== undefined && value !== actual) {
      throw new ProviderError(invalidParameter(name, `must be that of the instance, ${actual}`, code, value));
    }
  }
}

/** Changes the name, description, or deprecation of an image that the caller owns. Omitted parameters don't change. */
export const modifyImageAttribute = wireAction({
  parameters: z.object({
    DryRun: CallOptions.DryRun,
    ImageId,
    ImageName: Name.optional(),
    Description: Description.optional(),
    Status: oneOf(['Deprecated', 'Available']).optional(),
    ImageFamily: noImageFamily,
    BootMode: unsupported("can't be changed: it follows from the architecture"),
    Features: NoFeatures.optional(),
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
