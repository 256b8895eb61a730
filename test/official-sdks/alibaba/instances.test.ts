import { cancelImageShares } from '../../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../../functions/delete-image.ts';
import { getImage } from '../../../functions/get-image.ts';
import { getInstance } from '../../../functions/get-instance.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { compute } from '../../support/api.ts';
import { anImageOf, freshId, share } from '../../support/client.ts';
import { type EcsAccount, elsewhere, freshEcsAccount, RegionId, told } from './ecs-accounts.ts';
import type { Client, Fields } from './sdks.ts';

let owner: EcsAccount;
let recipient: EcsAccount;

beforeEach(async () => {
  [owner, recipient] = await Promise.all([freshEcsAccount(), freshEcsAccount()]);
});

const dryRun = told('DryRunOperation', 400);
const serversOf = async (client: Client, parameters: Fields = {}) => {
  const { Instances, ...rest } = await client.ok('DescribeInstances', { RegionId, ...parameters });
  return {
    ...(rest as Fields & { readonly NextToken?: string; readonly TotalCount?: number }),
    servers: (Instances as { Instance: readonly Fields[] }).Instance,
  };
};
const disksOf = async (client: Client, parameters: Fields = {}) => {
  const { Disks, ...rest } = await client.ok('DescribeDisks', { RegionId, ...parameters });
  return { ...rest, disks: (Disks as { Disk: readonly Fields[] }).Disk };
};
const launched = async (client: Client, ImageId: string, parameters: Fields = {}): Promise<readonly string[]> => {
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
  it('makes as many servers of a shared image as are asked for, which run in the region', async () => {
    const { imageId } = await sharedImage({ os: 'Debian 12', sizeGiB: 30 });
    const ids = await launched(recipient.ecs, imageId, {
      Amount: 3,
      InstanceType: 'ecs.g6.large',
      SystemDisk: { Category: 'cloud_essd', Size: '40' },
    });

    expect(ids).toHaveLength(3);
    const { servers, ...page } = await serversOf(recipient.ecs, { ImageId: imageId });
    expect(page).toMatchObject({ TotalCount: 3, PageNumber: 1, PageSize: 10, NextToken: '' });
    expect(servers.map(({ InstanceId }) => InstanceId).sort()).toEqual([...ids].sort());
    const { createdAt } = await recipient.api.ok(getInstance, { region: RegionId, instanceId: ids[0] });
    expect(servers).toContainEqual(
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
    expect((await serversOf(owner.ecs)).servers).toEqual([]);
    expect((await serversOf(recipient.ecs, { RegionId: elsewhere })).servers).toEqual([]);
  });

  it('makes one without a number, none where it is a dry run, and the same ones for one ClientToken', async () => {
    const { imageId } = await anImageOf(owner.api, RegionId);
    const run = { RegionId, ImageId: imageId };
    expect(await owner.ecs.refused('RunInstances', { ...run, DryRun: true })).toEqual(dryRun);
    expect((await serversOf(owner.ecs)).servers).toEqual([]);

    const ClientToken = freshId();
    const first = await launched(owner.ecs, imageId, { ClientToken });
    expect(first).toHaveLength(1);
    expect(await launched(owner.ecs, imageId, { ClientToken })).toEqual(first);
    expect((await serversOf(owner.ecs)).servers).toHaveLength(1);
  });

  it('refuses what is not there, not ready or in another region, and more than 50 at once', async () => {
    const { imageId } = await anImageOf(owner.api, RegionId);
    const pending = await anImageOf(owner.api, RegionId, { state: 'pending' });
    const refused = (parameters: Fields) => owner.ecs.refused('RunInstances', { RegionId, ...parameters });
    const notFound = told('InvalidImageId.NotFound', 404);

    expect(await refused({ ImageId: 'm-missing' })).toEqual(notFound);
    expect(await refused({ ImageId: imageId, RegionId: elsewhere })).toEqual(notFound);
    expect(await recipient.ecs.refused('RunInstances', { RegionId, ImageId: imageId })).toEqual(notFound);
    expect(await refused({ ImageId: pending.imageId })).toEqual(told('OperationDenied.ImageNotValid', 403));
    expect(await refused({ ImageId: imageId, Amount: 51 })).toEqual(told('InvalidParameter', 400));
    expect(await refused({ ImageId: imageId, Amount: 0 })).toEqual(told('InvalidParameter', 400));
    expect(await refused({})).toEqual(told('MissingParameter', 400));
    expect((await serversOf(owner.ecs)).servers).toEqual([]);
  });
});

