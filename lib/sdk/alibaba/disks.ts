import * as z from 'zod';
import { ActionError } from '../../model/error.ts';
import type { RuleSlug } from '../../model/rule-slug.ts';
import type { Fields } from '../wire.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Flag, Text } from '../wire-fields.ts';
import { type Disk, diskIdOf, disksOf, parseDiskId } from './disk-id.ts';
import { diskNotFound, imageNotFound } from './error-codes.ts';
import { absentFilters, asksForProperties, creationTime, filterList } from './filters.ts';
import { deviceName, diskTypeOf } from './image-view.ts';
import { locateInstance } from './instances.ts';
import { PageOrTokenParameters, pageByToken } from './paging.ts';
import {
  CallOptions,
  ImageId,
  InstanceId,
  JsonIdList,
  noEncryptionKey,
  notEncrypted,
  oneOf,
  runWithOptions,
  unsupported,
} from './parameters.ts';
import { TagFilter } from './tags.ts';
import { toMinute } from './times.ts';
import { zoneOf } from './zones.ts';

/** The rules against an image that the instance was created from, and that its owner can't use any more. */
const goneRules: ReadonlySet<RuleSlug | undefined> = new Set(['cancel.instances-live', 'delete.instances-live']);

/** Reinstalls the system disk of an instance from another image, in any region. The disk keeps its ID. */
export const replaceSystemDisk = wireAction({
  parameters: z.object({
    ...CallOptions,
    InstanceId,
    ImageId,
    DiskId: unsupported("isn't supported: a system disk can only be replaced from an image"),
    Encrypted: notEncrypted,
    KMSKeyId: noEncryptionKey,
    EncryptAlgorithm: noEncryptionKey,
  }),
  run: ({ InstanceId: instanceId, ImageId: imageId, ...options }, service) =>
    runWithOptions(options, service, async (api) => {
      const regionalApi = await locateInstance(instanceId, api);
      await regionalApi.reinstallInstance(instanceId, imageId).catch((failure: unknown) => {
        // An image that is no longer available is reported as such, not as a disk error as in ReInitDisk. Decided by the error and
        // not by reading the image first: a repeated ClientToken must return the first result even if the image is gone since.
        throw failure instanceof ActionError && goneRules.has(failure.details.rule) ? new ProviderError(imageNotFound) : failure;
      });
      return { DiskId: diskIdOf({ instanceId, index: 0 }) };
    }),
});

/** Reinstalls a system disk from the image that it was created from, in any region. */
export const reInitDisk = wireAction({
  parameters: z.object({ ...CallOptions, DiskId: Text }),
  run: ({ DiskId, ...options }, service) =>
    runWithOptions(options, service, async (api) => {
      const disk = parseDiskId(DiskId);
      if (disk === undefined) {
        throw new ProviderError(diskNotFound);
      }
      const regionalApi = await locateInstance(disk.instanceId, api, diskNotFound);
      requireSystemDisk(disk, (await regionalApi.getInstance(disk.instanceId)).disksGiB.length);
      await regionalApi.reinitializeInstance(disk.instanceId);
      return {};
    }),
});

function requireSystemDisk({ index }: Disk, count: number): void {
  if (index >= count) {
    throw new ProviderError(diskNotFound);
  }
  if (index > 0) {
    throw new ProviderError({ code: 'OperationDenied', status: 403, message: 'Only system disks can be reinitialized.' });
  }
}

/** What isn't recorded for disks. */
const absent = absentFilters({
  Tag: TagFilter,
  DiskName: Text,
  AutoSnapshotPolicyId: Text,
  KMSKeyId: Text,
  SnapshotId: Text,
  ResourceGroupId: Text,
  DiskChargeType: oneOf(['PrePaid', 'PostPaid']),
  LockReason: oneOf(['financial', 'security', 'recycling', 'dedicatedhostfinancial']),
});

