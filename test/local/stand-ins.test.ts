import { createPrivateKey, randomBytes } from 'node:crypto';
import { importImage } from '../../functions/import-image.ts';
import { policies } from '../../lib/policies/policies.ts';
import { ecsActions } from '../../lib/sdk/alibaba/actions.ts';
import { cvmActions } from '../../lib/sdk/tencent/cvm/actions.ts';
import { ucloudActions } from '../../lib/sdk/ucloud/actions.ts';
import { alibabaStandIns } from '../../local/stand-ins/alibaba.ts';
import { cloudsWithStandIns } from '../../local/stand-ins/clouds.ts';
import { tencentStandIns } from '../../local/stand-ins/tencent.ts';
import { ucloudStandIns } from '../../local/stand-ins/ucloud.ts';
import { inSeconds, rpcRequest } from '../sdk/alibaba/signing.ts';
import { type Key, keyOf } from '../sdk/keys.ts';
import { signV3 } from '../sdk/tencent/signing.ts';
import { shapes } from '../sdk/ucloud/requests.ts';
import { send, sendSigned } from '../sdk/wire-request.ts';
import { noon, noonSeconds } from '../support/builders.ts';
import type { Fetch, Member } from '../support/client.ts';
import { fetchInProcess, freshMember, host, inProcess, service } from '../support/in-process.ts';

const { fetch: withStandIns } = inProcess(service, new Set(Object.keys(policies)), cloudsWithStandIns);

// biome-ignore lint/suspicious/noExplicitAny: responses are compared, not computed with.
type Response = any;

async function ecs(key: Key, action: string, parameters: Record<string, string> = {}, fetch: Fetch = withStandIns) {
  const nonce = randomBytes(16).toString('hex');
  const request = rpcRequest({
    key,
    action,
    parameters: { RegionId: 'cn-hangzhou', ...parameters },
    date: inSeconds(noon),
    nonce,
  });
  return (await (await sendSigned(request, fetch)).json()) as Response;
}

async function cvm(key: Key, action: string, parameters: object = {}, fetch: Fetch = withStandIns, version = '2017-03-12') {
  const body = JSON.stringify(parameters);
  const request = signV3({ host, timestamp: noonSeconds, action, body, version, region: 'ap-guangzhou' }, key);
  return ((await (await sendSigned(request, fetch)).json()) as Response).Response;
}

async function ucloud(key: Key, action: string, parameters: object = {}, fetch: Fetch = withStandIns) {
  const request = shapes['a form']({ Action: action, Region: 'cn-bj2', ...parameters }, key);
  return JSON.parse((await send(request, fetch)).text) as Response;
}

let owner: Member;
let key: Key;
let anotherKey: Key;

beforeAll(async () => {
  owner = await freshMember();
  key = await keyOf(owner);
  anotherKey = await keyOf(await freshMember());
});

const imageIn = async (region: string): Promise<string> =>
  (await owner.ok(importImage, { region, name: 'source', sizeGiB: 20, os: 'Debian 12' })).imageId;

describe('without STAND_INS', () => {
  const addedTo = (actions: object, standIns: object) => Object.keys(standIns).filter((name) => !Object.hasOwn(actions, name));

  it.each(addedTo(ecsActions, alibabaStandIns))('ECS refuses %s as an unknown action', async (action) => {
    expect(await ecs(key, action, {}, fetchInProcess)).toMatchObject({ Code: 'InvalidAction.NotFound' });
  });

  it.each(addedTo(cvmActions, tencentStandIns))('CVM refuses %s as an unknown action', async (action) => {
    expect(await cvm(key, action, {}, fetchInProcess)).toMatchObject({ Error: { Code: 'InvalidAction' } });
  });

  it.each(addedTo(ucloudActions, ucloudStandIns))('UHost refuses %s as an unknown action', async (action) => {
    expect(await ucloud(key, action, {}, fetchInProcess)).toMatchObject({ RetCode: 161 });
  });
});