describe('DescribeInstances', () => {
  it('lists those that are named, by pages of a number or of a token', async () => {
    const { imageId } = await anImageOf(owner.api, RegionId);
    const ids = await launched(owner.ecs, imageId, { Amount: 12 });
    const [one, other] = ids;

    expect((await serversOf(owner.ecs, { InstanceIds: JSON.stringify([one, other, 'i-missing']) })).TotalCount).toBe(2);
    expect((await serversOf(owner.ecs, { ImageId: 'm-other' })).servers).toEqual([]);
    expect((await serversOf(owner.ecs, { Status: 'Stopped' })).servers).toEqual([]);
    expect((await serversOf(owner.ecs, { PageNumber: 2 })).servers).toHaveLength(2);

    const first = await serversOf(owner.ecs, { MaxResults: 10 });
    expect(first.servers).toHaveLength(10);
    const second = await serversOf(owner.ecs, { MaxResults: 10, NextToken: first.NextToken });
    expect(second.NextToken).toBe('');
    expect([...first.servers, ...second.servers].map(({ InstanceId }) => InstanceId).sort()).toEqual([...ids].sort());
  });
});

describe('DescribeDisks', () => {
  it('lists the disks of own servers, with ids that follow from the ids of the servers', async () => {
    const { imageId } = await anImageOf(owner.api, RegionId, { sizeGiB: 20, disks: [{ sizeGiB: 5 }] });
    const [instanceId] = await launched(owner.ecs, imageId);
    const system = { DiskId: systemDiskOf(instanceId), Type: 'system', Size: 20, Device: '/dev/xvda', ImageId: imageId };
    const data = { DiskId: `${systemDiskOf(instanceId)}-1`, Type: 'data', Size: 5, Device: '/dev/xvdb' };
    const rest = { InstanceId: instanceId, RegionId, Status: 'In_use' };

    expect(await disksOf(owner.ecs)).toMatchObject({
      TotalCount: 2,
      disks: [
        { ...system, ...rest },
        { ...data, ...rest },
      ],
    });
    expect((await disksOf(owner.ecs, { DiskType: 'data' })).disks).toMatchObject([data]);
    expect((await disksOf(owner.ecs, { DiskIds: JSON.stringify([system.DiskId]) })).disks).toMatchObject([system]);
    expect((await disksOf(owner.ecs, { InstanceId: 'i-other' })).disks).toEqual([]);
    expect((await disksOf(recipient.ecs)).disks).toEqual([]);
  });
});

describe.each([RegionId, elsewhere])('in %s, which the calls do not name,', (region) => {
  it('ReplaceSystemDisk makes the system disk anew, and ReInitDisk does so from the image that it has', async () => {
    const image = await sharedImage({ os: 'Debian 12' }, region);
    const other = await anImageOf(recipient.api, region, { os: 'Alpine 3', sizeGiB: 5 });
    const [InstanceId] = await launched(recipient.ecs, image.imageId, { RegionId: region });
    const DiskId = systemDiskOf(InstanceId);
    const replace = { InstanceId, ImageId: other.imageId };
    const server = () => recipient.api.ok(getInstance, { region, instanceId: InstanceId });

    expect(await recipient.ecs.ok('ReplaceSystemDisk', replace)).toMatchObject({ DiskId });
    expect(await server()).toMatchObject({ imageId: other.imageId, os: 'Alpine 3', disksGiB: [5] });
    expect(await recipient.ecs.ok('ReInitDisk', { DiskId, AutoStartInstance: true })).toHaveProperty('RequestId');
    expect(await recipient.ecs.ok('ReplaceSystemDisk', { ...replace, ImageId: image.imageId })).toMatchObject({ DiskId });
    expect(await server()).toMatchObject({ imageId: image.imageId });
  });

  it('neither uses an image any more whose share has expired or that is deleted, and the server goes on', async () => {
    const image = await sharedImage({}, region);
    const [InstanceId] = await launched(recipient.ecs, image.imageId, { RegionId: region });
    const reInit = { DiskId: systemDiskOf(InstanceId) };
    const replace = { InstanceId, ImageId: image.imageId };
    const notSupported = told('InvalidDiskId.OperationNotSupported', 404);
    const notFound = told('InvalidImageId.NotFound', 404);

    await owner.api.ok(cancelImageShares, { region, imageId: image.imageId, all: true });
    expect(await recipient.ecs.refused('ReInitDisk', reInit)).toEqual(notSupported);
    expect(await recipient.ecs.refused('ReplaceSystemDisk', replace)).toEqual(notFound);
    await owner.api.ok(deleteImage, { region, imageId: image.imageId });
    expect(await recipient.ecs.refused('ReInitDisk', reInit)).toEqual(notSupported);
    expect(await recipient.ecs.refused('ReplaceSystemDisk', replace)).toEqual(notFound);
    expect((await serversOf(recipient.ecs, { RegionId: region })).servers).toMatchObject([
      { InstanceId, ImageId: image.imageId },
    ]);
  });

  it('DeleteInstance ends the server', async () => {
    const image = await anImageOf(owner.api, region);
    const [InstanceId] = await launched(owner.ecs, image.imageId, { RegionId: region });

    expect(await owner.ecs.refused('DeleteInstance', { InstanceId, DryRun: true })).toEqual(dryRun);
    expect(await recipient.ecs.refused('DeleteInstance', { InstanceId })).toEqual(told('InvalidInstanceId.NotFound', 404));
    await owner.ecs.ok('DeleteInstance', { InstanceId, Force: true });
    expect((await serversOf(owner.ecs, { RegionId: region })).servers).toEqual([]);
    expect(await owner.ecs.refused('DeleteInstance', { InstanceId })).toEqual(told('InvalidInstanceId.NotFound', 404));
  });
});

