import * as z from 'zod';
import { instancesPerCallMax } from '../../model/limits.ts';
import { wireAction } from '../wire.ts';
import { Integer, Text } from '../wire-fields.ts';
import { HostParameter, ImageParameter } from './parameters.ts';

/** Launches all of the hosts or none. Source: https://docs.ucloud.cn/api/uhost-api/create_uhost_instance. */
export const createUHostInstance = wireAction({
  parameters: z.object({
    Zone: Text,
    ImageId: ImageParameter,
    LoginMode: Text,
    MaxCount: Integer.pipe(z.int().min(1).max(instancesPerCallMax)).default(1),
  }),
  async run({ ImageId: imageId, MaxCount: count }, service) {
    const hosts = await service.runInstances({ imageId, count, product: 'standard' });
    return { UHostIds: hosts.map(({ instanceId }) => instanceId), IPs: [] };
  },
});

/** Source: https://docs.ucloud.cn/api/uhost-api/reinstall_uhost_instance. */
export const reinstallUHostInstance = wireAction({
  parameters: z.object({ UHostId: HostParameter, ImageId: ImageParameter.optional() }),
  async run({ UHostId, ImageId }, service) {
    await (ImageId === undefined ? service.reinitializeInstance(UHostId) : service.reinstallInstance(UHostId, ImageId));
    return { UHostId };
  },
});

/** Source: https://docs.ucloud.cn/api/uhost-api/terminate_uhost_instance. */
export const terminateUHostInstance = wireAction({
  parameters: z.object({ UHostId: HostParameter }),
  async run({ UHostId }, service) {
    await service.terminateInstance(UHostId);
    return { UHostId, InRecycle: 'No' };
  },
});
