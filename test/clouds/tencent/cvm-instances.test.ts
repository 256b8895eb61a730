import { reportImageState } from '../../../functions/report-image-state.ts';
import { compute, freshId } from '../../support/api.ts';
import { type Call, caught, cvmCalls, exceptionWith, freshHolders, type Holder, imported, region } from './clients.ts';

let owner: Holder;
let recipient: Holder;
let owning: Call;
let receiving: Call;
beforeAll(async () => {
  [owner, recipient] = (await freshHolders(2)) as [Holder, Holder];
  owning = cvmCalls(owner.key);
  receiving = cvmCalls(recipient.key);
});

async function launched(call: Call, ImageId: string, more: object = {}): Promise<string[]> {
  const { InstanceIdSet } = (await call('RunInstances', { ImageId, ...more })) as { InstanceIdSet: string[] };
  return InstanceIdSet;
}
const oneLaunched = async (call: Call, ImageId: string): Promise<string> => (await launched(call, ImageId))[0] as string;
const listed = (call: Call, ...InstanceIds: readonly string[]) => call('DescribeInstances', { InstanceIds });

/** An image that is shared with the recipient. */
async function shared(): Promise<string> {
  const ImageId = await imported(owning);
  await owning('ModifyImageSharePermission', { ImageId, AccountIds: [recipient.account], Permission: 'SHARE' });
  return ImageId;
}
const cancelled = (ImageId: string) =>
  owning('ModifyImageSharePermission', { ImageId, AccountIds: [recipient.account], Permission: 'CANCEL' });

