/**
 * What Packer's alicloud-ecs builder needs of ECS and VPC besides images. Codes: the error tables of the ECS and VPC API
 * references.
 */
import * as z from 'zod';
import { describeInstances } from '../../lib/sdk/alibaba/instance-list.ts';
import { locateInstance, runInstances } from '../../lib/sdk/alibaba/instances.ts';
import { InstanceId, JsonIdList } from '../../lib/sdk/alibaba/parameters.ts';
import { type Dialect, type Fields, type WireAction, type WireError, wireAction } from '../../lib/sdk/wire.ts';
import { Text } from '../../lib/sdk/wire-fields.ts';
import { newPrivateKey } from './key-pair.ts';
import { accept, create, deadAddress, Kind, onOne, remove } from './kind.ts';
import { type Power, powerOf, setFirstPower, setPower } from './power.ts';

const notFound = (code: string, message: string): WireError => ({ code, status: 404, message });

const vpcs = new Kind('VpcId', 'vpc-', notFound('InvalidVpcId.NotFound', 'Specified VPC does not exist.'));
const vswitches = new Kind('VSwitchId', 'vsw-', notFound('InvalidVSwitchId.NotFound', 'Specified vSwitch does not exist.'));
const securityGroups = new Kind(
  'SecurityGroupId',
  'sg-',
  notFound('InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.'),
);
const keyPairs = new Kind(
  'KeyPairName',
  '',
  notFound('InvalidKeyPairName.NotFound', 'The specified KeyPairName does not exist.'),
);
const eips = new Kind('AllocationId', 'eip-', notFound('InvalidAllocationId.NotFound', 'Specified allocation ID is not found'));

/** The instance types that the one zone offers, because builders look for a zone that has theirs. */
const instanceTypes = [
  'ecs.n1.tiny',
  'ecs.n1.small',
  'ecs.n1.medium',
  'ecs.t5-lc1m1.small',
  'ecs.t6-c1m1.large',
  'ecs.c6.large',
  'ecs.g6.large',
  'ecs.g7.large',
];

export const alibabaStandIns: Dialect['actions'] = {
  DescribeZones: {
    parameters: z.looseObject({}),
    run: async (_, { region }) => ({
      Zones: {
        Zone: [
          {
            ZoneId: `${region}-a`,
            LocalName: `${region}-a`,
            AvailableResourceCreation: { ResourceTypes: ['VSwitch', 'Instance', 'Disk'] },
            AvailableInstanceTypes: { InstanceTypes: instanceTypes },
          },
        ],
      },
    }),
  },

  CreateVpc: create(vpcs, ({ RegionId, VpcName, CidrBlock }) => ({ RegionId, VpcName, CidrBlock, Status: 'Available' })),
  DescribeVpcs: list(vpcs, 'Vpcs', 'Vpc'),
  DeleteVpc: remove(vpcs),

  CreateVSwitch: create(vswitches, ({ VpcId, ZoneId, VSwitchName, CidrBlock }) => ({
    VpcId,
    ZoneId,
    VSwitchName,
    CidrBlock,
    Status: 'Available',
  })),
  DescribeVSwitches: list(vswitches, 'VSwitches', 'VSwitch'),
  DeleteVSwitch: remove(vswitches),

  CreateSecurityGroup: create(securityGroups, ({ VpcId, SecurityGroupName }) => ({ VpcId, SecurityGroupName })),
  DescribeSecurityGroups: list(securityGroups, 'SecurityGroups', 'SecurityGroup'),
  AuthorizeSecurityGroup: accept(securityGroups),
  AuthorizeSecurityGroupEgress: accept(securityGroups),
  DeleteSecurityGroup: remove(securityGroups),

  CreateKeyPair: {
    parameters: z.looseObject({ KeyPairName: Text }),
    run: async ({ KeyPairName }: { KeyPairName: string }, service) => ({
      ...keyPairs.add(service, { KeyPairName }),
      PrivateKeyBody: newPrivateKey(),
    }),
  },
  AttachKeyPair: accept(keyPairs),
  DetachKeyPair: accept(keyPairs),
  DeleteKeyPairs: wireAction({
    parameters: z.looseObject({ KeyPairNames: JsonIdList }),
    async run({ KeyPairNames }, service) {
      for (const name of KeyPairNames) {
        keyPairs.remove(service, name);
      }
      return {};
    },
  }),

  AllocateEipAddress: create(
    eips,
    ({ RegionId }) => ({ RegionId, IpAddress: deadAddress(), Status: 'Available' }),
    ({ AllocationId, IpAddress }) => ({ AllocationId, EipAddress: IpAddress }),
  ),
  DescribeEipAddresses: list(eips, 'EipAddresses', 'EipAddress'),
  AssociateEipAddress: onOne(eips, (id, service, { InstanceId }) => eips.change(service, id, { InstanceId, Status: 'InUse' })),
  UnassociateEipAddress: onOne(eips, (id, service) => eips.change(service, id, { InstanceId: '', Status: 'Available' })),
  ReleaseEipAddress: remove(eips),
  AllocatePublicIpAddress: onInstance(() => ({ IpAddress: deadAddress() })),

  CreateInstance: {
    parameters: runInstances.parameters,
    async run(parameters: Fields, service) {
      const { InstanceIdSets } = await runInstances.run({ ...parameters, Amount: 1 } as never, service);
      const [id] = (InstanceIdSets as { InstanceIdSet: string[] }).InstanceIdSet;
      setFirstPower(String(id), 'Stopped');
      return { InstanceId: id };
    },
  },
  StartInstance: power('Running'),
  StopInstance: power('Stopped'),
  DescribeInstances: {
    parameters: describeInstances.parameters,
    async run({ Status, ...parameters }: Fields, service) {
      const { Instances, ...page } = await describeInstances.run(parameters as never, service);
      const entries = (Instances as { Instance: Fields[] }).Instance.map((instance) => ({
        ...instance,
        Status: powerOf(String(instance['InstanceId'])),
      }));
      // Filters only the entries of this page, which can therefore be short.
      return { ...page, Instances: { Instance: entries.filter((instance) => (Status ?? instance.Status) === instance.Status) } };
    },
  },
};

/**
 * Lists the things of this kind whose fields equal those that the request names. Ignores request parameters that aren't fields
 * of theirs.
 */
function list(kind: Kind, outer: string, inner: string): WireAction {
  return {
    parameters: z.looseObject({}),
    run: async (requested: Fields, service) => {
      const found = kind
        .all(service)
        .filter((thing) => Object.entries(thing).every(([name, value]) => (requested[name] ?? value) === value));
      return { TotalCount: found.length, PageNumber: 1, PageSize: found.length, [outer]: { [inner]: found } };
    },
  };
}

/** An action on an instance of the caller, in any region, because these calls don't name one. */
function onInstance(run: (instanceId: string) => Fields): WireAction {
  return wireAction({
    parameters: z.looseObject({ InstanceId }),
    async run(requested, service) {
      await locateInstance(requested.InstanceId, service);
      return run(requested.InstanceId);
    },
  });
}

function power(state: Power): WireAction {
  return onInstance((id) => {
    setPower(id, state);
    return {};
  });
}
