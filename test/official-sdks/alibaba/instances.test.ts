import { cancelImageShares } from '../../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../../functions/delete-image.ts';
import { getImage } from '../../../functions/get-image.ts';
import { getInstance } from '../../../functions/get-instance.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { compute } from '../../support/api.ts';
import { anImageOf, freshId, share } from '../../support/client.ts';
import { clientError, type EcsAccount, freshEcsAccount, otherRegion, RegionId } from './ecs-accounts.ts';
import type { Client, Fields } from './sdks.ts';

let owner: EcsAccount;
let recipient: EcsAccount;

beforeEach(async () => {
  [owner, recipient] = await Promise.all([freshEcsAccount(), freshEcsAccount()]);
});

const dryRun = clientError('DryRunOperation', 400);
const describeInstances = async (client: Client, parameters: Fields = {}) => {
  const { Instances, ...rest } = await client.ok('DescribeInstances', { RegionId, ...parameters });
  return {
    ...(rest as Fields & { readonly NextToken?: string; readonly TotalCount?: number }),
    instances: (Instances as { Instance: readonly Fields[] }).Instance,
  };
};
const describeDisks = async (client: Client, parameters: Fields = {}) => {
  const { Disks, ...rest } = await client.ok('DescribeDisks', { RegionId, ...parameters });
  return { ...rest, disks: (Disks as { Disk: readonly Fields[] }).Disk };
};
const launch = async (client: Client, ImageId: string, parameters: Fields = {}): Promise<readonly string[]> => {
  const { InstanceIdSets } = await client.ok('RunInstances', { RegionId, ImageId, ...parameters });
  return (InstanceIdSets as { InstanceIdSet: readonly string[] }).InstanceIdSet;
};
const sharedImage = async (fields: Fields = {}, region = RegionId) => {
  const image = await anImageOf(owner.api, region, fields);
  await share(owner.api, image, [recipient.account]);
  return image;
};
const systemDiskOf = (instanceId: string | undefined): string => `d-${instanceId?.slice(2)}`;

describe('RunInstances', () => {
  it('launches the requested number of instances from a shared image', async () => {
    const { imageId } = await sharedImage({ os: 'Debian 12', sizeGiB: 30 });
    const ids = await launch(recipient.ecs, imageId, {
      Amount: 3,
      InstanceType: 'ecs.g6.large',
      SystemDisk: { Category: 'cloud_essd', Size: '40' },
    });

    expect(ids).toHaveLength(3);
    const { instances, ...page } = await describeInstances(recipient.ecs, { ImageId: imageId });
    expect(page).toMatchObject({ TotalCount: 3, PageNumber: 1, PageSize: 10, NextToken: '' });
    expect(instances.map(({ InstanceId }) => InstanceId).sort()).toEqual([...ids].sort());
    const { createdAt } = await recipient.api.ok(getInstance, { region: RegionId, instanceId: ids[0] });
    expect(instances).toContainEqual(
      expect.objectContaining({
        InstanceId: ids[0],
        RegionId,
        ImageId: imageId,
        Status: 'Running',
        OSName: 'Debian 12',
        OSType: 'linux',
        CreationTime: `${createdAt.slice(0, 16)}Z`,
      }),
    );
    expect((await describeInstances(owner.ecs)).instances).toEqual([]);
    expect((await describeInstances(recipient.ecs, { RegionId: otherRegion })).instances).toEqual([]);
  });

  it('launches one by default, none in a dry run, and once per ClientToken', async () => {
    const { imageId } = await anImageOf(owner.api, RegionId);
    const request = { RegionId, ImageId: imageId };
    expect(await owner.ecs.refused('RunInstances', { ...request, DryRun: true })).toEqual(dryRun);
    expect((await describeInstances(owner.ecs)).instances).toEqual([]);

    const ClientToken = freshId();
    const first = await launch(owner.ecs, imageId, { ClientToken });
    expect(first).toHaveLength(1);
    expect(await launch(owner.ecs, imageId, { ClientToken })).toEqual(first);
    expect((await describeInstances(owner.ecs)).instances).toHaveLength(1);
  });

  it('refuses an image that is missing, pending, or in another region, and more than 50 instances per call', async () => {
    const { imageId } = await anImageOf(owner.api, RegionId);
    const pending = await anImageOf(owner.api, RegionId, { state: 'pending' });
    const refused = (parameters: Fields) => owner.ecs.refused('RunInstances', { RegionId, ...parameters });
    const notFound = clientError('InvalidImageId.NotFound', 404);

    expect(await refused({ ImageId: 'm-missing' })).toEqual(notFound);
    expect(await refused({ ImageId: imageId, RegionId: otherRegion })).toEqual(notFound);
    expect(await recipient.ecs.refused('RunInstances', { RegionId, ImageId: imageId })).toEqual(notFound);
    expect(await refused({ ImageId: pending.imageId })).toEqual(clientError('OperationDenied.ImageNotValid', 403));
    expect(await refused({ ImageId: imageId, Amount: 51 })).toEqual(clientError('InvalidParameter', 400));
    expect(await refused({ ImageId: imageId, Amount: 0 })).toEqual(clientError('InvalidParameter', 400));
    expect(await refused({})).toEqual(clientError('MissingParameter', 400));
    expect((await describeInstances(owner.ecs)).instances).toEqual([]);
  });
});