describe('RunInstances', () => {
  it('takes what its documents name, and makes so many servers', async () => {
    const ImageId = await imported(owning);
    const ids = await launched(owning, ImageId, {
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
    expect(await listed(owning, ...ids)).toMatchObject({
      TotalCount: 3,
      InstanceSet: ids.map(() => ({ ImageId, InstanceState: 'RUNNING', OsName: 'CentOS 7' })),
    });
  });

  it('answers a repeated client token with the same servers, and refuses it for another call', async () => {
    const ImageId = await imported(owning);
    const ClientToken = freshId('token-');
    const first = await launched(owning, ImageId, { ClientToken });
    expect(await launched(owning, ImageId, { ClientToken })).toEqual(first);
    expect(await caught(owning('RunInstances', { ImageId, ClientToken, InstanceCount: 2 }))).toEqual(
      exceptionWith('InvalidParameterValue'),
    );
  });

  it('makes nothing with DryRun, and tells what would come of it', async () => {
    const [starter] = (await freshHolders(1)) as [Holder];
    const starting = cvmCalls(starter.key);
    const ImageId = await imported(starting);
    expect(await caught(starting('RunInstances', { ImageId, DryRun: true }))).toEqual(exceptionWith('DryRunOperation'));
    expect(await caught(starting('RunInstances', { ImageId: 'img-00000000', DryRun: true }))).toEqual(
      exceptionWith('InvalidImageId.NotFound'),
    );
    expect(await starting('DescribeInstances')).toMatchObject({ TotalCount: 0, InstanceSet: [] });
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
    expect(await caught(owning('RunInstances', { ImageId: 'img-00000000', ...change }))).toEqual(exceptionWith(code));
  });
});

describe('ResetInstance', () => {
  it('makes a server anew from its image or from another one', async () => {
    const [first, second] = [await imported(owning), await imported(owning)];
    const InstanceId = await oneLaunched(owning, first);
    await owning('ResetInstance', { InstanceId });
    expect(await listed(owning, InstanceId)).toMatchObject({ InstanceSet: [{ ImageId: first }] });
    await owning('ResetInstance', { InstanceId, ImageId: second, LoginSettings: { KeepImageLogin: 'TRUE' } });
    expect(await listed(owning, InstanceId)).toMatchObject({ InstanceSet: [{ ImageId: second }] });
  });

  it('refuses the recipient the image of its own server after the share is cancelled', async () => {
    const ImageId = await shared();
    const InstanceId = await oneLaunched(receiving, ImageId);
    await receiving('ResetInstance', { InstanceId });
    await cancelled(ImageId);
    expect(await caught(receiving('ResetInstance', { InstanceId }))).toEqual(exceptionWith('InvalidImageId.NotFound'));
    expect(await caught(receiving('ResetInstance', { InstanceId, ImageId }))).toEqual(exceptionWith('InvalidImageId.NotFound'));
    expect(await listed(receiving, InstanceId)).toMatchObject({ TotalCount: 1, InstanceSet: [{ ImageId }] });
  });

  it('refuses the image of a server after it is deleted', async () => {
    const ImageId = await imported(owning);
    const InstanceId = await oneLaunched(owning, ImageId);
    await owning('DeleteImages', { ImageIds: [ImageId] });
    expect(await caught(owning('ResetInstance', { InstanceId }))).toEqual(exceptionWith('InvalidImageId.NotFound'));
  });

  it('refuses servers of others and ids that are none', async () => {
    const InstanceId = await oneLaunched(owning, await imported(owning));
    expect(await caught(receiving('ResetInstance', { InstanceId }))).toEqual(exceptionWith('InvalidInstanceId.NotFound'));
    expect(await caught(owning('ResetInstance', { InstanceId: 'ins-1122' }))).toEqual(
      exceptionWith('InvalidInstanceId.Malformed'),
    );
  });
});

describe('CreateImage', () => {
  it("makes an image of a server, the server's holder's own, which is there when the platform says so", async () => {
    const InstanceId = await oneLaunched(receiving, await shared());
    const { ImageId } = (await receiving('CreateImage', {
      InstanceId,
      ImageName: 'derived',
      ImageDescription: 'of a server',
      ForcePoweroff: 'TRUE',
      TagSpecification: [{ ResourceType: 'image', Tags: [{ Key: 'from', Value: 'server' }] }],
    })) as { ImageId: string };
    const image = (ImageState: string) => ({
      ImageSet: [{ ImageState, ImageName: 'derived', ImageDescription: 'of a server', Tags: [{ Key: 'from', Value: 'server' }] }],
    });
    expect(await receiving('DescribeImages', { ImageIds: [ImageId] })).toMatchObject(image('CREATING'));
    await compute().ok(reportImageState, { region, imageId: ImageId, state: 'available' });
    expect(await receiving('DescribeImages', { ImageIds: [ImageId] })).toMatchObject(image('NORMAL'));
    await receiving('ModifyImageSharePermission', { ImageId, AccountIds: [owner.account], Permission: 'SHARE' });
  });

  it('makes nothing with DryRun', async () => {
    const InstanceId = await oneLaunched(owning, await imported(owning));
    const ImageName = freshId('dry-');
    expect(await caught(owning('CreateImage', { InstanceId, ImageName, DryRun: true }))).toEqual(
      exceptionWith('DryRunOperation'),
    );
    expect(await owning('DescribeImages', { Filters: [{ Name: 'image-name', Values: [ImageName] }] })).toMatchObject({
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
    expect(await caught(owning('CreateImage', { ImageName: 'x', ...change }))).toEqual(exceptionWith(code));
  });
});

describe('DescribeInstances', () => {
  let holder: Holder;
  let call: Call;
  let ids: string[];
  beforeAll(async () => {
    [holder] = (await freshHolders(1)) as [Holder];
    call = cvmCalls(holder.key);
    ids = await launched(call, await imported(call), { InstanceCount: 3 });
  });
  const filtered = (Name: string, ...Values: readonly string[]) => call('DescribeInstances', { Filters: [{ Name, Values }] });

  it('counts all own servers and cuts them by offset and limit', async () => {
    expect(await call('DescribeInstances', { Offset: 1, Limit: 1 })).toMatchObject({ TotalCount: 3, InstanceSet: [{}] });
    expect(await call('DescribeInstances', { Offset: 3 })).toMatchObject({ TotalCount: 3, InstanceSet: [] });
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
    expect(await listed(owning, one)).toMatchObject({ TotalCount: 0 });
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
    expect(await caught(call('DescribeInstances', parameters))).toEqual(exceptionWith(code));
  });
});

describe('TerminateInstances', () => {
  it('ends several servers or, where one of them is not there, none', async () => {
    const ids = await launched(owning, await imported(owning), { InstanceCount: 2 });
    expect(await caught(owning('TerminateInstances', { InstanceIds: [...ids, 'ins-00000000'] }))).toEqual(
      exceptionWith('InvalidInstanceId.NotFound'),
    );
    expect(await listed(owning, ...ids)).toMatchObject({ TotalCount: 2 });
    await owning('TerminateInstances', { InstanceIds: [...ids, ...ids], ReleaseAddress: true });
    expect(await listed(owning, ...ids)).toMatchObject({ TotalCount: 0 });
  });
});

describe('DescribeRegions', () => {
  it('tells the regions of this cloud', async () => {
    expect(await owning('DescribeRegions')).toMatchObject({
      TotalCount: 2,
      RegionSet: [
        { Region: 'ap-guangzhou', RegionState: 'AVAILABLE' },
        { Region: 'ap-shanghai', RegionState: 'AVAILABLE' },
      ],
    });
  });
});
