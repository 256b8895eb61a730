/** Launches, reinstalls, and terminates CVM instances. */
import * as z from 'zod';
import { idempotencyKeyLengthMax, instancesPerCallMax } from '../../../model/limits.ts';
import type { Service } from '../../service.ts';
import { wireAction } from '../../wire.ts';
import { Integer, ignored, Text } from '../../wire-fields.ts';
import { validateOrRun, validateThenRun } from '../dry-run.ts';
import { atLeastOne, DryRun, ImageParameter, InstanceParameter, instanceIdsMax, requireAtMost } from '../parameters.ts';

/** Parameters of RunInstances for networks, disks, prices, and other properties that the service doesn't store. */
const ignoredLaunchParameters = [
  'InstanceChargeType',
  'InstanceChargePrepaid',
  'Placement',
  'InstanceType',
  'SystemDisk',
  'DataDisks',
  'VirtualPrivateCloud',
  'InternetAccessible',
  'MinCount',
  'InstanceName',
  'LoginSettings',
  'SecurityGroupIds',
  'EnhancedService',
  'HostName',
  'ActionTimer',
  'DisasterRecoverGroupIds',
  'TagSpecification',
  'InstanceMarketOptions',
  'UserData',
  'Metadata',
  'CpuTopology',
  'CamRoleName',
  'HpcClusterId',
  'LaunchTemplate',
  'DedicatedClusterId',
  'ChcIds',
  'PartitionNumber',
  'DisableApiTermination',
  'EnableJumboFrame',
  'NetworkInterfaces',
] as const;

const countError = `must be from 1 to ${instancesPerCallMax}`;

export const runInstances = wireAction({
  parameters: z.strictObject({
    ImageId: ImageParameter,
    InstanceCount: Integer.pipe(z.number().min(1, countError).max(instancesPerCallMax, countError)).default(1),
    ClientToken: Text.pipe(
      z.string().max(idempotencyKeyLengthMax, `must be at most ${idempotencyKeyLengthMax} characters`),
    ).optional(),
    DryRun,
    ...ignored(...ignoredLaunchParameters),
  }),
  async run({ ImageId, InstanceCount, ClientToken, DryRun: isDryRun }, service) {
    const instances = await validateOrRun(service.withOptions({ token: ClientToken || undefined }), isDryRun, (api) =>
      api.runInstances({ imageId: ImageId, count: InstanceCount, product: 'standard' }),
    );
    return { InstanceIdSet: instances.map(({ instanceId }) => instanceId) };
  },
});

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
    ...ignored('ReleaseAddress', 'ReleasePrepaidDataDisks'),
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