describe('with STAND_INS=packer, ECS', () => {
  it.each([
    ['VpcId', 'CreateVpc', 'DescribeVpcs', 'DeleteVpc', 'InvalidVpcId.NotFound'],
    ['VSwitchId', 'CreateVSwitch', 'DescribeVSwitches', 'DeleteVSwitch', 'InvalidVSwitchId.NotFound'],
    [
      'SecurityGroupId',
      'CreateSecurityGroup',
      'DescribeSecurityGroups',
      'DeleteSecurityGroup',
      'InvalidSecurityGroupId.NotFound',
    ],
    ['AllocationId', 'AllocateEipAddress', 'DescribeEipAddresses', 'ReleaseEipAddress', 'InvalidAllocationId.NotFound'],
  ])('has a %s from %s until its account deletes it', async (idField, create, describe, remove, missing) => {
    const { [idField]: id } = await ecs(key, create);
    const named = { [idField]: id };

    expect(await ecs(key, describe, named)).toMatchObject({ TotalCount: 1 });
    expect(await ecs(key, describe, { [idField]: `${id}0` })).toMatchObject({ TotalCount: 0 });
    expect(await ecs(anotherKey, describe, named)).toMatchObject({ TotalCount: 0 });
    expect(await ecs(anotherKey, remove, named)).toMatchObject({ Code: missing });

    expect(await ecs(key, remove, named)).toEqual({ RequestId: expect.anything() });
    expect(await ecs(key, describe, named)).toMatchObject({ TotalCount: 0 });
    expect(await ecs(key, remove, named)).toMatchObject({ Code: missing });
    expect(await ecs(key, remove)).toMatchObject({ Code: 'MissingParameter', Message: expect.stringContaining(idField) });
  });

  it('takes rules for a security group that is there', async () => {
    const { SecurityGroupId } = await ecs(key, 'CreateSecurityGroup');
    for (const action of ['AuthorizeSecurityGroup', 'AuthorizeSecurityGroupEgress']) {
      expect(await ecs(key, action, { SecurityGroupId })).not.toHaveProperty('Code');
      expect(await ecs(anotherKey, action, { SecurityGroupId })).toMatchObject({ Code: 'InvalidSecurityGroupId.NotFound' });
    }
  });

  it('makes a private key that can be read, and attaches and deletes it', async () => {
    const made = await ecs(key, 'CreateKeyPair', { KeyPairName: 'packer_1' });
    expect(createPrivateKey(made.PrivateKeyBody).asymmetricKeyType).toBe('rsa');

    expect(await ecs(key, 'AttachKeyPair', { KeyPairName: 'packer_1' })).not.toHaveProperty('Code');
    expect(await ecs(key, 'DeleteKeyPairs', { KeyPairNames: '["packer_1"]' })).not.toHaveProperty('Code');
    expect(await ecs(key, 'DetachKeyPair', { KeyPairName: 'packer_1' })).toMatchObject({ Code: 'InvalidKeyPairName.NotFound' });
  });

  it('shows whether an address is in use, and gives only addresses that lead nowhere', async () => {
    const { AllocationId, EipAddress } = await ecs(key, 'AllocateEipAddress');
    expect(EipAddress).toMatch(/^192\.0\.2\.\d+$/);
    const status = async () => (await ecs(key, 'DescribeEipAddresses', { AllocationId })).EipAddresses.EipAddress[0].Status;

    expect(await status()).toBe('Available');
    await ecs(key, 'AssociateEipAddress', { AllocationId, InstanceId: 'i-1' });
    expect(await status()).toBe('InUse');
    await ecs(key, 'UnassociateEipAddress', { AllocationId, InstanceId: 'i-1' });
    expect(await status()).toBe('Available');
  });

  it('lists a zone in which the instance types of its list can be launched', async () => {
    const { Zones } = await ecs(key, 'DescribeZones');
    expect(Zones.Zone).toEqual([
      expect.objectContaining({
        ZoneId: 'cn-hangzhou-a',
        AvailableResourceCreation: { ResourceTypes: expect.arrayContaining(['VSwitch']) },
        AvailableInstanceTypes: { InstanceTypes: expect.arrayContaining(['ecs.n1.tiny']) },
      }),
    ]);
  });

  it('creates an instance that is stopped, starts it, and stops it again, for its account alone', async () => {
    const ImageId = await imageIn('cn-hangzhou');
    const launch = { ImageId, InstanceType: 'ecs.n1.tiny', ClientToken: randomBytes(8).toString('hex') };
    const { InstanceId } = await ecs(key, 'CreateInstance', launch);
    const InstanceIds = JSON.stringify([InstanceId]);
    const seen = async (filter = {}) => (await ecs(key, 'DescribeInstances', { InstanceIds, ...filter })).Instances.Instance;
    const status = async () => (await seen())[0].Status;

    expect(await status()).toBe('Stopped');
    expect(await ecs(anotherKey, 'StartInstance', { InstanceId })).toMatchObject({ Code: 'InvalidInstanceId.NotFound' });
    await ecs(key, 'StartInstance', { InstanceId });
    expect(await ecs(key, 'CreateInstance', launch)).toMatchObject({ InstanceId });
    expect(await status()).toBe('Running');
    await ecs(key, 'StopInstance', { InstanceId, ForceStop: 'false' });
    expect(await status()).toBe('Stopped');
    expect(await seen({ Status: 'Stopped' })).toHaveLength(1);
    expect(await seen({ Status: 'Running' })).toHaveLength(0);
    expect(await ecs(key, 'AllocatePublicIpAddress', { InstanceId })).toMatchObject({ IpAddress: expect.any(String) });
  });

  it('shows instances that were launched otherwise as running', async () => {
    const ImageId = await imageIn('cn-hangzhou');
    const [id] = (await ecs(key, 'RunInstances', { ImageId })).InstanceIdSets.InstanceIdSet;
    const listed = await ecs(key, 'DescribeInstances', { InstanceIds: JSON.stringify([id]) });
    expect(listed.Instances.Instance[0]).toMatchObject({ InstanceId: id, Status: 'Running' });
  });

  it('refuses a wrong signature and an unknown action as ever', async () => {
    expect(await ecs({ ...key, secret: 'x' }, 'CreateVpc')).toMatchObject({ Code: 'SignatureDoesNotMatch' });
    expect(await ecs(key, 'CreateNatGateway')).toMatchObject({ Code: 'InvalidAction.NotFound' });
  });
});

