/** Lists CVM instances. */
import * as z from 'zod';
import type { InstanceView } from '../../../model/views.ts';
import { type Fields, ProviderError, wireAction } from '../../wire.ts';
import { applyFilters, cvmFilterLimits, Filters, matchesNothing } from '../filters.ts';
import { InstanceParameter, instanceIdsMax, pageOf, pageParameters, requireAtMost, timeOf } from '../parameters.ts';

/** Without the fields that the service doesn't store. Source: the data type Instance of CVM 2017-03-12 in the SDK for Node. */
const cvmInstance = (instance: InstanceView): Fields => {
  const [systemGiB, ...dataGiB] = instance.disksGiB;
  return {
    InstanceId: instance.instanceId,
    ImageId: instance.imageId,
    OsName: instance.os,
    InstanceState: 'RUNNING',
    CreatedTime: timeOf(instance.createdAt),
    SystemDisk: { DiskSize: systemGiB },
    DataDisks: dataGiB.map((DiskSize) => ({ DiskSize })),
  };
};

/** Parses the time in a filter, such as `2023-06-01 00:00:00`, as UTC. */
function parseFilterTime(value: string): number {
  const time = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\dZ?$/.test(value)
    ? Date.parse(`${value.slice(0, 19).replace(' ', 'T')}Z`)
    : Number.NaN;
  if (Number.isNaN(time)) {
    throw new ProviderError({
      code: 'InvalidParameterValue.InvalidTimeFormat',
      message: 'A time in a filter must have the format 2023-06-01 00:00:00.',
    });
  }
  return time;
}

/** Source: the documentation of DescribeInstances in the SDK for Node. Most of its filters use data that isn't stored here. */
const filterRules = {
  ...cvmFilterLimits,
  byName: {
    'instance-id': (instance: InstanceView, value: string) => instance.instanceId === value,
    'instance-state': (_: InstanceView, value: string) => value === 'RUNNING',
    'creation-start-time': (instance: InstanceView, value: string) => Date.parse(instance.createdAt) >= parseFilterTime(value),
    'creation-end-time': (instance: InstanceView, value: string) => Date.parse(instance.createdAt) <= parseFilterTime(value),
    ...Object.fromEntries(
      [
        'zone',
        'project-id',
        'host-id',
        'dedicated-cluster-id',
        'vpc-id',
        'subnet-id',
        'uuid',
        'security-group-id',
        'instance-name',
        'instance-charge-type',
        'private-ip-address',
        'public-ip-address',
        'ipv6-address',
        'tag-key',
        'tag-value',
      ].map((name) => [name, matchesNothing]),
    ),
  },
  byPrefix: { 'tag:': () => matchesNothing },
};

export const describeInstances = wireAction({
  parameters: z.strictObject({ InstanceIds: z.array(InstanceParameter).default([]), Filters, ...pageParameters }),
  async run({ InstanceIds, Filters: filters, ...page }, service) {
    requireAtMost(instanceIdsMax, 'InstanceIds', InstanceIds);
    if (InstanceIds.length > 0 && filters.length > 0) {
      throw new ProviderError({
        code: 'InvalidParameterCombination',
        message: 'InstanceIds and Filters cannot be specified at the same time.',
      });
    }
    const ids = new Set(InstanceIds);
    const candidates = (await service.listInstances()).filter(
      ({ product, instanceId }) => product === 'standard' && (ids.size === 0 || ids.has(instanceId)),
    );
    const instances = applyFilters(candidates, filters, filterRules);
    return { TotalCount: instances.length, InstanceSet: pageOf(instances, page).map(cvmInstance) };
  },
});
