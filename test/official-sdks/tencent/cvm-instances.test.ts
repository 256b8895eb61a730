import { reportImageState } from '../../../functions/report-image-state.ts';
import { type Call, caught, exceptionWith, imported, region } from '../../sdk/tencent/calls.ts';
import { compute } from '../../support/api.ts';
import { freshId } from '../../support/client.ts';
import { freshPrincipals, type Principal } from './cvm-client.ts';

let owner: Principal;
let recipient: Principal;
beforeAll(async () => {
  [owner, recipient] = (await freshPrincipals(2)) as [Principal, Principal];
});

async function launched(call: Call, ImageId: string, more: object = {}): Promise<string[]> {
  const { InstanceIdSet } = (await call('RunInstances', { ImageId, ...more })) as { InstanceIdSet: string[] };
  return InstanceIdSet;
}
const oneLaunched = async (call: Call, ImageId: string): Promise<string> => (await launched(call, ImageId))[0] as string;
const listed = (call: Call, ...InstanceIds: readonly string[]) => call('DescribeInstances', { InstanceIds });

/** An image that is shared with the recipient. */
async function shared(): Promise<string> {
  const ImageId = await imported(owner.cvm);
  await owner.cvm('ModifyImageSharePermission', { ImageId, AccountIds: [recipient.account], Permission: 'SHARE' });
  return ImageId;
}
const cancelled = (ImageId: string) =>
  owner.cvm('ModifyImageSharePermission', { ImageId, AccountIds: [recipient.account], Permission: 'CANCEL' });

describe('RunInstances', () => {
  it('takes what its documents name, and makes so many servers', async () => {
    const ImageId = await imported(owner.cvm);
    const ids = await launched(owner.cvm, ImageId, {
      InstanceCount: 3,
      Placement: { Zone: 'ap-guangzhou-3' },
      InstanceType: 'S5.MEDIUM2',
      SystemDisk: { DiskType: 'CLOUD_PREMIUM', DiskSize: 50 },
      VirtualPrivateCloud: { VpcId: 'vpc-1', SubnetId: 'subnet-1' },
      InstanceName: 'web',
      SecurityGroupIds: ['sg-1'],
      UserData: 'IyEvYmluL3No',
    });
    expect(new Set(ids).size).toBe(3);
    expect(await listed(owner.cvm, ...ids)).toMatchObject({
      TotalCount: 3,
      InstanceSet: ids.map(() => ({ ImageId, InstanceState: 'RUNNING', OsName: 'CentOS 7' })),
    });
  });

  it('answers a repeated client token with the same servers, and refuses it for another call', async () => {
    const ImageId = await imported(owner.cvm);
    const ClientToken = freshId('token-');
    const first = await launched(owner.cvm, ImageId, { ClientToken });
    expect(await launched(owner.cvm, ImageId, { ClientToken })).toEqual(first);
    expect(await caught(owner.cvm('RunInstances', { ImageId, ClientToken, InstanceCount: 2 }))).toEqual(
      exceptionWith('InvalidParameterValue'),
    );
  });

  it('makes nothing with DryRun, and tells what would come of it', async () => {
    const [starter] = (await freshPrincipals(1)) as [Principal];
    const ImageId = await imported(starter.cvm);
    expect(await caught(starter.cvm('RunInstances', { ImageId, DryRun: true }))).toEqual(exceptionWith('DryRunOperation'));
    expect(await caught(starter.cvm('RunInstances', { ImageId: 'img-00000000', DryRun: true }))).toEqual(
      exceptionWith('InvalidImageId.NotFound'),
    );
    expect(await starter.cvm('DescribeInstances')).toMatchObject({ TotalCount: 0, InstanceSet: [] });
  });

  it.each<[string, object, string]>([
    ['no image', { ImageId: undefined }, 'MissingParameter'],
    ['an image id that is none', { ImageId: 'web' }, 'InvalidImageId.Malformed'],
    ['no servers', { InstanceCount: 0 }, 'InvalidParameterValue'],
    ['more servers than one call makes', { InstanceCount: 51 }, 'InvalidParameterValue'],
    ['a number that is none', { InstanceCount: '1e3' }, 'InvalidParameterValue'],
    ['a client token of 65 characters', { ClientToken: 'x'.repeat(65) }, 'InvalidParameterValue'],
    ['a flag that is none', { DryRun: 'maybe' }, 'InvalidParameterValue'],
  ])('refuses %s', async (_, change, code) => {
    expect(await caught(owner.cvm('RunInstances', { ImageId: 'img-00000000', ...change }))).toEqual(exceptionWith(code));
  });
});

