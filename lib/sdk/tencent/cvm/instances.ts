/** Reinstalls and terminates CVM instances. */
import * as z from 'zod';
import type { Service } from '../../service.ts';
import { validateThenRun } from '../../validate-then-run.ts';
import { wireAction } from '../../wire.ts';
import { Flag, ignored } from '../../wire-fields.ts';
import { atLeastOne, ImageParameter, InstanceParameter, instanceIdsMax, requireAtMost } from '../parameters.ts';

export const resetInstance = wireAction({
  parameters: z.strictObject({
    InstanceId: InstanceParameter,
    ImageId: ImageParameter.optional(),
    ...ignored('SystemDisk', 'LoginSettings', 'EnhancedService', 'HostName', 'UserData'),
  }),
  async run({ InstanceId, ImageId }, service) {
    await (ImageId === undefined ? service.reinitializeInstance(InstanceId) : service.reinstallInstance(InstanceId, ImageId));
    return {};
  },
});

export const terminateInstances = wireAction({
  parameters: z.strictObject({
    InstanceIds: atLeastOne(InstanceParameter),
    // Instances have neither addresses nor prepaid disks.
    ReleaseAddress: Flag.optional(),
    ReleasePrepaidDataDisks: Flag.optional(),
  }),
  async run({ InstanceIds }, service) {
    requireAtMost(instanceIdsMax, 'InstanceIds', InstanceIds);
    await validateThenRun(
      service,
      false,
      [...new Set(InstanceIds)].map((instanceId) => (api: Service) => api.terminateInstance(instanceId)),
    );
    return {};
  },
});
