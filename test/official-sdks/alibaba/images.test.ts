import { getImage } from '../../../functions/get-image.ts';
import { listImageShares } from '../../../functions/list-image-shares.ts';
import { listImages } from '../../../functions/list-images.ts';
import { anImageOf, share } from '../../support/client.ts';
import { type EcsAccount, freshEcsAccount, otherRegion, RegionId } from './ecs-accounts.ts';
import type { Client, Fields } from './sdks.ts';

let owner: EcsAccount;
let recipient: EcsAccount;

beforeEach(async () => {
  [owner, recipient] = await Promise.all([freshEcsAccount(), freshEcsAccount()]);
});

const describeImages = async (client: Client, parameters: Fields = {}) => {
  const { Images, ...rest } = await client.ok('DescribeImages', { RegionId, ...parameters });
  return { ...rest, images: (Images as { Image: readonly Fields[] }).Image };
};
const imageNames = async (client: Client, parameters: Fields = {}) =>
  (await describeImages(client, parameters)).images.map(({ ImageName }) => ImageName);
const anImage = async (fields: Fields = {}): Promise<string> => (await anImageOf(owner.api, RegionId, fields)).imageId;

describe('the SDK and the HTTP API', () => {
  it('show a share that was created with the SDK in the HTTP API', async () => {
    const { ImageId } = await owner.ecs.ok('ImportImage', { RegionId, ImageName: 'sdk', Description: 'by the SDK' });
    await owner.ecs.ok('ModifyImageAttribute', { RegionId, ImageId, Description: 'changed by the SDK' });
    await owner.ecs.ok('ModifyImageSharePermission', { RegionId, ImageId, AddAccount: [recipient.account] });
    const key = { region: RegionId, imageId: ImageId };

    expect(await owner.api.ok(listImageShares, key)).toMatchObject({
      used: 1,
      shares: [{ recipient: recipient.account, sharedBy: `${owner.account}/${owner.key.keyId}` }],
    });
    const { images } = await recipient.api.ok(listImages, { region: RegionId, scope: 'shared' });
    expect(images).toMatchObject([{ ...key, name: 'sdk', description: 'changed by the SDK', owner: owner.account, sizeGiB: 40 }]);
  });

  it('show a share that was created with the HTTP API in the SDK', async () => {
    const image = await anImageOf(owner.api, RegionId, { tags: { role: 'web' }, disks: [{ sizeGiB: 5 }] });
    const { shares } = await share(owner.api, image, [recipient.account]);

    const { Accounts } = await owner.ecs.ok('DescribeImageSharePermission', { RegionId, ImageId: image.imageId });
    expect(Accounts).toEqual({
      Account: [{ AliyunId: recipient.account, SharedTime: `${shares[0]?.sharedAt.slice(0, 19)}Z` }],
    });
    expect((await describeImages(recipient.ecs, { ImageOwnerAlias: 'others' })).images).toMatchObject([
      {
        ImageId: image.imageId,
        ImageName: 'web',
        ImageOwnerAlias: 'others',
        ImageOwnerId: Number(owner.account),
        Size: 25,
        CreationTime: `${image.createdAt.slice(0, 19)}Z`,
        Tags: { Tag: [{ TagKey: 'role', TagValue: 'web' }] },
        DiskDeviceMappings: {
          DiskDeviceMapping: [
            { Type: 'system', Size: '20' },
            { Type: 'data', Size: '5' },
          ],
        },
      },
    ]);
  });
});

