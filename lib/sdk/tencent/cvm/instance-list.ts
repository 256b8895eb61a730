/** The list of CVM's instances. */
import * as z from 'zod';
import type { InstanceView } from '../../../model/views.ts';
import { type Fields, ProviderError, wireAction } from '../../wire.ts';
import { cvmFiltering, Filters, passesNothing, passing } from '../filters.ts';
import { Instance, instancesNamedMax, onPage, page, requireAtMost, timeOf } from '../parameters.ts';

/** Source: the data type Instance of CVM 2017-03-12 in the SDK for Node. What is not kept here is left out. */
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

/** The time in a filter: `2023-06-01 00:00:00`, in UTC here. */
function timeIn(value: string): number {
  const time = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\dZ?$/.test(value)
    ? Date.parse(`${value.slice(0, 19).replace(' ', 'T')}Z`)
    : Number.NaN;
  if (Number.isNaN(time)) {
    throw new ProviderError({
      code: 'InvalidParameterValue.InvalidTimeFormat',
      message: 'A time in a filter has to be as 2023-06-01 00:00:00.',
    });
  }
  return time;
}

/** Source: the documents of DescribeInstances in the SDK for Node. Of most of what they filter by nothing is kept here. */
const filtering = {
  ...cvmFiltering,
  names: {
    'instance-id': (instance: InstanceView, value: string) => instance.instanceId === value,
    'instance-state': (_: InstanceView, value: string) => value === 'RUNNING',
    'creation-start-time': (instance: InstanceView, value: string) => Date.parse(instance.createdAt) >= timeIn(value),
    'creation-end-time': (instance: InstanceView, value: string) => Date.parse(instance.createdAt) <= timeIn(value),
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
      ].map((name) => [name, passesNothing]),
    ),
  },
  prefixes: { 'tag:': () => passesNothing },
};

export const describeInstances = wireAction({
  parameters: z.strictObject({ InstanceIds: z.array(Instance).default([]), Filters, ...page }),
  async run({ InstanceIds, Filters: filters, ...cut }, service) {
    requireAtMost(instancesNamedMax, 'InstanceIds', InstanceIds);
    if (InstanceIds.length > 0 && filters.length > 0) {
      throw new ProviderError({
        code: 'InvalidParameterCombination',
        message: 'InstanceIds and Filters cannot be specified at the same time.',
      });
    }
    const named = new Set(InstanceIds);
    const own = (await service.instances()).filter(
      ({ product, instanceId }) => product === 'standard' && (named.size === 0 || named.has(instanceId)),
    );
    const instances = passing(own, filters, filtering);
    return { TotalCount: instances.length, InstanceSet: onPage(instances, cut).map(cvmInstance) };
  },
});
