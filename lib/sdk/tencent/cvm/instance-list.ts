/** Lists CVM instances. */
import * as z from 'zod';
import type { Region } from '../../../model/ids.ts';
import type { InstanceView } from '../../../model/views/instance.ts';
import { tencentPolicy } from '../../../policies/tencent.ts';
import { ProviderError, wireAction } from '../../wire.ts';
import { byNothing, byOneOf, byText, cvmFilterLimits, Filters, idForm, selectBy } from '../filters.ts';
import { InstanceParameter, instanceIdsMax, pageOf, pageParameters, requireAtMost } from '../parameters.ts';
import { zoneOfInstances, zonesOf } from '../regions.ts';
import { chargeTypes, commonFields, cvmInstance, projectOfInstances } from './instance-view.ts';

/** A time in a filter, such as `2023-06-01 00:00:00`, which is in UTC, in ISO 8601. */
const isoTimeOf = (value: string): string => value.replace(' ', 'T').replace(/Z?$/, 'Z');
const filterTime = (value: string): number => Date.parse(isoTimeOf(value));

const timeForm = {
  test: (value: string) => z.iso.datetime({ precision: 0 }).safeParse(isoTimeOf(value)).success,
  reason: 'a time such as 2023-06-01 00:00:00',
  code: 'InvalidParameterValue.InvalidTimeFormat',
};

const createdAt = (instance: InstanceView): number => Date.parse(instance.createdAt);

/** Source: the data type InstanceStatus in github.com/TencentCloud/tencentcloud-sdk-go, cvm/v20170312/models.go. */
const instanceStates = [
  'PENDING',
  'LAUNCH_FAILED',
  'RUNNING',
  'STOPPED',
  'STARTING',
  'STOPPING',
  'REBOOTING',
  'SHUTDOWN',
  'TERMINATING',
  'ENTER_RESCUE_MODE',
  'RESCUE_MODE',
  'EXIT_RESCUE_MODE',
  'ENTER_SERVICE_LIVE_MIGRATE',
  'SERVICE_LIVE_MIGRATE',
  'EXIT_SERVICE_LIVE_MIGRATE',
];

const ipForm = (address: z.ZodType, reason: string, code: string) => ({
  test: (value: string) => address.safeParse(value).success,
  reason,
  code,
});
const ipv4Form = ipForm(z.ipv4(), 'an IPv4 address', 'InvalidParameterValue.IPAddressMalformed');
const ipv6Form = ipForm(z.ipv6(), 'an IPv6 address', 'InvalidParameterValue.IPv6AddressMalformed');

/**
 * Sources: the documentation of DescribeInstances in the SDK for Node, and CVM's error codes. Properties that aren't recorded
 * here have the values with which cvmInstance reports them, or find nothing.
 */
const filterRules = (region: Region) => ({
  ...cvmFilterLimits,
  byName: {
    'instance-id': byText(
      (instance: InstanceView) => instance.instanceId,
      idForm(tencentPolicy.instanceId.prefix, 'InvalidInstanceId.Malformed'),
    ),
    'instance-state': byOneOf(instanceStates, () => commonFields.InstanceState),
    'instance-charge-type': byOneOf(chargeTypes, () => commonFields.InstanceChargeType),
    'creation-start-time': {
      matches: (instance: InstanceView, value: string) => createdAt(instance) >= filterTime(value),
      form: timeForm,
    },
    'creation-end-time': {
      matches: (instance: InstanceView, value: string) => createdAt(instance) <= filterTime(value),
      form: timeForm,
    },
    zone: byOneOf(
      zonesOf(region).map(({ zone }) => zone),
      () => zoneOfInstances(region),
      'InvalidZone.MismatchRegion',
    ),
    'project-id': byText(() => String(projectOfInstances), {
      test: (value: string) => /^\d{1,15}$/.test(value),
      reason: 'an integer',
      code: 'InvalidParameterValue',
    }),
    'host-id': byNothing<InstanceView>(idForm('host-', 'InvalidHostId.Malformed')),
    'dedicated-cluster-id': byNothing<InstanceView>(),
    'vpc-id': byNothing<InstanceView>(idForm('vpc-', 'InvalidParameterValue.VpcIdMalformed')),
    'subnet-id': byNothing<InstanceView>(idForm('subnet-', 'InvalidParameterValue.SubnetIdMalformed')),
    'security-group-id': byNothing<InstanceView>(idForm('sg-', 'InvalidSgId.Malformed')),
    uuid: byNothing<InstanceView>({
      test: (value) => z.guid().safeParse(value).success,
      reason: 'a UUID',
      code: 'InvalidParameterValue.UuidMalformed',
    }),
    'instance-name': byNothing<InstanceView>(),
    'private-ip-address': byNothing<InstanceView>(ipv4Form),
    'public-ip-address': byNothing<InstanceView>(ipv4Form),
    'ipv6-address': byNothing<InstanceView>(ipv6Form),
    'tag-key': byNothing<InstanceView>(),
    'tag-value': byNothing<InstanceView>(),
  },
  byPrefix: { 'tag:': () => byNothing<InstanceView>() },
});

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
    const select = selectBy<InstanceView>(filters, filterRules(service.region));
    const ids = new Set(InstanceIds);
    const candidates = (await service.listInstances()).filter(
      ({ product, instanceId }) => product === 'standard' && (ids.size === 0 || ids.has(instanceId)),
    );
    const instances = select(candidates);
    return { TotalCount: instances.length, InstanceSet: pageOf(instances, page).map(cvmInstance) };
  },
});