describe('ReInitDisk', () => {
  it('refuses a disk that is not there, is of another account or is no system disk', async () => {
    const { imageId } = await anImageOf(owner.api, RegionId, { disks: [{ sizeGiB: 5 }] });
    const [instanceId] = await launched(owner.ecs, imageId);
    const notFound = told('InvalidDiskId.NotFound', 404);
    const DiskId = systemDiskOf(instanceId);

    for (const missing of ['d-1', 'd-00000000000000000000', 'x', `${DiskId}-2`, `${DiskId}-0`, `${DiskId}-`]) {
      expect(await owner.ecs.refused('ReInitDisk', { DiskId: missing })).toEqual(notFound);
    }
    expect(await recipient.ecs.refused('ReInitDisk', { DiskId })).toEqual(notFound);
    expect(await owner.ecs.refused('ReInitDisk', { DiskId: `${DiskId}-1` })).toEqual(told('OperationDenied', 403));
  });
});

describe('CreateImage', () => {
  it('makes an own image of a server, whoever owns the image that the server was made from', async () => {
    const image = await sharedImage({ os: 'Debian 12', sizeGiB: 30 });
    const [InstanceId] = await launched(recipient.ecs, image.imageId);
    const create = { RegionId, InstanceId, ImageName: 'derived', Description: 'of a server', Tag: [{ Key: 'a', Value: 'b' }] };
    expect(await recipient.ecs.refused('CreateImage', { ...create, DryRun: true })).toEqual(dryRun);
    const { ImageId } = await recipient.ecs.ok('CreateImage', create);

    const key = { region: RegionId, imageId: ImageId };
    expect(await recipient.api.ok(getImage, key)).toMatchObject({
      name: 'derived',
      description: 'of a server',
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

  it('names the image after the server where it is given no name', async () => {
    const { imageId } = await anImageOf(owner.api, RegionId);
    const [InstanceId] = await launched(owner.ecs, imageId);
    const made = await owner.ecs.ok('CreateImage', { RegionId, InstanceId });

    expect(await owner.api.ok(getImage, { region: RegionId, imageId: made['ImageId'] })).toMatchObject({
      name: `image-of-${InstanceId}`,
    });
  });

  it('makes none of snapshots, of nothing, or of a server that is not there', async () => {
    const refused = (parameters: Fields) => owner.ecs.refused('CreateImage', { RegionId, ...parameters });
    const noSnapshot = told('InvalidSnapshotId.NotFound', 404);

    expect(await refused({ SnapshotId: 's-bp17441ohwkdca0abcde' })).toEqual(noSnapshot);
    expect(await refused({ DiskDeviceMapping: [{ SnapshotId: 's-bp17441ohwkdca0abcde' }] })).toEqual(noSnapshot);
    expect(await refused({})).toEqual(told('MissingParameter', 400));
    expect(await refused({ InstanceId: 'i-missing' })).toEqual(told('InvalidInstanceId.NotFound', 404));
    expect(await refused({ InstanceId: '../x' })).toEqual(told('InvalidInstanceId.NotFound', 404));
  });
});

describe('DescribeRegions', () => {
  it('lists the regions that follow the rules of the cloud', async () => {
    const { Regions } = await owner.ecs.ok('DescribeRegions');

    expect((Regions as { Region: readonly Fields[] }).Region.map(({ RegionId: region }) => region)).toEqual([
      RegionId,
      elsewhere,
    ]);
  });
});