describe('with STAND_INS=packer, CVM and VPC', () => {
  it.each([
    ['Vpc', 'VpcId', 'VpcSet', 'CreateVpc', 'DescribeVpcs', 'DeleteVpc'],
    ['Subnet', 'SubnetId', 'SubnetSet', 'CreateSubnet', 'DescribeSubnets', 'DeleteSubnet'],
    [
      'SecurityGroup',
      'SecurityGroupId',
      'SecurityGroupSet',
      'CreateSecurityGroup',
      'DescribeSecurityGroups',
      'DeleteSecurityGroup',
    ],
  ])('have a %s until its account deletes it', async (thing, idField, set, create, describe, remove) => {
    const id = (await cvm(key, create))[thing][idField];
    expect(id).toMatch(/-[0-9a-z]{8}$/);
    const named = { [`${idField}s`]: [id] };

    expect(await cvm(key, describe, named)).toMatchObject({ TotalCount: 1, [set]: [{ [idField]: id }] });
    expect(await cvm(anotherKey, describe, named)).toMatchObject({ TotalCount: 0, [set]: [] });
    expect(await cvm(anotherKey, remove, { [idField]: id })).toMatchObject({ Error: { Code: 'ResourceNotFound' } });

    expect(await cvm(key, remove, { [idField]: id })).toEqual({ RequestId: expect.anything() });
    expect(await cvm(key, describe, named)).toMatchObject({ TotalCount: 0 });
  });

  it('take rules for a security group that is there', async () => {
    const { SecurityGroupId } = (await cvm(key, 'CreateSecurityGroup')).SecurityGroup;
    const policies = { SecurityGroupId, SecurityGroupPolicySet: { Ingress: [] } };
    expect(await cvm(key, 'CreateSecurityGroupPolicies', policies)).not.toHaveProperty('Error');
    expect(await cvm(anotherKey, 'CreateSecurityGroupPolicies', policies)).toMatchObject({ Error: { Code: 'ResourceNotFound' } });
  });

  it('make a private key that can be read, and detach and delete it', async () => {
    const { KeyPair } = await cvm(key, 'CreateKeyPair', { KeyName: 'packer', ProjectId: 0 });
    expect(createPrivateKey(KeyPair.PrivateKey).asymmetricKeyType).toBe('rsa');
    const KeyIds = [KeyPair.KeyId];

    expect(await cvm(key, 'DisassociateInstancesKeyPairs', { KeyIds, InstanceIds: [] })).not.toHaveProperty('Error');
    expect(await cvm(key, 'DeleteKeyPairs', { KeyIds })).not.toHaveProperty('Error');
    expect(await cvm(key, 'DeleteKeyPairs', { KeyIds })).toMatchObject({ Error: { Code: 'InvalidKeyPairId.NotFound' } });
  });

  it('list the first zone of the region', async () => {
    const { ZoneSet } = await cvm(key, 'DescribeZones');
    expect(ZoneSet.map(({ Zone }: { Zone: string }) => Zone)).toContain('ap-guangzhou-1');
  });

  it('leave Lighthouse alone', async () => {
    expect(await cvm(key, 'CreateVpc', {}, withStandIns, '2020-03-24')).toMatchObject({ Error: { Code: 'InvalidAction' } });
  });
});

describe('with STAND_INS=packer, UHost', () => {
  it.each([
    ['DescribeVPC', 'VPCIds.0', 'uvnet-default'],
    ['DescribeSubnet', 'SubnetIds.0', 'subnet-default'],
    ['DescribeFirewall', 'FWId', 'firewall-default'],
  ])('has one thing to %s', async (action, parameter, id) => {
    expect(await ucloud(key, action)).toMatchObject({ RetCode: 0, TotalCount: 1 });
    expect(await ucloud(key, action, { [parameter]: id })).toMatchObject({ RetCode: 0, TotalCount: 1 });
    expect(await ucloud(key, action, { [parameter]: 'another' })).toMatchObject({ RetCode: 0, TotalCount: 0, DataSet: [] });
  });

  it('stops and starts a host', async () => {
    const ImageId = await imageIn('cn-bj2');
    const launch = { ImageId, Zone: 'cn-bj2-02', LoginMode: 'Password' };
    const [UHostId] = (await ucloud(key, 'CreateUHostInstance', launch)).UHostIds;
    const host = async () => (await ucloud(key, 'DescribeUHostInstance', { 'UHostIds.0': UHostId })).UHostSet[0];

    expect(await host()).toMatchObject({ State: 'Running', BootDiskState: 'Normal' });
    expect(await ucloud(anotherKey, 'StopUHostInstance', { UHostId })).toMatchObject({ Message: expect.any(String) });
    expect(await ucloud(key, 'StopUHostInstance', { UHostId })).toMatchObject({ RetCode: 0, UHostId });
    expect(await host()).toMatchObject({ State: 'Stopped' });
    await ucloud(key, 'StartUHostInstance', { UHostId });
    expect(await host()).toMatchObject({ State: 'Running' });
  });
});
