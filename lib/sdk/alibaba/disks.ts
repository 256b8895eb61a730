import * as z from 'zod';
import type { Fields } from '../wire.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { type Disk, diskIdOf, diskNamed, disksOf } from './disk-id.ts';
import { diskNotFound } from './error-codes.ts';
import { deviceAt } from './image-view.ts';
import { whereIs } from './instances.ts';
import { PagingByToken, pageByToken } from './paging.ts';
import { CallOptions, IdsInJson, ImageId, InstanceId, withOptions } from './parameters.ts';
import { toMinute } from './times.ts';

/** Makes an instance's system disk anew from another image. The call names no region; the disk keeps its id. */
export const replaceSystemDisk = wireAction({
  parameters: z.object({ ...CallOptions, InstanceId, ImageId }),
  run: ({ InstanceId: instanceId, ImageId: imageId, ...options }, service) =>
    withOptions(options, service, async (calls) => {
      const there = await whereIs(instanceId, calls);
      // An image that does not serve any more is told here by its own id, not by the disk's as with ReInitDisk.
      await there.image(imageId);
      await there.reinstall(instanceId, imageId);
      return { DiskId: diskIdOf({ instanceId, at: 0 }) };
    }),
});

/** Makes an instance's system disk anew from the image that it was made from. */
export const reInitDisk = wireAction({
  parameters: z.object({ ...CallOptions, DiskId: Text }),
  run: ({ DiskId, ...options }, service) =>
    withOptions(options, service, async (calls) => {
      const disk = diskNamed(DiskId);
      if (disk === undefined) {
        throw new ProviderError(diskNotFound);
      }
      const there = await whereIs(disk.instanceId, calls, diskNotFound);
      requireSystemDisk(disk, (await there.instance(disk.instanceId)).disksGiB.length);
      await there.reinitialize(disk.instanceId);
      return {};
    }),
});

function requireSystemDisk({ at }: Disk, count: number): void {
  if (at >= count) {
    throw new ProviderError(diskNotFound);
  }
  if (at > 0) {
    throw new ProviderError({ code: 'OperationDenied', status: 403, message: 'Only system disks are made anew here.' });
  }
}

/** Lists the disks of own instances. */
export const describeDisks = wireAction({
  parameters: z.object({
    ...PagingByToken,
    DryRun: CallOptions.DryRun,
    DiskIds: IdsInJson.optional(),
    InstanceId: Text.optional(),
    DiskType: z.enum(['all', 'system', 'data'], { error: 'must be all, system or data' }).default('all'),
  }),
  run: ({ DiskIds: ids, InstanceId: instanceId, DiskType, DryRun, ...paging }, service) =>
    withOptions({ DryRun }, service, async (calls) => {
      const found = (await calls.instances())
        .flatMap(disksOf)
        .filter(
          (disk) =>
            (ids?.includes(disk.diskId) ?? true) &&
            (instanceId ?? disk.instance.instanceId) === disk.instance.instanceId &&
            (DiskType === 'all' || DiskType === typeOf(disk)),
        );
      const { entries, fields } = pageByToken(found, paging);
      return { ...fields, Disks: { Disk: entries.map(diskFields) } };
    }),
});

const typeOf = ({ at }: { readonly at: number }) => (at === 0 ? 'system' : 'data');

const diskFields = (disk: ReturnType<typeof disksOf>[number]): Fields => ({
  DiskId: disk.diskId,
  RegionId: disk.instance.region,
  InstanceId: disk.instance.instanceId,
  ImageId: disk.at === 0 ? disk.instance.imageId : '',
  Type: typeOf(disk),
  Size: disk.sizeGiB,
  Device: deviceAt(disk.at),
  Status: 'In_use',
  CreationTime: toMinute(disk.instance.createdAt),
});