describe('ResetInstance', () => {
  it('makes a server anew from its image or from another one', async () => {
    const [first, second] = [await imported(owner.cvm), await imported(owner.cvm)];
    const InstanceId = await oneLaunched(owner.cvm, first);
    await owner.cvm('ResetInstance', { InstanceId });
    expect(await listed(owner.cvm, InstanceId)).toMatchObject({ InstanceSet: [{ ImageId: first }] });
    await owner.cvm('ResetInstance', { InstanceId, ImageId: second, LoginSettings: { KeepImageLogin: 'TRUE' } });
    expect(await listed(owner.cvm, InstanceId)).toMatchObject({ InstanceSet: [{ ImageId: second }] });
  });

  it('refuses the recipient the image of its own server after the share is cancelled', async () => {
    const ImageId = await shared();
    const InstanceId = await oneLaunched(recipient.cvm, ImageId);
    await recipient.cvm('ResetInstance', { InstanceId });
    await cancelled(ImageId);
    expect(await caught(recipient.cvm('ResetInstance', { InstanceId }))).toEqual(exceptionWith('InvalidImageId.NotFound'));
    expect(await caught(recipient.cvm('ResetInstance', { InstanceId, ImageId }))).toEqual(
      exceptionWith('InvalidImageId.NotFound'),
    );
    expect(await listed(recipient.cvm, InstanceId)).toMatchObject({ TotalCount: 1, InstanceSet: [{ ImageId }] });
  });

  it('refuses the image of a server after it is deleted', async () => {
    const ImageId = await imported(owner.cvm);
    const InstanceId = await oneLaunched(owner.cvm, ImageId);
    await owner.cvm('DeleteImages', { ImageIds: [ImageId] });
    expect(await caught(owner.cvm('ResetInstance', { InstanceId }))).toEqual(exceptionWith('InvalidImageId.NotFound'));
  });

  it('refuses servers of others and ids that are none', async () => {
    const InstanceId = await oneLaunched(owner.cvm, await imported(owner.cvm));
    expect(await caught(recipient.cvm('ResetInstance', { InstanceId }))).toEqual(exceptionWith('InvalidInstanceId.NotFound'));
    expect(await caught(owner.cvm('ResetInstance', { InstanceId: 'ins-1122' }))).toEqual(
      exceptionWith('InvalidInstanceId.Malformed'),
    );
  });
});

describe('CreateImage', () => {
  it("makes an image of a server, the server's principal's own, which is there when the platform says so", async () => {
    const InstanceId = await oneLaunched(recipient.cvm, await shared());
    const { ImageId } = (await recipient.cvm('CreateImage', {
      InstanceId,
      ImageName: 'derived',
      ImageDescription: 'of a server',
      ForcePoweroff: 'TRUE',
      TagSpecification: [{ ResourceType: 'image', Tags: [{ Key: 'from', Value: 'server' }] }],
    })) as { ImageId: string };
    const image = (ImageState: string) => ({
      ImageSet: [{ ImageState, ImageName: 'derived', ImageDescription: 'of a server', Tags: [{ Key: 'from', Value: 'server' }] }],
    });
    expect(await recipient.cvm('DescribeImages', { ImageIds: [ImageId] })).toMatchObject(image('CREATING'));
    await compute().ok(reportImageState, { region, imageId: ImageId, state: 'available' });
    expect(await recipient.cvm('DescribeImages', { ImageIds: [ImageId] })).toMatchObject(image('NORMAL'));
    await recipient.cvm('ModifyImageSharePermission', { ImageId, AccountIds: [owner.account], Permission: 'SHARE' });
  });

  it('makes nothing with DryRun', async () => {
    const InstanceId = await oneLaunched(owner.cvm, await imported(owner.cvm));
    const ImageName = freshId('dry-');
    expect(await caught(owner.cvm('CreateImage', { InstanceId, ImageName, DryRun: true }))).toEqual(
      exceptionWith('DryRunOperation'),
    );
    expect(await owner.cvm('DescribeImages', { Filters: [{ Name: 'image-name', Values: [ImageName] }] })).toMatchObject({
      TotalCount: 0,
    });
  });

  it.each<[string, object, string]>([
    ['neither server nor snapshots', {}, 'InvalidParameter.SpecifyOneParameter'],
    ['server and snapshots', { InstanceId: 'ins-00000000', SnapshotIds: ['snap-1'] }, 'InvalidParameter.SpecifyOneParameter'],
    ['snapshots', { SnapshotIds: ['snap-1'] }, 'InvalidParameter.SnapshotNotFound'],
    ['a server that is not there', { InstanceId: 'ins-00000000' }, 'InvalidInstanceId.NotFound'],
    ['a server id that is none', { InstanceId: 'i-1' }, 'InvalidInstanceId.Malformed'],
  ])('refuses %s', async (_, change, code) => {
    expect(await caught(owner.cvm('CreateImage', { ImageName: 'x', ...change }))).toEqual(exceptionWith(code));
  });
});

