import { getImage } from '../../../functions/get-image.ts';
import { getInstance } from '../../../functions/get-instance.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { compute } from '../../support/api.ts';
import { anImageOf, share } from '../../support/client.ts';
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
    expect((await describeDisks(owner.ecs, { DiskIds: JSON.stringify([system.DiskId]) })).disks).toMatchObject([system]);
  });
});

describe('an instance in a region that the calls do not name', () => {
  it('has its system disk reinstalled by ReplaceSystemDisk and ReInitDisk, and is terminated by DeleteInstance', async () => {
    const region = otherRegion;
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
    await recipient.ecs.ok('DeleteInstance', { InstanceId, Force: true });
    expect(await recipient.ecs.refused('DeleteInstance', { InstanceId })).toEqual(clientError('InvalidInstanceId.NotFound', 404));
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
