import * as z from 'zod';
import type { Fields } from '../wire.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { type Disk, diskIdOf, disksOf, parseDiskId } from './disk-id.ts';
import { diskNotFound } from './error-codes.ts';
import { deviceName } from './image-view.ts';
import { locateInstance } from './instances.ts';
import { PageOrTokenParameters, pageByToken } from './paging.ts';
import { CallOptions, ImageId, InstanceId, JsonIdList, runWithOptions } from './parameters.ts';
import { toMinute } from './times.ts';

/** Reinstalls the system disk of an instance from another image, in any region. The disk keeps its id. */
export const replaceSystemDisk = wireAction({
  parameters: z.object({ ...CallOptions, InstanceId, ImageId }),
  run: ({ InstanceId: instanceId, ImageId: imageId, ...options }, service) =>
    runWithOptions(options, service, async (api) => {
      const regionalApi = await locateInstance(instanceId, api);
      // Read first, so that an image which is no longer available is reported as such, not as a disk error as in ReInitDisk.
      await regionalApi.getImage(imageId);
      await regionalApi.reinstallInstance(instanceId, imageId);
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

/** Lists the disks of the caller's instances. */
export const describeDisks = wireAction({
  parameters: z.object({
    ...PageOrTokenParameters,
    DryRun: CallOptions.DryRun,
    DiskIds: JsonIdList.optional(),
    InstanceId: Text.optional(),
    DiskType: z.enum(['all', 'system', 'data'], { error: 'must be all, system or data' }).default('all'),
  }),
  run: ({ DiskIds: ids, InstanceId: instanceId, DiskType, DryRun, ...paging }, service) =>
    runWithOptions({ DryRun }, service, async (api) => {
      const disks = (await api.listInstances())
        .flatMap(disksOf)
        .filter(
          (disk) =>
            (ids?.includes(disk.diskId) ?? true) &&
            (instanceId ?? disk.instance.instanceId) === disk.instance.instanceId &&
            (DiskType === 'all' || DiskType === typeOf(disk)),
        );
      const { entries, fields } = pageByToken(disks, paging);
      return { ...fields, Disks: { Disk: entries.map(diskFields) } };
    }),
});

const typeOf = ({ index }: Pick<Disk, 'index'>) => (index === 0 ? 'system' : 'data');

const diskFields = (disk: ReturnType<typeof disksOf>[number]): Fields => ({
  DiskId: disk.diskId,
  RegionId: disk.instance.region,
  InstanceId: disk.instance.instanceId,
  ImageId: disk.index === 0 ? disk.instance.imageId : '',
  Type: typeOf(disk),
  Size: disk.sizeGiB,
  Device: deviceName(disk.index),
  Status: 'In_use',
  CreationTime: toMinute(disk.instance.createdAt),
});