describe('DescribeInstances', () => {
  let principal: Principal;
  let ids: string[];
  beforeAll(async () => {
    [principal] = (await freshPrincipals(1)) as [Principal];
    ids = await launched(principal.cvm, await imported(principal.cvm), { InstanceCount: 3 });
  });
  const filtered = (Name: string, ...Values: readonly string[]) =>
    principal.cvm('DescribeInstances', { Filters: [{ Name, Values }] });

  it('counts all own servers and cuts them by offset and limit', async () => {
    expect(await principal.cvm('DescribeInstances', { Offset: 1, Limit: 1 })).toMatchObject({ TotalCount: 3, InstanceSet: [{}] });
    expect(await principal.cvm('DescribeInstances', { Offset: 3 })).toMatchObject({ TotalCount: 3, InstanceSet: [] });
  });

  it.each<[string, readonly string[], number]>([
    ['instance-state', ['RUNNING'], 3],
    ['instance-state', ['STOPPED'], 0],
    ['creation-start-time', ['2023-06-01 00:00:00'], 3],
    ['creation-end-time', ['2023-06-01 00:00:00'], 0],
    ['zone', ['ap-guangzhou-3'], 0],
    ['tag:tier', ['web'], 0],
  ])('filters by %s %o', async (name, values, count) => {
    expect(await filtered(name, ...values)).toMatchObject({ TotalCount: count });
  });

  it('filters by instance-id, and gives servers of others to nobody', async () => {
    const [one] = ids as [string];
    expect(await filtered('instance-id', one)).toMatchObject({ TotalCount: 1, InstanceSet: [{ InstanceId: one }] });
    expect(await listed(owner.cvm, one)).toMatchObject({ TotalCount: 0 });
  });

  it.each<[string, object, string]>([
    [
      'ids and filters at once',
      { InstanceIds: ['ins-00000000'], Filters: [{ Name: 'zone', Values: ['a'] }] },
      'InvalidParameterCombination',
    ],
    ['a filter that is not known', { Filters: [{ Name: 'colour', Values: ['a'] }] }, 'InvalidFilter'],
    [
      'a time that is none',
      { Filters: [{ Name: 'creation-start-time', Values: ['yesterday'] }] },
      'InvalidParameterValue.InvalidTimeFormat',
    ],
    [
      'a day that is none',
      { Filters: [{ Name: 'creation-start-time', Values: ['2023-13-01 00:00:00'] }] },
      'InvalidParameterValue.InvalidTimeFormat',
    ],
    ['an id that is none', { InstanceIds: ['ins-1'] }, 'InvalidInstanceId.Malformed'],
    ['101 ids', { InstanceIds: Array(101).fill('ins-00000000') }, 'InvalidParameterValue.LimitExceeded'],
  ])('refuses %s', async (_, parameters, code) => {
    expect(await caught(principal.cvm('DescribeInstances', parameters))).toEqual(exceptionWith(code));
  });
});

describe('TerminateInstances', () => {
  it('ends several servers or, where one of them is not there, none', async () => {
    const ids = await launched(owner.cvm, await imported(owner.cvm), { InstanceCount: 2 });
    expect(await caught(owner.cvm('TerminateInstances', { InstanceIds: [...ids, 'ins-00000000'] }))).toEqual(
      exceptionWith('InvalidInstanceId.NotFound'),
    );
    expect(await listed(owner.cvm, ...ids)).toMatchObject({ TotalCount: 2 });
    await owner.cvm('TerminateInstances', { InstanceIds: [...ids, ...ids], ReleaseAddress: true });
    expect(await listed(owner.cvm, ...ids)).toMatchObject({ TotalCount: 0 });
  });
});

describe('DescribeRegions', () => {
  it('tells the regions of this cloud', async () => {
    expect(await owner.cvm('DescribeRegions')).toMatchObject({
      TotalCount: 2,
      RegionSet: [
        { Region: 'ap-guangzhou', RegionState: 'AVAILABLE' },
        { Region: 'ap-shanghai', RegionState: 'AVAILABLE' },
      ],
    });
  });
});
