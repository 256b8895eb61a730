import { listInstances } from '../../../functions/list-instances.ts';
import { ActionError } from '../../../lib/model/error.ts';
import type { InstanceId } from '../../../lib/model/ids.ts';
import { locateInstance } from '../../../lib/sdk/alibaba/instances.ts';
import type { Service } from '../../../lib/sdk/service.ts';
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

describe('RunInstances', () => {
  const launched = async (parameters: Parameters = {}) =>
    entriesOf(await owner.ok('RunInstances', { ImageId, ...parameters }), 'InstanceIdSets', 'InstanceIdSet');

  it('launches one instance by default, none in a dry run, and once per ClientToken', async () => {
    expect(await owner.refused('RunInstances', { ImageId, DryRun: true })).toMatchObject(dryRun);
    expect(await count()).toBe(0);

    const ClientToken = freshId();
    const first = await launched({ ClientToken });
    expect(await launched({ ClientToken })).toEqual(first);
    expect(first).toEqual((await instances()).map(({ InstanceId }) => InstanceId));
    expect(first).toHaveLength(1);
  });

  it('launches up to 50 instances', async () => {
    expect(await launched({ Amount: 50, MinAmount: 50 })).toHaveLength(50);
    expect(await owner.ok('DescribeInstances')).toMatchObject({ TotalCount: 50 });
    for (const Amount of [51, 0]) {
      expect(await owner.refused('RunInstances', { ImageId, Amount })).toMatchObject({ status: 400, code: 'InvalidParameter' });
    }
  });

  it('refuses an image that is missing, in another region, of another account, or pending', async () => {
    const { imageId: pending } = await anImageOf(owner.api, region, { state: 'pending' });
    const notFound = { status: 404, code: 'InvalidImageId.NotFound' };

    expect(await owner.refused('RunInstances')).toMatchObject({ status: 400, code: 'MissingParameter' });
    expect(await owner.refused('RunInstances', { ImageId: 'm-missing' })).toMatchObject(notFound);
    expect(await owner.refused('RunInstances', { ImageId, RegionId: otherRegion })).toMatchObject(notFound);
    expect(await (await freshEcsAccount()).refused('RunInstances', { ImageId })).toMatchObject(notFound);
    expect(await owner.refused('RunInstances', { ImageId: pending })).toMatchObject({
      status: 403,
      code: 'OperationDenied.ImageNotValid',
    });
  });
});

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

  it('DeleteInstance terminates the instance, but not in a dry run', async () => {
    const InstanceId = await launched();
    const other = await freshEcsAccount();

    expect(await owner.refused('DeleteInstance', { InstanceId, DryRun: true })).toMatchObject(dryRun);
    expect(await other.refused('DeleteInstance', { InstanceId })).toMatchObject(instanceNotFound);
    expect(await instances({ RegionId })).toMatchObject([{ InstanceId }]);
    await owner.ok('DeleteInstance', { InstanceId, Force: true });
    expect(await instances({ RegionId })).toEqual([]);
    expect(await owner.refused('DeleteInstance', { InstanceId })).toMatchObject(instanceNotFound);
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
    expect(await owner.refused('DescribeInstances', { DryRun: true })).toMatchObject(dryRun);
    expect(await instances({ InstanceName: id.slice(0, 5) })).toEqual([]);
    expect(await instances({ InstanceName: id.toUpperCase() })).toEqual([]);
  });
});

describe('a call for an instance', () => {
  it('reports a failure of the service as such, and not as a missing instance', async () => {
    const failure = new ActionError('Unavailable', { detail: 'Try again.' });
    const failing = { regions: [region], inRegion: () => failing, getInstance: () => Promise.reject(failure) };

    await expect(locateInstance('i-1' as InstanceId, failing as unknown as Service)).rejects.toBe(failure);
  });
});
