/** How instances of CVM come about, are made anew and end. */
import * as z from 'zod';
import { idempotencyKeyLengthMax, instancesPerCallMax } from '../../../model/limits.ts';
import type { Service } from '../../service.ts';
import { wireAction } from '../../wire.ts';
import { ignored, Text, Whole } from '../../wire-fields.ts';
import { validateOrRun, validateThenRun } from '../dry-run.ts';
import { atLeastOne, DryRun, Image, Instance, instancesNamedMax, requireAtMost } from '../parameters.ts';

/** What RunInstances states of an instance beside its image: networks, disks, prices and the like are not kept here. */
const ofServersOnly = [
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

const countReason = `must be from 1 to ${instancesPerCallMax}`;

export const runInstances = wireAction({
  parameters: z.strictObject({
    ImageId: Image,
    InstanceCount: Whole.pipe(z.number().min(1, countReason).max(instancesPerCallMax, countReason)).default(1),
    ClientToken: Text.pipe(
      z.string().max(idempotencyKeyLengthMax, `must be at most ${idempotencyKeyLengthMax} characters`),
    ).optional(),
    DryRun,
    ...ignored(...ofServersOnly),
  }),
  async run({ ImageId, InstanceCount, ClientToken, DryRun: isDryRun }, service) {
    const instances = await validateOrRun(service.as({ token: ClientToken || undefined }), isDryRun, (asked) =>
      asked.runInstances({ imageId: ImageId, count: InstanceCount, product: 'standard' }),
    );
    return { InstanceIdSet: instances.map(({ instanceId }) => instanceId) };
  },
});

export const resetInstance = wireAction({
  parameters: z.strictObject({
    InstanceId: Instance,
    ImageId: Image.optional(),
    ...ignored('SystemDisk', 'LoginSettings', 'EnhancedService', 'HostName', 'UserData'),
  }),
  async run({ InstanceId, ImageId }, service) {
    await (ImageId === undefined ? service.reinitialize(InstanceId) : service.reinstall(InstanceId, ImageId));
    return {};
  },
});

export const terminateInstances = wireAction({
  parameters: z.strictObject({
    InstanceIds: atLeastOne(Instance),
    ...ignored('ReleaseAddress', 'ReleasePrepaidDataDisks'),
  }),
  async run({ InstanceIds }, service) {
    requireAtMost(instancesNamedMax, 'InstanceIds', InstanceIds);
    await validateThenRun(
      service,
      false,
      [...new Set(InstanceIds)].map((instanceId) => (asked: Service) => asked.terminate(instanceId)),
    );
    return {};
  },
});
