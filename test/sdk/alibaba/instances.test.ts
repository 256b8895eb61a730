import { listInstances } from '../../../functions/list-instances.ts';
import { anImageOf, freshId } from '../../support/client.ts';
import { type EcsAccount, entriesOf, freshEcsAccount, otherRegion, type Parameters, RegionId } from './in-process.ts';

const region = RegionId;
const dryRun = { status: 400, code: 'DryRunOperation' };
const instanceNotFound = { status: 404, code: 'InvalidInstanceId.NotFound' };

let owner: EcsAccount;
let ImageId: string;

beforeEach(async () => {
  owner = await freshEcsAccount();
  ImageId = (await anImageOf(owner.api, region)).imageId;
});

const create = (): Parameters => ({ ImageId, InstanceType: 'ecs.g6.large' });
const instances = async (parameters: Parameters = {}) =>
  entriesOf(await owner.ok('DescribeInstances', parameters), 'Instances', 'Instance');
const count = async () => (await owner.api.ok(listInstances, { region })).instances.length;

describe('CreateInstance', () => {
  it('launches one instance, which is running', async () => {
    const { InstanceId } = await owner.ok('CreateInstance', {
      ...create(),
      SecurityGroupId: 'sg-1',
      VSwitchId: 'vsw-1',
      Password: 'secret',
      SystemDisk: { Category: 'cloud_essd', Size: 0 },
      DataDisk: [{ Category: 'cloud', Size: 20, DeleteWithInstance: true }],
      UserData: 'aGk=',
    });

    expect(await instances()).toMatchObject([{ InstanceId, ImageId, Status: 'Running', ZoneId: 'cn-hangzhou-a' }]);
  });

  it('runs once per ClientToken, creates nothing in a dry run, and has the errors of RunInstances', async () => {
    const ClientToken = freshId();
    const first = await owner.ok('CreateInstance', { ...create(), ClientToken });

    expect(await owner.ok('CreateInstance', { ...create(), ClientToken })).toMatchObject({ InstanceId: first['InstanceId'] });
    expect(await owner.refused('CreateInstance', { ...create(), DryRun: true })).toMatchObject(dryRun);
    expect(await count()).toBe(1);
    expect(await owner.refused('CreateInstance', { InstanceType: 'x' })).toMatchObject({ code: 'MissingParameter' });
    expect(await owner.refused('CreateInstance', { ImageId })).toMatchObject({
      code: 'MissingParameter',
      message: expect.stringContaining('"InstanceType"'),
    });
    expect(await owner.refused('CreateInstance', { ...create(), ImageId: 'm-missing' })).toMatchObject({
      status: 404,
      code: 'InvalidImageId.NotFound',
    });
    const { imageId: pending } = await anImageOf(owner.api, region, { state: 'pending' });
    expect(await owner.refused('CreateInstance', { ...create(), ImageId: pending })).toMatchObject({
      status: 403,
      code: 'OperationDenied.ImageNotValid',
    });
  });
});

describe.each([RegionId, otherRegion])('in %s, which the calls do not name,', (RegionId) => {
  const launched = async () => {
    const { imageId } = await anImageOf(owner.api, RegionId);
    return (await owner.ok('CreateInstance', { ...create(), RegionId, ImageId: imageId }))['InstanceId'];
  };

  it('StartInstance succeeds, because an instance is always running', async () => {
    const InstanceId = await launched();
    const other = await freshEcsAccount();

    await owner.ok('StartInstance', { InstanceId });
    expect(await owner.refused('StartInstance', { InstanceId, DryRun: true })).toMatchObject(dryRun);
    expect(await owner.refused('StartInstance', { InstanceId: 'i-missing' })).toMatchObject(instanceNotFound);
    expect(await other.refused('StartInstance', { InstanceId })).toMatchObject(instanceNotFound);
    expect(await owner.refused('StartInstance')).toMatchObject({ code: 'MissingParameter' });
  });

  it('StopInstance is refused, because instances cannot be stopped', async () => {
    const InstanceId = await launched();
    const refusal = {
      status: 403,
      code: 'InvalidInstanceId.NotSupport',
      message: expect.stringContaining(String(InstanceId)),
    };

    expect(await owner.refused('StopInstance', { InstanceId, ForceStop: true })).toEqual(refusal);
    expect(await owner.refused('StopInstance', { InstanceId, DryRun: true })).toEqual(refusal);
    expect(await owner.refused('StopInstance', { InstanceId: 'i-missing' })).toMatchObject(instanceNotFound);
    expect(await instances({ RegionId })).toMatchObject([{ InstanceId, Status: 'Running' }]);
  });
});

describe('DescribeInstances', () => {
  it('finds instances by properties that all have, by name, and by the pattern of a name', async () => {
    const { InstanceId } = await owner.ok('CreateInstance', create());
    const id = String(InstanceId);

    for (const filter of [
      { Status: 'Running' },
      { ZoneId: 'cn-hangzhou-a' },
      { InstanceName: id },
      { InstanceName: `${id.slice(0, 5)}*` },
      { ImageId },
      { Filter: [{ Key: 'CreationStartTime', Value: '2026-11-22T11:59Z' }] },
    ]) {
      expect({ filter, found: await instances(filter) }).toMatchObject({ filter, found: [{ InstanceId }] });
    }
    expect(await instances()).toMatchObject([
      {
        InstanceType: '',
        PublicIpAddress: { IpAddress: [] },
        VpcAttributes: { PrivateIpAddress: { IpAddress: [] } },
        SecurityGroupIds: { SecurityGroupId: [] },
        OperationLocks: { LockReason: [] },
        Tags: { Tag: [] },
      },
    ]);
    expect(await instances({ InstanceName: id.slice(0, 5) })).toEqual([]);
    expect(await instances({ InstanceName: id.toUpperCase() })).toEqual([]);
  });
});

describe('DescribeDisks', () => {
  it('finds disks by properties that all have', async () => {
    const { InstanceId } = await owner.ok('CreateInstance', create());
    const properties = {
      Status: 'In_use',
      ZoneId: 'cn-hangzhou-a',
      Portable: false,
      DeleteWithInstance: true,
      DeleteAutoSnapshot: false,
      EnableAutoSnapshot: false,
      EnableAutomatedSnapshotPolicy: false,
      MultiAttach: 'Disabled',
    };
    const disks = async (parameters: Parameters) => entriesOf(await owner.ok('DescribeDisks', parameters), 'Disks', 'Disk');

    for (const [name, value] of Object.entries(properties)) {
      expect(await disks({ [name]: value })).toMatchObject([{ InstanceId, ...properties }]);
    }
    expect(await disks({ DiskType: 'system', Category: 'all', Encrypted: false, EnableShared: false })).toHaveLength(1);
  });
});
