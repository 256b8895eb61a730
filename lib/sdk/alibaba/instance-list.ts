import * as z from 'zod';
import type { InstanceView } from '../../model/views/instance.ts';
import { type Fields, wireAction } from '../wire.ts';
import { Flag, Text } from '../wire-fields.ts';
import { statusNotFound } from './error-codes.ts';
import { absentFilters, asksForProperties, creationTime, expirationTime, filterList } from './filters.ts';
import { matchesName } from './names.ts';
import { PageOrTokenParameters, pageByToken } from './paging.ts';
import { CallOptions, JsonIdList, oneOf, runWithOptions } from './parameters.ts';
import { osTypeOf } from './platforms.ts';
import { TagFilter } from './tags.ts';
import { toMinute } from './times.ts';
import { zoneOf } from './zones.ts';

/** What isn't recorded for instances. */
const absent = absentFilters({
  Tag: TagFilter,
  VpcId: Text,
  VSwitchId: Text,
  SecurityGroupId: Text,
  KeyPairName: Text,
  HpcClusterId: Text,
  ResourceGroupId: Text,
  InnerIpAddresses: JsonIdList,
  PrivateIpAddresses: JsonIdList,
  PublicIpAddresses: JsonIdList,
  EipAddresses: JsonIdList,
  Ipv6Address: z.array(Text),
  RdmaIpAddresses: Text,
  InstanceType: Text,
  InstanceTypeFamily: Text,
  InstanceNetworkType: oneOf(['vpc', 'classic']),
  InstanceChargeType: oneOf(['PostPaid', 'PrePaid']),
  InternetChargeType: oneOf(['PayByTraffic', 'PayByBandwidth']),
  IoOptimized: Flag,
  LockReason: oneOf(['financial', 'security', 'Recycling', 'dedicatedhostfinancial', 'refunded']),
});

/** Lists the caller's instances, newest first. They are running from launch to deletion, and have their IDs as names. */
export const describeInstances = wireAction({
  parameters: z.object({
    ...PageOrTokenParameters,
    ...absent.parameters,
    DryRun: CallOptions.DryRun,
    InstanceIds: JsonIdList.optional(),
    InstanceName: Text.optional(),
    ImageId: Text.optional(),
    ZoneId: Text.optional(),
    Status: oneOf(['Pending', 'Running', 'Starting', 'Stopping', 'Stopped'], statusNotFound).optional(),
    Filter: filterList({ ...creationTime, ...expirationTime }).optional(),
  }),
  run: ({ InstanceIds: ids, InstanceName: name, ImageId: imageId, DryRun, ...request }, service) =>
    runWithOptions({ DryRun }, service, async (api) => {
      const { region } = service;
      const properties = { Status: 'Running', ZoneId: zoneOf(region) };
      const isPossible = !absent.areSet(request) && asksForProperties(request, properties);
      const instances = (isPossible ? await api.listInstances() : []).filter(
        (instance) =>
          (ids?.includes(instance.instanceId) ?? true) &&
          (name === undefined || matchesName(instance.instanceId, name)) &&
          (imageId ?? instance.imageId) === instance.imageId &&
          (request.Filter?.(instance.createdAt) ?? true),
      );
      const { entries, fields } = pageByToken(instances, request);
      return { ...fields, Instances: { Instance: entries.map((instance) => ({ ...instanceFields(instance), ...properties })) } };
    }),
});

/** Empty, because it isn't recorded. Clients expect these fields in every response. */
const unrecorded = {
  Description: '',
  HostName: '',
  InstanceType: '',
  InstanceTypeFamily: '',
  InnerIpAddress: { IpAddress: [] },
  PublicIpAddress: { IpAddress: [] },
  EipAddress: { AllocationId: '', IpAddress: '' },
  VpcAttributes: { VpcId: '', VSwitchId: '', NatIpAddress: '', PrivateIpAddress: { IpAddress: [] } },
  NetworkInterfaces: { NetworkInterface: [] },
  SecurityGroupIds: { SecurityGroupId: [] },
  OperationLocks: { LockReason: [] },
  Tags: { Tag: [] },
} as const;

const instanceFields = (instance: InstanceView): Fields => ({
  InstanceId: instance.instanceId,
  InstanceName: instance.instanceId,
  RegionId: instance.region,
  ImageId: instance.imageId,
  OSType: osTypeOf(instance.os),
  OSName: instance.os,
  OSNameEn: instance.os,
  CreationTime: toMinute(instance.createdAt),
  ...unrecorded,
});
