/** Launches CVM instances. */
import * as z from 'zod';
import type { Region } from '../../../model/ids.ts';
import { idempotencyKeyLengthMax, instancesPerCallMax } from '../../../model/limits.ts';
import { type Fields, ProviderError, wireAction } from '../../wire.ts';
import { Flag, Integer, ignored, Text } from '../../wire-fields.ts';
import { validateOrRun } from '../dry-run.ts';
import { truncate } from '../error-codes.ts';
import { DryRun, ImageParameter } from '../parameters.ts';
import { zonesOf } from '../regions.ts';
import { chargeTypes } from './instance-view.ts';

/** Parameters of RunInstances that have no effect: the service records neither networks and hardware nor prices. */
const ignoredLaunchParameters = [
  'InstanceChargePrepaid',
  'InstanceType',
  'VirtualPrivateCloud',
  'InternetAccessible',
  'InstanceName',
  'LoginSettings',
  'SecurityGroupIds',
  'EnhancedService',
  'HostName',
  'TagSpecification',
  'InstanceMarketOptions',
  'UserData',
  'Metadata',
  'CpuTopology',
  'CamRoleName',
  'PartitionNumber',
  'EnableJumboFrame',
  'NetworkInterfaces',
] as const;

/**
 * Parameters of RunInstances that use something that doesn't exist here, and the cloud's codes for that. Source: the error codes of
 * RunInstances in github.com/TencentCloud/tencentcloud-sdk-go, cvm/v20170312/client.go and errors.go.
 */
const unavailable = {
  LaunchTemplate: ['InvalidParameterValue.LaunchTemplateNotFound', 'There are no launch templates.'],
  ActionTimer: ['UnsupportedOperation', 'Instances cannot be terminated by a timer.'],
  DisasterRecoverGroupIds: ['FailedOperation.DisasterRecoverGroupNotFound', 'There are no placement groups.'],
  HpcClusterId: ['ResourceNotFound.HpcCluster', 'There are no clusters.'],
  DedicatedClusterId: ['InvalidParameter.CdcNotSupported', 'There are no dedicated clusters.'],
  ChcIds: ['InvalidParameterValue.ChcHostsNotFound', 'There are no CHC hosts.'],
  DisableApiTermination: ['UnsupportedOperation', 'Instances cannot be protected from termination.'],
  'Placement.HostIds': ['InvalidHostId.NotFound', 'There are no dedicated hosts.'],
  'Placement.DedicatedResourcePackIds': [
    'InvalidParameterValue.DedicatedResourcePackIdsNotFound',
    'There are no reserved resources.',
  ],
  'Placement.ProjectId': ['InvalidProjectId.NotFound', 'The only project is 0.'],
  'SystemDisk.Encrypt': ['UnsupportedOperation.InvalidRegionDiskEncrypt', 'Disks cannot be encrypted.'],
  'DataDisks.Encrypt': ['UnsupportedOperation.InvalidRegionDiskEncrypt', 'Disks cannot be encrypted.'],
} as const;

/** Whether a parameter asks for something. SDKs send empty values for options that aren't set. */
const isSet = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.values(value).some(isSet) : !/^(false|0|)$/i.test(String(value ?? ''));

const partOf = (value: unknown, name: string): unknown =>
  Array.isArray(value) ? value.map((entry) => partOf(entry, name)) : (value as Fields | undefined)?.[name];

/** Throws ProviderError if a launch asks for something that doesn't exist here. */
function rejectUnavailable(parameters: Fields): void {
  for (const [name, [code, reason]] of Object.entries(unavailable)) {
    const value = name.split('.').reduce(partOf, parameters as unknown);
    if (isSet(value)) {
      throw new ProviderError({
        code,
        message: `The parameter ${name} is ${truncate(JSON.stringify(value))}. ${reason}`,
      });
    }
  }
}

/** Throws InvalidZone.MismatchRegion for a zone of another region. */
function requireZone(zone: string | undefined, region: Region): void {
  const zones = zonesOf(region).map((one) => one.zone);
  if (zone !== undefined && !zones.includes(zone)) {
    throw new ProviderError({
      code: 'InvalidZone.MismatchRegion',
      message: `The parameter Placement.Zone must be one of ${zones.join(', ')}, but is ${truncate(JSON.stringify(zone))}.`,
    });
  }
}

const countError = `must be from 1 to ${instancesPerCallMax}`;
const AnyObject = z.looseObject({}).optional();

export const runInstances = wireAction({
  parameters: z.strictObject({
    ImageId: ImageParameter,
    InstanceCount: Integer.pipe(z.number().min(1, countError).max(instancesPerCallMax, countError)).default(1),
    MinCount: Integer.pipe(z.number().min(1, 'must be at least 1')).optional(),
    InstanceChargeType: z.enum(chargeTypes, { error: `must be one of ${chargeTypes.join(', ')}` }).optional(),
    Placement: z.looseObject({ Zone: Text.optional() }).optional(),
    SystemDisk: AnyObject,
    DataDisks: z.array(z.looseObject({})).optional(),
    ClientToken: Text.pipe(
      z.string().max(idempotencyKeyLengthMax, `must be at most ${idempotencyKeyLengthMax} characters`),
    ).optional(),
    DryRun,
    LaunchTemplate: AnyObject,
    ActionTimer: AnyObject,
    DisasterRecoverGroupIds: z.array(Text).optional(),
    HpcClusterId: Text.optional(),
    DedicatedClusterId: Text.optional(),
    ChcIds: z.array(Text).optional(),
    DisableApiTermination: Flag.optional(),
    ...ignored(...ignoredLaunchParameters),
  }),
  async run(parameters, service) {
    const { ImageId, InstanceCount, MinCount, Placement, ClientToken, DryRun: isDryRun } = parameters;
    rejectUnavailable(parameters);
    requireZone(Placement?.Zone || undefined, service.region);
    // All instances are launched or none, so any smaller minimum is reached.
    if (MinCount !== undefined && MinCount > InstanceCount) {
      throw new ProviderError({
        code: 'InvalidParameterValue.InvalidParameterMinCount',
        message: `The parameter MinCount must be at most InstanceCount, ${InstanceCount}, but is ${MinCount}.`,
      });
    }
    const instances = await validateOrRun(service.withOptions({ token: ClientToken || undefined }), isDryRun, (api) =>
      api.runInstances({ imageId: ImageId, count: InstanceCount, product: 'standard' }),
    );
    return { InstanceIdSet: (instances ?? []).map(({ instanceId }) => instanceId) };
  },
});