describe('DescribeInstances', () => {
  it('filters by ID, image, and status, and pages by number or token', async () => {
    const { imageId } = await anImageOf(owner.api, RegionId);
    const ids = await launch(owner.ecs, imageId, { Amount: 12 });
    const [first, second] = ids;

    const byId = await describeInstances(owner.ecs, { InstanceIds: JSON.stringify([first, second, 'i-missing']) });
    expect(byId.TotalCount).toBe(2);
    expect((await describeInstances(owner.ecs, { ImageId: 'm-other' })).instances).toEqual([]);
    expect((await describeInstances(owner.ecs, { Status: 'Stopped' })).instances).toEqual([]);
    expect((await describeInstances(owner.ecs, { PageNumber: 2 })).instances).toHaveLength(2);

    const page1 = await describeInstances(owner.ecs, { MaxResults: 10 });
    expect(page1.instances).toHaveLength(10);
    const page2 = await describeInstances(owner.ecs, { MaxResults: 10, NextToken: page1.NextToken });
    expect(page2.NextToken).toBe('');
    expect([...page1.instances, ...page2.instances].map(({ InstanceId }) => InstanceId).sort()).toEqual([...ids].sort());
  });
});

describe('DescribeDisks', () => {
  it("lists the account's own disks, with IDs derived from the instance IDs", async () => {
    const { imageId } = await anImageOf(owner.api, RegionId, { sizeGiB: 20, disks: [{ sizeGiB: 5 }] });
    const [instanceId] = await launch(owner.ecs, imageId);
    const system = { DiskId: systemDiskOf(instanceId), Type: 'system', Size: 20, Device: '/dev/xvda', ImageId: imageId };
    const data = { DiskId: `${systemDiskOf(instanceId)}-1`, Type: 'data', Size: 5, Device: '/dev/xvdb' };
    const rest = { InstanceId: instanceId, RegionId, Status: 'In_use' };

    expect(await describeDisks(owner.ecs)).toMatchObject({
      TotalCount: 2,
      disks: [
        { ...system, ...rest },
        { ...data, ...rest },
      ],
    });
    expect((await describeDisks(owner.ecs, { DiskType: 'data' })).disks).toMatchObject([data]);
    expect((await describeDisks(owner.ecs, { DiskIds: JSON.stringify([system.DiskId]) })).disks).toMatchObject([system]);
    expect((await describeDisks(owner.ecs, { InstanceId: 'i-other' })).disks).toEqual([]);
    expect((await describeDisks(recipient.ecs)).disks).toEqual([]);
  });
});

describe.each([RegionId, otherRegion])('on an instance in %s, without RegionId,', (region) => {
  it('ReplaceSystemDisk reinstalls the system disk from another image, and ReInitDisk from its own', async () => {
    const image = await sharedImage({ os: 'Debian 12' }, region);
    const other = await anImageOf(recipient.api, region, { os: 'Alpine 3', sizeGiB: 5 });
    const [InstanceId] = await launch(recipient.ecs, image.imageId, { RegionId: region });
    const DiskId = systemDiskOf(InstanceId);
    const replace = { InstanceId, ImageId: other.imageId };
    const instance = () => recipient.api.ok(getInstance, { region, instanceId: InstanceId });

    expect(await recipient.ecs.ok('ReplaceSystemDisk', replace)).toMatchObject({ DiskId });
    expect(await instance()).toMatchObject({ imageId: other.imageId, os: 'Alpine 3', disksGiB: [5] });
    expect(await recipient.ecs.ok('ReInitDisk', { DiskId, AutoStartInstance: true })).toHaveProperty('RequestId');
    expect(await recipient.ecs.ok('ReplaceSystemDisk', { ...replace, ImageId: image.imageId })).toMatchObject({ DiskId });
    expect(await instance()).toMatchObject({ imageId: image.imageId });
  });

  it('ReplaceSystemDisk and ReInitDisk fail after the share was canceled or the image was deleted, but the instance keeps running', async () => {
    const image = await sharedImage({}, region);
    const [InstanceId] = await launch(recipient.ecs, image.imageId, { RegionId: region });
    const reInit = { DiskId: systemDiskOf(InstanceId) };
    const replace = { InstanceId, ImageId: image.imageId };
    const notSupported = clientError('InvalidDiskId.OperationNotSupported', 404);
    const notFound = clientError('InvalidImageId.NotFound', 404);

    await owner.api.ok(cancelImageShares, { region, imageId: image.imageId, all: true });
    expect(await recipient.ecs.refused('ReInitDisk', reInit)).toEqual(notSupported);
    expect(await recipient.ecs.refused('ReplaceSystemDisk', replace)).toEqual(notFound);
    await owner.api.ok(deleteImage, { region, imageId: image.imageId });
    expect(await recipient.ecs.refused('ReInitDisk', reInit)).toEqual(notSupported);
    expect(await recipient.ecs.refused('ReplaceSystemDisk', replace)).toEqual(notFound);
    expect((await describeInstances(recipient.ecs, { RegionId: region })).instances).toMatchObject([
      { InstanceId, ImageId: image.imageId },
    ]);
  });

  it('DeleteInstance terminates the instance', async () => {
    const image = await anImageOf(owner.api, region);
    const [InstanceId] = await launch(owner.ecs, image.imageId, { RegionId: region });

    expect(await owner.ecs.refused('DeleteInstance', { InstanceId, DryRun: true })).toEqual(dryRun);
    expect(await recipient.ecs.refused('DeleteInstance', { InstanceId })).toEqual(clientError('InvalidInstanceId.NotFound', 404));
    await owner.ecs.ok('DeleteInstance', { InstanceId, Force: true });
    expect((await describeInstances(owner.ecs, { RegionId: region })).instances).toEqual([]);
    expect(await owner.ecs.refused('DeleteInstance', { InstanceId })).toEqual(clientError('InvalidInstanceId.NotFound', 404));
  });
});

