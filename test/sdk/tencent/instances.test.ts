import { reportImageState } from '../../../functions/report-image-state.ts';
import { runInstance } from '../../../functions/run-instance.ts';
import { anImageOf, freshId } from '../../support/client.ts';
import { compute } from '../../support/in-process.ts';
import { type Call, importImage, region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let owner: Caller;
let recipient: Caller;
beforeAll(async () => {
  [owner, recipient] = await Promise.all([freshCaller(), freshCaller()]);
});

async function launch(call: Call, ImageId: string, parameters: object = {}): Promise<string[]> {
  const { InstanceIdSet } = (await call('RunInstances', { ImageId, ...parameters })) as { InstanceIdSet: string[] };
  return InstanceIdSet;
}
const launchOne = async (call: Call, ImageId: string): Promise<string> => (await launch(call, ImageId))[0] as string;
const describeInstances = (call: Call, ...InstanceIds: readonly string[]) => call('DescribeInstances', { InstanceIds });

/** Imports an image and shares it with the recipient. */
async function importSharedImage(): Promise<string> {
  const ImageId = await importImage(owner.call);
  await owner.call('ModifyImageSharePermission', { ImageId, AccountIds: [recipient.account], Permission: 'SHARE' });
  return ImageId;
}
const cancelShare = (ImageId: string) =>
  owner.call('ModifyImageSharePermission', { ImageId, AccountIds: [recipient.account], Permission: 'CANCEL' });

describe('RunInstances', () => {
  it('accepts the documented parameters, and launches the requested number of instances', async () => {
    const ImageId = await importImage(owner.call);
    const ids = await launch(owner.call, ImageId, {
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
    expect(await describeInstances(owner.call, ...ids)).toMatchObject({
      TotalCount: 3,
      InstanceSet: ids.map(() => ({ ImageId, InstanceState: 'RUNNING', OsName: 'CentOS 7' })),
    });
  });

  it('returns the same instances for a repeated client token, and refuses the token for another call', async () => {
    const ImageId = await importImage(owner.call);
    const ClientToken = freshId('token-');
    const first = await launch(owner.call, ImageId, { ClientToken });
    expect(await launch(owner.call, ImageId, { ClientToken })).toEqual(first);
    expect((await owner.call('RunInstances', { ImageId, ClientToken, InstanceCount: 2 })).Error?.Code).toBe(
      'InvalidParameterValue',
    );
  });

  it.each<[string, object, string]>([
    ['no image', { ImageId: undefined }, 'MissingParameter'],
    ['an invalid image id', { ImageId: 'web' }, 'InvalidImageId.Malformed'],
    ['no instances', { InstanceCount: 0 }, 'InvalidParameterValue'],
    ['too many instances', { InstanceCount: 51 }, 'InvalidParameterValue'],
    ['an invalid number', { InstanceCount: '1e3' }, 'InvalidParameterValue'],
    ['a client token of 65 characters', { ClientToken: 'x'.repeat(65) }, 'InvalidClientToken.TooLong'],
    ['an invalid flag', { DryRun: 'maybe' }, 'InvalidParameterValue'],
  ])('refuses %s', async (_, change, code) => {
    expect((await owner.call('RunInstances', { ImageId: 'img-00000000', ...change })).Error?.Code).toBe(code);
  });
});

describe('ResetInstance', () => {
  it('reinstalls an instance from its image or from another one', async () => {
    const [first, second] = [await importImage(owner.call), await importImage(owner.call)];
    const InstanceId = await launchOne(owner.call, first);
    await owner.call('ResetInstance', { InstanceId });
    expect(await describeInstances(owner.call, InstanceId)).toMatchObject({ InstanceSet: [{ ImageId: first }] });
    const reset = await owner.call('ResetInstance', {
      InstanceId,
      ImageId: second,
      SystemDisk: { DiskSize: 50 },
      LoginSettings: { KeepImageLogin: 'TRUE' },
      EnhancedService: { SecurityService: { Enabled: true } },
      HostName: 'web',
      UserData: 'IyEvYmluL3No',
    });
    expect(reset.Error).toBeUndefined();
    expect(await describeInstances(owner.call, InstanceId)).toMatchObject({ InstanceSet: [{ ImageId: second }] });
  });

  it("refuses to reinstall the recipient's instance after the share is cancelled", async () => {
    const ImageId = await importSharedImage();
    const InstanceId = await launchOne(recipient.call, ImageId);
    await recipient.call('ResetInstance', { InstanceId });
    await cancelShare(ImageId);
    expect((await recipient.call('ResetInstance', { InstanceId })).Error?.Code).toBe('InvalidImageId.NotFound');
    expect((await recipient.call('ResetInstance', { InstanceId, ImageId })).Error?.Code).toBe('InvalidImageId.NotFound');
    expect(await describeInstances(recipient.call, InstanceId)).toMatchObject({ TotalCount: 1, InstanceSet: [{ ImageId }] });
  });

  it('refuses to reinstall an instance after its image is deleted', async () => {
    const ImageId = await importImage(owner.call);
    const InstanceId = await launchOne(owner.call, ImageId);
    await owner.call('DeleteImages', { ImageIds: [ImageId] });
    expect((await owner.call('ResetInstance', { InstanceId })).Error?.Code).toBe('InvalidImageId.NotFound');
  });

  it('refuses instances of other accounts and invalid ids', async () => {
    const InstanceId = await launchOne(owner.call, await importImage(owner.call));
    expect((await recipient.call('ResetInstance', { InstanceId })).Error?.Code).toBe('InvalidInstanceId.NotFound');
    expect((await owner.call('ResetInstance', { InstanceId: 'ins-1122' })).Error?.Code).toBe('InvalidInstanceId.Malformed');
  });
});

describe('CreateImage', () => {
  it('creates an owned image from an instance, which becomes available when the compute platform reports it', async () => {
    const InstanceId = await launchOne(recipient.call, await importSharedImage());
    const { ImageId } = (await recipient.call('CreateImage', {
      InstanceId,
      ImageName: 'derived',
      ImageDescription: 'from an instance',
      ForcePoweroff: 'TRUE',
      TagSpecification: [{ ResourceType: 'image', Tags: [{ Key: 'from', Value: 'instance' }] }],
    })) as { ImageId: string };
    const image = (ImageState: string) => ({
      ImageSet: [
        { ImageState, ImageName: 'derived', ImageDescription: 'from an instance', Tags: [{ Key: 'from', Value: 'instance' }] },
      ],
    });
    expect(await recipient.call('DescribeImages', { ImageIds: [ImageId] })).toMatchObject(image('CREATING'));
    await compute().ok(reportImageState, { region, imageId: ImageId, state: 'available' });
    expect(await recipient.call('DescribeImages', { ImageIds: [ImageId] })).toMatchObject(image('NORMAL'));
    await recipient.call('ModifyImageSharePermission', { ImageId, AccountIds: [owner.account], Permission: 'SHARE' });
  });

  it.each<[string, object, string]>([
    ['neither an instance nor snapshots', {}, 'InvalidParameter.SpecifyOneParameter'],
    [
      'both an instance and snapshots',
      { InstanceId: 'ins-00000000', SnapshotIds: ['snap-1'] },
      'InvalidParameter.SpecifyOneParameter',
    ],
    ['snapshots', { SnapshotIds: ['snap-1'] }, 'InvalidParameter.SnapshotNotFound'],
    ['a missing instance', { InstanceId: 'ins-00000000' }, 'InvalidInstanceId.NotFound'],
    ['an invalid instance id', { InstanceId: 'i-1' }, 'InvalidInstanceId.Malformed'],
  ])('refuses %s', async (_, change, code) => {
    expect((await owner.call('CreateImage', { ImageName: 'x', ...change })).Error?.Code).toBe(code);
  });
});

describe('DescribeInstances', () => {
  let caller: Caller;
  let ids: string[];
  beforeAll(async () => {
    caller = await freshCaller();
    ids = await launch(caller.call, await importImage(caller.call), { InstanceCount: 3 });
  });
  const describeWith = (Name: string, ...Values: readonly string[]) =>
    caller.call('DescribeInstances', { Filters: [{ Name, Values }] });

  it('counts all own instances, and pages by offset and limit', async () => {
    expect(await caller.call('DescribeInstances', { Offset: 1, Limit: 1 })).toMatchObject({
      TotalCount: 3,
      InstanceSet: [{}],
    });
    expect(await caller.call('DescribeInstances', { Offset: 3 })).toMatchObject({ TotalCount: 3, InstanceSet: [] });
  });

  it.each<[string, readonly string[], number]>([
    ['instance-state', ['RUNNING'], 3],
    ['instance-state', ['STOPPED'], 0],
    ['creation-start-time', ['2023-06-01 00:00:00'], 3],
    ['creation-end-time', ['2023-06-01 00:00:00'], 0],
    ['zone', ['ap-guangzhou-3'], 0],
    ['tag:tier', ['web'], 0],
  ])('filters by %s %o', async (name, values, count) => {
    expect(await describeWith(name, ...values)).toMatchObject({ TotalCount: count });
  });

  it.each<[string, string, number]>([
    ['creation-start-time', '2026-11-22 12:00:00', 3],
    ['creation-start-time', '2026-11-22 12:00:01', 0],
    ['creation-end-time', '2026-11-22T12:00:00Z', 3],
    ['creation-end-time', '2026-11-22T11:59:59', 0],
  ])('takes %s %s in UTC, and includes that second', async (name, time, count) => {
    expect(await describeWith(name, time)).toMatchObject({ TotalCount: count });
  });

  it.each([
    'yesterday',
    '2023-13-01 00:00:00',
    '2023-06-01 24:00:01',
    '2023-06-01 00:00',
    '2023-06-01',
    'on 2023-06-01 00:00:00',
    '2023-06-01 00:00:00 or so',
    '2023-06-01 00:00:00ZZ',
    '2023-06-01 00:00:00.5',
  ])('refuses the time %j', async (time) => {
    expect((await describeWith('creation-start-time', time)).Error?.Code).toBe('InvalidParameterValue.InvalidTimeFormat');
  });

  it.each(['0a', 'a0', '1'.repeat(16)])('refuses the project %j', async (project) => {
    expect((await describeWith('project-id', project)).Error?.Code).toBe('InvalidParameterValue');
  });

  it.each([
    ['PENDING', 'LAUNCH_FAILED', 'STOPPED', 'STARTING', 'STOPPING'],
    ['REBOOTING', 'SHUTDOWN', 'TERMINATING', 'ENTER_RESCUE_MODE', 'RESCUE_MODE'],
    ['EXIT_RESCUE_MODE', 'ENTER_SERVICE_LIVE_MIGRATE', 'SERVICE_LIVE_MIGRATE', 'EXIT_SERVICE_LIVE_MIGRATE'],
  ])('knows the other states of the cloud, in which no instance is: %s, ...', async (...states) => {
    expect(await describeWith('instance-state', ...states)).toMatchObject({ TotalCount: 0 });
  });

  it('lists no instances of Lighthouse', async () => {
    const lister = await freshCaller();
    const image = await anImageOf(lister, region, { product: 'lightweight' });
    await lister.ok(runInstance, { region, imageId: image.imageId, product: 'lightweight' });
    expect(await lister.call('DescribeInstances')).toMatchObject({ TotalCount: 0 });
  });

  it('filters by instance-id, and hides instances of other accounts', async () => {
    const [id] = ids as [string];
    expect(await describeWith('instance-id', id)).toMatchObject({ TotalCount: 1, InstanceSet: [{ InstanceId: id }] });
    expect(await describeInstances(owner.call, id)).toMatchObject({ TotalCount: 0 });
  });

  it.each<[string, object, string]>([
    [
      'both ids and filters',
      { InstanceIds: ['ins-00000000'], Filters: [{ Name: 'zone', Values: ['a'] }] },
      'InvalidParameterCombination',
    ],
    ['an unknown filter', { Filters: [{ Name: 'color', Values: ['a'] }] }, 'InvalidFilter'],
    ['an invalid id', { InstanceIds: ['ins-1'] }, 'InvalidInstanceId.Malformed'],
  ])('refuses %s', async (_, parameters, code) => {
    expect((await caller.call('DescribeInstances', parameters)).Error?.Code).toBe(code);
  });
});

describe('TerminateInstances', () => {
  it('terminates several instances, or none if one of them is missing', async () => {
    const ids = await launch(owner.call, await importImage(owner.call), { InstanceCount: 2 });
    expect((await owner.call('TerminateInstances', { InstanceIds: [...ids, 'ins-00000000'] })).Error?.Code).toBe(
      'InvalidInstanceId.NotFound',
    );
    expect(await describeInstances(owner.call, ...ids)).toMatchObject({ TotalCount: 2 });
    await owner.call('TerminateInstances', { InstanceIds: [...ids, ...ids], ReleaseAddress: true });
    expect(await describeInstances(owner.call, ...ids)).toMatchObject({ TotalCount: 0 });
  });
});

describe('DescribeRegions', () => {
  it('lists the regions of the cloud', async () => {
    expect(await owner.call('DescribeRegions')).toMatchObject({
      TotalCount: 2,
      RegionSet: [
        { Region: 'ap-guangzhou', RegionName: 'South China (Guangzhou)', RegionState: 'AVAILABLE' },
        { Region: 'ap-shanghai', RegionName: 'East China (Shanghai)', RegionState: 'AVAILABLE' },
      ],
    });
  });
});
