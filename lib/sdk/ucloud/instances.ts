import * as z from 'zod';
import { instancesPerCallMax } from '../../model/limits.ts';
import { wireAction } from '../wire.ts';
import { Flag, Integer, Text } from '../wire-fields.ts';
import { Disks, requireDisks, requireSystemDisk } from './disks.ts';
import { commonParameters, HostParameter, ImageParameter, noTag, onlyFalse, unsupported } from './parameters.ts';
import { requireZone } from './zones.ts';

const LoginMode = z.enum(['Password', 'KeyPair', 'ImagePasswd']);
const UserData = unsupported('the image does not have the feature CloudInit');

/**
 * Launches all of the hosts or none. Hosts are recorded and not run: parameters for their size, login, network, and price have no
 * effect (docs/clouds/ucloud.md). Source: https://docs.ucloud.cn/api/uhost-api/create_uhost_instance.
 */
export const createUHostInstance = wireAction({
  parameters: z
    .object({
      ...commonParameters,
      Zone: Text,
      ImageId: ImageParameter,
      LoginMode,
      Disks: Disks.optional(),
      MaxCount: Integer.pipe(z.int().min(1).max(instancesPerCallMax)).default(1),
      MinCount: Integer.pipe(z.int().min(1).max(instancesPerCallMax)).default(1),
      Tag: z.literal(noTag, `must be "${noTag}": hosts have no other tag`).optional(),
      UserData,
      UserDataScript: UserData,
      IsolationGroup: unsupported('there are no isolation groups'),
      Labels: unsupported('hosts have no tags'),
      DeletionProtection: onlyFalse('hosts are never protected from deletion'),
      UDSetId: unsupported('there are no private zones'),
      UDHostId: unsupported('there are no private zones'),
      HostBinding: onlyFalse('there are no private zones'),
      BootDiskSpace: unsupported('use Disks'),
      DiskSpace: unsupported('use Disks'),
    })
    .refine(({ MinCount, MaxCount }) => MinCount <= MaxCount, { path: ['MinCount'], error: 'must be at most MaxCount' }),
  async run({ Zone, ImageId: imageId, MaxCount: count, Disks: disks }, service) {
    requireZone(Zone, service.region);
    if (disks !== undefined) {
      requireDisks(disks, (await service.getImage(imageId)).disksGiB);
    }
    const hosts = await service.runInstances({ imageId, count, product: 'standard' });
    return { UHostIds: hosts.map(({ instanceId }) => instanceId), IPs: [] };
  },
});

/**
 * Data disks always stay: `ReserveDisk` applies only to local disks. Source:
 * https://docs.ucloud.cn/api/uhost-api/reinstall_uhost_instance.
 */
export const reinstallUHostInstance = wireAction({
  parameters: z.object({
    ...commonParameters,
    UHostId: HostParameter,
    ImageId: ImageParameter.optional(),
    LoginMode: LoginMode.optional(),
    ReserveDisk: z.enum(['Yes', 'No']).optional(),
    BootDiskSpace: Integer.optional(),
    UserData,
  }),
  async run({ Zone, UHostId, ImageId, BootDiskSpace }, service) {
    requireZone(Zone, service.region);
    if (BootDiskSpace !== undefined) {
      const host = await service.getInstance(UHostId);
      const { disksGiB } = ImageId === undefined ? host : await service.getImage(ImageId);
      requireSystemDisk(BootDiskSpace, disksGiB[0]);
    }
    await (ImageId === undefined ? service.reinitializeInstance(UHostId) : service.reinstallInstance(UHostId, ImageId));
    return { UHostId };
  },
});

/** Source: https://docs.ucloud.cn/api/uhost-api/terminate_uhost_instance. */
export const terminateUHostInstance = wireAction({
  parameters: z.object({
    ...commonParameters,
    UHostId: HostParameter,
    ReleaseEIP: Flag.optional(),
    ReleaseUDisk: Flag.optional(),
  }),
  async run({ Zone, UHostId }, service) {
    requireZone(Zone, service.region);
    await service.terminateInstance(UHostId);
    return { UHostId, InRecycle: 'No' };
  },
});