describe('DescribeImages', () => {
  it('filters by name, tags, operating system, architecture, time and usage', async () => {
    const web = await anImage({ name: 'Web server 1', os: 'Windows Server 2022', tags: { role: 'web', stage: 'test' } });
    await anImage({ name: 'db', os: 'Debian 12', architecture: 'arm64', tags: { role: 'db' } });
    await owner.ecs.ok('RunInstances', { RegionId, ImageId: web });
    const owned = (parameters: Fields) => imageNames(owner.ecs, { ImageOwnerAlias: 'self', ...parameters });
    const { createdAt } = await owner.api.ok(getImage, { region: RegionId, imageId: web });
    const minute = (offset: number) => `${new Date(Date.parse(createdAt) + offset * 60_000).toISOString().slice(0, 16)}Z`;
    const [onlyWeb, onlyDb, both] = [['Web server 1'], ['db'], ['db', 'Web server 1']];

    expect(await owned({ ImageName: 'server' })).toEqual([]);
    expect(await owned({ ImageName: 'Web server 1' })).toEqual(onlyWeb);
    expect(await owned({ ImageName: 'Web*1' })).toEqual(onlyWeb);
    expect(await owned({ ImageName: '*b' })).toEqual(onlyDb);
    expect(await owned({ ImageName: 'd*d*b' })).toEqual([]);
    expect(await owned({ Tag: [{ Key: 'role' }] })).toEqual(both);
    expect(await owned({ Tag: [{ Key: 'role', Value: 'web' }, { Key: 'stage' }] })).toEqual(onlyWeb);
    expect(await owned({ Tag: [{ Key: 'role', Value: 'we' }] })).toEqual([]);
    expect(await owned({ OSType: 'windows' })).toEqual(onlyWeb);
    expect(await owned({ OSType: 'linux' })).toEqual(onlyDb);
    expect(await owned({ Architecture: 'arm64' })).toEqual(onlyDb);
    expect(await owned({ Architecture: 'i386' })).toEqual([]);
    expect(await owned({ Usage: 'instance' })).toEqual(onlyWeb);
    expect(await owned({ Usage: 'none' })).toEqual(onlyDb);
    expect(await owned({ Filter: [{ Key: 'CreationStartTime', Value: minute(-5) }] })).toEqual(both);
    expect(await owned({ Filter: [{ Key: 'CreationStartTime', Value: minute(5) }] })).toEqual([]);
    expect(await owned({ Filter: [{ Key: 'CreationEndTime', Value: minute(-5) }] })).toEqual([]);
    expect(await owned({ Filter: [{ Key: 'NetworkType', Value: 'vpc' }] })).toEqual(both);
    expect(await owned({ ImageFamily: 'none' })).toEqual([]);
    expect(await owned({ SnapshotId: 's-1' })).toEqual([]);
  });

  it('counts matching images, and returns them in pages, newest first', async () => {
    for (let number = 1; number <= 12; number += 1) {
      await anImage({ name: `image-${number}` });
    }
    const page = (parameters: Fields) => describeImages(owner.ecs, { ImageOwnerAlias: 'self', ...parameters });

    expect(await page({})).toMatchObject({ TotalCount: 12, PageNumber: 1, PageSize: 10, RegionId });
    expect((await page({})).images).toHaveLength(10);
    expect(await page({ PageNumber: 3, PageSize: 5 })).toMatchObject({
      TotalCount: 12,
      PageNumber: 3,
      PageSize: 5,
      images: [{ ImageName: 'image-2' }, { ImageName: 'image-1' }],
    });
    expect(await page({ PageNumber: 4, PageSize: 5 })).toMatchObject({ TotalCount: 12, images: [] });
    expect(await page({ ImageName: 'image-1*', PageSize: 2 })).toMatchObject({ TotalCount: 4 });
    expect(await page({ ImageName: 'image-1' })).toMatchObject({ TotalCount: 1 });
  });
});

describe('ImportImage', () => {
  it('stores the properties of the image, with 40 GiB for a disk without a size', async () => {
    const { ImageId, TaskId } = await owner.ecs.ok('ImportImage', {
      RegionId,
      ImageName: 'imported',
      Description: 'zwei\nZeilen',
      Platform: 'Windows Server 2019',
      OSType: 'windows',
      Architecture: 'arm64',
      LicenseType: 'BYOL',
      DiskDeviceMapping: [{ OSSBucket: 'b' }, { DiskImageSize: 5 }, { DiskImSize: 7 }],
      Tag: [{ Key: 'role', Value: 'web' }, { Key: 'empty' }],
    });

    expect(TaskId).toMatch(/^t-[a-z0-9]{20}$/);
    expect(await owner.api.ok(getImage, { region: RegionId, imageId: ImageId })).toMatchObject({
      name: 'imported',
      description: 'zwei\nZeilen',
      os: 'Windows Server 2019',
      architecture: 'arm64',
      disksGiB: [40, 5, 7],
      tags: { role: 'web', empty: '' },
      state: 'available',
    });
    expect((await describeImages(owner.ecs, { ImageId })).images).toMatchObject([
      { OSType: 'windows', Platform: 'Windows Server 2019' },
    ]);
  });
});

describe('CopyImage', () => {
  const detailsOf = async (region: string, imageId: unknown) => owner.api.ok(getImage, { region, imageId });

  it('copies an owned image within its region or to another one, with the details of the image or new ones', async () => {
    const ImageId = await anImage({ description: 'as it was', tags: { role: 'web' } });
    const copy = await owner.ecs.ok('CopyImage', { RegionId, ImageId, DestinationRegionId: otherRegion });
    const other = await owner.ecs.ok('CopyImage', {
      RegionId,
      ImageId,
      DestinationImageName: 'other',
      DestinationDescription: 'new',
      Tag: [{ Key: 'stage', Value: 'test' }],
    });

    expect(await detailsOf(otherRegion, copy['ImageId'])).toMatchObject({
      name: 'web',
      description: 'as it was',
      tags: { role: 'web' },
      state: 'copying',
    });
    expect(await detailsOf(RegionId, other['ImageId'])).toMatchObject({
      name: 'other',
      description: 'new',
      tags: { stage: 'test' },
      revision: 1,
    });
  });
});
