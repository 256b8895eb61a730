/**
 * What Packer's tencentcloud-cvm builder needs of CVM and VPC besides images; both are version 2017-03-12. Codes: the error
 * tables of DeleteVpc and DeleteKeyPairs in the API references.
 */
import * as z from 'zod';
import { type Dialect, type Fields, type WireAction, wireAction } from '../../lib/sdk/wire.ts';
import { Text } from '../../lib/sdk/wire-fields.ts';
import { newPrivateKey } from './key-pair.ts';
import { accept, create, Kind, remove } from './kind.ts';

const missing = { code: 'ResourceNotFound', message: 'The resource does not exist.' };

const vpcs = new Kind('VpcId', 'vpc-', missing);
const subnets = new Kind('SubnetId', 'subnet-', missing);
const securityGroups = new Kind('SecurityGroupId', 'sg-', missing);
const keyPairs = new Kind('KeyId', 'skey-', {
  code: 'InvalidKeyPairId.NotFound',
  message: 'Invalid key pair ID. The specified key pair ID does not exist.',
});

export const tencentStandIns: Dialect['actions'] = {
  DescribeZones: {
    parameters: z.looseObject({}),
    run: async (_, { region }) => ({
      TotalCount: 1,
      ZoneSet: [{ Zone: `${region}-1`, ZoneName: `${region}-1`, ZoneId: '1', ZoneState: 'AVAILABLE' }],
    }),
  },

  CreateVpc: create(
    vpcs,
    ({ VpcName, CidrBlock }) => ({ VpcName, CidrBlock, IsDefault: false }),
    (Vpc) => ({ Vpc }),
  ),
  DescribeVpcs: list(vpcs, 'VpcIds', 'VpcSet'),
  DeleteVpc: remove(vpcs),

  CreateSubnet: create(
    subnets,
    ({ VpcId, SubnetName, CidrBlock, Zone }) => ({ VpcId, SubnetName, CidrBlock, Zone, IsDefault: false }),
    (Subnet) => ({ Subnet }),
  ),
  DescribeSubnets: list(subnets, 'SubnetIds', 'SubnetSet'),
  DeleteSubnet: remove(subnets),

  CreateSecurityGroup: create(
    securityGroups,
    ({ GroupName, GroupDescription }) => ({
      SecurityGroupName: GroupName,
      SecurityGroupDesc: GroupDescription,
      IsDefault: false,
    }),
    (SecurityGroup) => ({ SecurityGroup }),
  ),
  CreateSecurityGroupPolicies: accept(securityGroups),
  DescribeSecurityGroups: list(securityGroups, 'SecurityGroupIds', 'SecurityGroupSet'),
  DeleteSecurityGroup: remove(securityGroups),

  CreateKeyPair: create(
    keyPairs,
    ({ KeyName, ProjectId }) => ({ KeyName, ProjectId }),
    (made) => ({ KeyPair: { ...made, PrivateKey: newPrivateKey() } }),
  ),
  DisassociateInstancesKeyPairs: onKeyPairs((id, service) => void keyPairs.find(service, id)),
  DeleteKeyPairs: onKeyPairs((id, service) => keyPairs.remove(service, id)),
};

/** Lists the things of this kind, or only those whose IDs the request contains. */
function list(kind: Kind, ids: string, set: string): WireAction {
  return {
    parameters: z.looseObject({ [ids]: z.array(Text).optional() }),
    run: async (requested: Fields, service) => {
      const named = requested[ids] as string[] | undefined;
      const found = kind.all(service).filter((thing) => named?.includes(String(thing[kind.idField])) ?? true);
      return { TotalCount: found.length, [set]: found };
    },
  };
}

function onKeyPairs(run: (id: string, service: Parameters<Kind['all']>[0]) => void): WireAction {
  return wireAction({
    parameters: z.looseObject({ KeyIds: z.array(Text) }),
    async run({ KeyIds }, service) {
      for (const id of KeyIds) {
        run(id, service);
      }
      return {};
    },
  });
}