describe('ReInitDisk', () => {
  it('refuses a disk that is missing, belongs to another account, or is not a system disk', async () => {
    const { imageId } = await anImageOf(owner.api, RegionId, { disks: [{ sizeGiB: 5 }] });
    const [instanceId] = await launch(owner.ecs, imageId);
    const notFound = clientError('InvalidDiskId.NotFound', 404);
    const DiskId = systemDiskOf(instanceId);

    for (const missingId of ['d-1', 'd-00000000000000000000', 'x', `${DiskId}-2`, `${DiskId}-0`, `${DiskId}-`]) {
      expect(await owner.ecs.refused('ReInitDisk', { DiskId: missingId })).toEqual(notFound);
    }
    expect(await recipient.ecs.refused('ReInitDisk', { DiskId })).toEqual(notFound);
    expect(await owner.ecs.refused('ReInitDisk', { DiskId: `${DiskId}-1` })).toEqual(clientError('OperationDenied', 403));
  });
});

describe('CreateImage', () => {
  it('creates an owned image from an instance, even if the instance was launched from a shared image', async () => {
    const image = await sharedImage({ os: 'Debian 12', sizeGiB: 30 });
    const [InstanceId] = await launch(recipient.ecs, image.imageId);
    const create = {
      RegionId,
      InstanceId,
      ImageName: 'derived',
      Description: 'from an instance',
      Tag: [{ Key: 'a', Value: 'b' }],
    };
    expect(await recipient.ecs.refused('CreateImage', { ...create, DryRun: true })).toEqual(dryRun);
    const { ImageId } = await recipient.ecs.ok('CreateImage', create);

    const key = { region: RegionId, imageId: ImageId };
    expect(await recipient.api.ok(getImage, key)).toMatchObject({
      name: 'derived',
      description: 'from an instance',
      tags: { a: 'b' },
      os: 'Debian 12',
      owner: recipient.account,
      state: 'pending',
      disksGiB: [30],
    });
    await compute().ok(reportImageState, { ...key, state: 'available' });
    await recipient.ecs.ok('ModifyImageSharePermission', { RegionId, ImageId, AddAccount: [owner.account] });
    expect(await owner.api.ok(getImage, key)).toMatchObject({ visibility: 'shared' });
  });

  it('names the image after the instance by default', async () => {
    const { imageId } = await anImageOf(owner.api, RegionId);
    const [InstanceId] = await launch(owner.ecs, imageId);
    const created = await owner.ecs.ok('CreateImage', { RegionId, InstanceId });

    expect(await owner.api.ok(getImage, { region: RegionId, imageId: created['ImageId'] })).toMatchObject({
      name: `image-of-${InstanceId}`,
    });
  });

  it('refuses a missing snapshot, no source at all, and a missing instance', async () => {
    const refused = (parameters: Fields) => owner.ecs.refused('CreateImage', { RegionId, ...parameters });
    const snapshotNotFound = clientError('InvalidSnapshotId.NotFound', 404);

    expect(await refused({ SnapshotId: 's-bp17441ohwkdca0abcde' })).toEqual(snapshotNotFound);
    expect(await refused({ DiskDeviceMapping: [{ SnapshotId: 's-bp17441ohwkdca0abcde' }] })).toEqual(snapshotNotFound);
    expect(await refused({})).toEqual(clientError('MissingParameter', 400));
    expect(await refused({ InstanceId: 'i-missing' })).toEqual(clientError('InvalidInstanceId.NotFound', 404));
    expect(await refused({ InstanceId: '../x' })).toEqual(clientError('InvalidInstanceId.NotFound', 404));
  });
});

describe('DescribeRegions', () => {
  it('lists the regions of the cloud', async () => {
    const { Regions } = await owner.ecs.ok('DescribeRegions');

    expect((Regions as { Region: readonly Fields[] }).Region.map(({ RegionId: region }) => region)).toEqual([
      RegionId,
      otherRegion,
    ]);
  });
});