/** What all disks have in common: each is attached to its instance, and deleted with it. */
const diskProperties = {
  Status: 'In_use',
  Portable: false,
  DeleteWithInstance: true,
  DeleteAutoSnapshot: false,
  EnableAutoSnapshot: false,
  EnableAutomatedSnapshotPolicy: false,
  MultiAttach: 'Disabled',
} as const;

const statusNotSupported = {
  code: 'InvalidStatus.ValueNotSupported',
  status: 400,
  message: 'The specified disk status is not supported.',
};
/** Source: DescribeDisks in the SDK reference. */
const categories = [
  ...['cloud', 'cloud_efficiency', 'cloud_ssd', 'cloud_essd', 'cloud_auto', 'cloud_regional_disk_auto', 'cloud_essd_entry'],
  ...['elastic_ephemeral_disk_standard', 'elastic_ephemeral_disk_premium'],
  ...['local_ssd_pro', 'local_hdd_pro', 'ephemeral', 'ephemeral_ssd'],
];

/** Lists the disks of the caller's instances, those of the newest instance first. */
export const describeDisks = wireAction({
  parameters: z.object({
    ...PageOrTokenParameters,
    ...absent.parameters,
    DryRun: CallOptions.DryRun,
    DiskIds: JsonIdList.optional(),
    InstanceId: Text.optional(),
    DiskType: oneOf(['all', 'system', 'data']).default('all'),
    Category: oneOf(['all', ...categories]).default('all'),
    Status: oneOf(['In_use', 'Available', 'Attaching', 'Detaching', 'Creating', 'ReIniting', 'All'], statusNotSupported).default(
      'All',
    ),
    ZoneId: Text.optional(),
    Portable: Flag.optional(),
    DeleteWithInstance: Flag.optional(),
    DeleteAutoSnapshot: Flag.optional(),
    EnableAutoSnapshot: Flag.optional(),
    EnableAutomatedSnapshotPolicy: Flag.optional(),
    EnableShared: Flag.optional(),
    MultiAttach: oneOf(['Disabled', 'Enabled', 'LegacyShared']).optional(),
    Encrypted: unsupported("isn't supported as true: the encryption of disks isn't recorded", 'false'),
    Filter: filterList(creationTime).optional(),
  }),
  run: ({ DiskIds: ids, InstanceId: instanceId, DiskType, Status, DryRun, ...request }, service) =>
    runWithOptions({ DryRun }, service, async (api) => {
      const properties = { ...diskProperties, ZoneId: zoneOf(service.region) };
      const isPossible =
        !absent.areSet(request) &&
        request.Category === 'all' &&
        request.EnableShared !== true &&
        asksForProperties({ ...request, Status: Status === 'All' ? undefined : Status }, properties);
      const disks = (isPossible ? await api.listInstances() : [])
        .flatMap(disksOf)
        .filter(
          (disk) =>
            (ids?.includes(disk.diskId) ?? true) &&
            (instanceId ?? disk.instance.instanceId) === disk.instance.instanceId &&
            (DiskType === 'all' || DiskType === diskTypeOf(disk.index)) &&
            (request.Filter?.(disk.instance.createdAt) ?? true),
        );
      const { entries, fields } = pageByToken(disks, request);
      return { ...fields, Disks: { Disk: entries.map((disk) => ({ ...diskFields(disk), ...properties })) } };
    }),
});

const diskFields = (disk: ReturnType<typeof disksOf>[number]): Fields => ({
  DiskId: disk.diskId,
  RegionId: disk.instance.region,
  InstanceId: disk.instance.instanceId,
  ImageId: disk.index === 0 ? disk.instance.imageId : '',
  Type: diskTypeOf(disk.index),
  Size: disk.sizeGiB,
  Device: deviceName(disk.index),
  CreationTime: toMinute(disk.instance.createdAt),
  DiskName: '',
  Description: '',
  OperationLocks: { OperationLock: [] },
  Tags: { Tag: [] },
});
