import { getImage } from '../../../functions/get-image.ts';
import { listImageShares } from '../../../functions/list-image-shares.ts';
import { listImages } from '../../../functions/list-images.ts';
import { putPublicImage } from '../../../functions/put-public-image.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { updateImage } from '../../../functions/update-image.ts';
import { compute, operator } from '../../support/api.ts';
import { anImageOf, freshId, share } from '../../support/client.ts';
import { type EcsAccount, elsewhere, freshEcsAccount, RegionId, told } from './ecs-accounts.ts';
import type { Client, Fields } from './sdks.ts';

let owner: EcsAccount;
let recipient: EcsAccount;

beforeEach(async () => {
  [owner, recipient] = await Promise.all([freshEcsAccount(), freshEcsAccount()]);
});

const listed = async (client: Client, parameters: Fields = {}) => {
  const { Images, ...rest } = await client.ok('DescribeImages', { RegionId, ...parameters });
  return { ...rest, images: (Images as { Image: readonly Fields[] }).Image };
};
const names = async (client: Client, parameters: Fields = {}) =>
  (await listed(client, parameters)).images.map(({ ImageName }) => ImageName);
const anImage = async (fields: Fields = {}): Promise<string> => (await anImageOf(owner.api, RegionId, fields)).imageId;
const dryRun = told('DryRunOperation', 400);

describe('one service', () => {
  it('shows what was shared through the SDK over HTTP', async () => {
    const { ImageId } = await owner.ecs.ok('ImportImage', { RegionId, ImageName: 'sdk', Description: 'by the SDK' });
    await owner.ecs.ok('ModifyImageSharePermission', { RegionId, ImageId, AddAccount: [recipient.account] });
    const key = { region: RegionId, imageId: ImageId };

    expect(await owner.api.ok(listImageShares, key)).toMatchObject({
      used: 1,
      shares: [{ recipient: recipient.account, sharedBy: `${owner.account}/${owner.key.keyId}` }],
    });
    const { images } = await recipient.api.ok(listImages, { region: RegionId, scope: 'shared' });
    expect(images).toMatchObject([{ ...key, name: 'sdk', description: 'by the SDK', owner: owner.account, sizeGiB: 40 }]);
  });

  it('shows what was shared over HTTP through the SDK', async () => {
    const image = await anImageOf(owner.api, RegionId, { tags: { role: 'web' }, disks: [{ sizeGiB: 5 }] });
    const { shares } = await share(owner.api, image, [recipient.account]);

    const { Accounts } = await owner.ecs.ok('DescribeImageSharePermission', { RegionId, ImageId: image.imageId });
    expect(Accounts).toEqual({
      Account: [{ AliyunId: recipient.account, SharedTime: `${shares[0]?.sharedAt.slice(0, 19)}Z` }],
    });
    expect((await listed(recipient.ecs, { ImageOwnerAlias: 'others' })).images).toMatchObject([
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
  it('lists own, then shared, then public images, and those alone that an alias asks for', async () => {
    const publicId = freshId('m-');
    await operator().ok(putPublicImage, { region: RegionId, imageId: publicId, name: publicId, sizeGiB: 20 });
    await anImageOf(recipient.api, RegionId, { name: 'own' });
    await share(owner.api, { region: RegionId, imageId: await anImage({ name: 'shared' }) }, [recipient.account]);
    const all = await names(recipient.ecs, { PageSize: 100 });

    expect(all.slice(0, 2)).toEqual(['own', 'shared']);
    expect(await names(recipient.ecs, { ImageName: publicId })).toEqual([publicId]);
    expect(await names(recipient.ecs, { ImageOwnerAlias: 'self' })).toEqual(['own']);
    expect(await names(recipient.ecs, { ImageOwnerAlias: 'others', IsPublic: false })).toEqual(['shared']);
    expect(await names(recipient.ecs, { ImageOwnerAlias: 'others', IsPublic: true })).toEqual([]);
    expect(await names(recipient.ecs, { ImageOwnerAlias: 'marketplace' })).toEqual([]);
    expect(await names(recipient.ecs, { ImageOwnerAlias: 'system', ImageId: publicId })).toEqual([publicId]);
    expect((await listed(recipient.ecs, { ImageId: publicId })).images).toMatchObject([
      { ImageOwnerAlias: 'system', IsPublic: true },
    ]);
    expect(await names(recipient.ecs, { ImageOwnerId: Number(owner.account) })).toEqual(['shared']);
    expect(await names(recipient.ecs, { ImageOwnerId: 1, ImageOwnerAlias: 'others' })).toEqual([]);
    expect(await names(recipient.ecs, { ImageOwnerId: 1, ImageOwnerAlias: 'self' })).toEqual(['own']);
  });

  it('lists those that are available, and others where their status is asked for', async () => {
    const failed = await anImage({ name: 'failed', state: 'pending' });
    await compute().ok(reportImageState, { region: RegionId, imageId: failed, state: 'failed' });
    await anImage({ name: 'pending', state: 'pending' });
    await anImage({ name: 'available' });
    const deprecated = await anImage({ name: 'deprecated' });
    await owner.api.ok(updateImage, { region: RegionId, imageId: deprecated, deprecated: true });
    const own = (Status?: string) => names(owner.ecs, { ImageOwnerAlias: 'self', ...(Status !== undefined && { Status }) });

    expect(await own()).toEqual(['available']);
    expect(await own('Creating,Waiting')).toEqual(['pending']);
    expect(await own('CreateFailed, Deprecated')).toEqual(['failed', 'deprecated']);
    expect(await own('UnAvailable')).toEqual([]);
    expect(await own('ALL')).toEqual(['failed', 'pending', 'available', 'deprecated']);
    expect(await names(owner.ecs, { ImageId: `${failed},${deprecated}`, Status: 'ALL' })).toEqual(['failed', 'deprecated']);
    expect(await names(owner.ecs, { ImageId: failed })).toEqual([]);
  });

  it('finds by name, tags, system, architecture, time and use', async () => {
    const web = await anImage({ name: 'Web server 1', os: 'Windows Server 2022', tags: { role: 'web', stage: 'test' } });
    await anImage({ name: 'db', os: 'Debian 12', architecture: 'arm64', tags: { role: 'db' } });
    await owner.ecs.ok('RunInstances', { RegionId, ImageId: web });
    const own = (parameters: Fields) => names(owner.ecs, { ImageOwnerAlias: 'self', ...parameters });
    const { createdAt } = await owner.api.ok(getImage, { region: RegionId, imageId: web });
    const minute = (aside: number) => `${new Date(Date.parse(createdAt) + aside * 60_000).toISOString().slice(0, 16)}Z`;
    const [webAlone, dbAlone, both] = [['Web server 1'], ['db'], ['Web server 1', 'db']];

    expect(await own({ ImageName: 'SERVER' })).toEqual(webAlone);
    expect(await own({ ImageName: 'web*1' })).toEqual(webAlone);
    expect(await own({ ImageName: '*b' })).toEqual(dbAlone);
    expect(await own({ ImageName: 'd*d*b' })).toEqual([]);
    expect(await own({ Tag: [{ Key: 'role' }] })).toEqual(both);
    expect(await own({ Tag: [{ Key: 'role', Value: 'web' }, { Key: 'stage' }] })).toEqual(webAlone);
    expect(await own({ Tag: [{ Key: 'role', Value: 'we' }] })).toEqual([]);
    expect(await own({ OSType: 'windows' })).toEqual(webAlone);
    expect(await own({ OSType: 'linux' })).toEqual(dbAlone);
    expect(await own({ Architecture: 'arm64' })).toEqual(dbAlone);
    expect(await own({ Architecture: 'i386' })).toEqual([]);
    expect(await own({ Usage: 'instance' })).toEqual(webAlone);
    expect(await own({ Usage: 'none' })).toEqual(dbAlone);
    expect(await own({ Filter: [{ Key: 'CreationStartTime', Value: minute(-5) }] })).toEqual(both);
    expect(await own({ Filter: [{ Key: 'CreationStartTime', Value: minute(5) }] })).toEqual([]);
    expect(await own({ Filter: [{ Key: 'CreationEndTime', Value: minute(-5) }] })).toEqual([]);
    expect(await own({ Filter: [{ Key: 'NetworkType', Value: 'vpc' }] })).toEqual(both);
    expect(await own({ ImageFamily: 'none' })).toEqual([]);
    expect(await own({ SnapshotId: 's-1' })).toEqual([]);
  });

  it('counts what matches, and cuts it by number', async () => {
    for (let at = 1; at <= 12; at += 1) {
      await anImage({ name: `image-${at}` });
    }
    const page = (parameters: Fields) => listed(owner.ecs, { ImageOwnerAlias: 'self', ...parameters });

    expect(await page({})).toMatchObject({ TotalCount: 12, PageNumber: 1, PageSize: 10, RegionId });
    expect((await page({})).images).toHaveLength(10);
    expect(await page({ PageNumber: 3, PageSize: 5 })).toMatchObject({
      TotalCount: 12,
      PageNumber: 3,
      PageSize: 5,
      images: [{ ImageName: 'image-11' }, { ImageName: 'image-12' }],
    });
    expect(await page({ PageNumber: 4, PageSize: 5 })).toMatchObject({ TotalCount: 12, images: [] });
    expect(await page({ ImageName: 'image-1', PageSize: 2 })).toMatchObject({ TotalCount: 4 });
  });

  it('only asks where it is a dry run', async () => {
    expect(await owner.ecs.refused('DescribeImages', { RegionId, DryRun: true })).toEqual(dryRun);
    expect(await owner.ecs.refused('DescribeImages', { RegionId: 'cn-nowhere', DryRun: true })).toEqual(
      told('InvalidRegionId.NotFound', 404),
    );
  });
});

describe('ImportImage', () => {
  it('takes what is said of the image, and each disk as large as it is stated to be, or 40 GiB', async () => {
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
    expect((await listed(owner.ecs, { ImageId })).images).toMatchObject([{ OSType: 'windows', Platform: 'Windows Server 2019' }]);
  });

  it('is done once for one ClientToken, and refuses the token for another image', async () => {
    const once = { RegionId, ImageName: 'once', ClientToken: freshId() };
    const { ImageId } = await owner.ecs.ok('ImportImage', once);

    expect(await owner.ecs.ok('ImportImage', once)).toMatchObject({ ImageId });
    expect(await names(owner.ecs, { ImageOwnerAlias: 'self' })).toEqual(['once']);
    expect(await owner.ecs.refused('ImportImage', { ...once, ImageName: 'twice' })).toEqual(
      told('IdempotentParameterMismatch', 400),
    );
  });

  it('makes nothing where it is a dry run', async () => {
    expect(await owner.ecs.refused('ImportImage', { RegionId, ImageName: 'asked', DryRun: true })).toEqual(dryRun);
    expect(await names(owner.ecs, { ImageOwnerAlias: 'self' })).toEqual([]);
  });

  it('stops at the quota', async () => {
    const made = await Promise.all(Array.from({ length: 100 }, (_, at) => anImage({ name: `image-${at}` })));
    const full = told('QuotaExceed.Image', 403);

    expect(await owner.ecs.refused('ImportImage', { RegionId })).toEqual(full);
    expect(await owner.ecs.refused('ImportImage', { RegionId, DryRun: true })).toEqual(full);
    expect(await owner.ecs.refused('CopyImage', { RegionId, ImageId: made[0] })).toEqual(full);
  });
});

describe('CopyImage', () => {
  const detailsOf = async (region: string, imageId: unknown) => owner.api.ok(getImage, { region, imageId });

  it('copies an own image, within its region or to another one, with its details or those that are stated', async () => {
    const ImageId = await anImage({ description: 'as it was', tags: { role: 'web' } });
    const copy = await owner.ecs.ok('CopyImage', { RegionId, ImageId, DestinationRegionId: elsewhere });
    const other = await owner.ecs.ok('CopyImage', {
      RegionId,
      ImageId,
      DestinationImageName: 'other',
      DestinationDescription: 'new',
      Tag: [{ Key: 'stage', Value: 'test' }],
    });

    expect(await detailsOf(elsewhere, copy['ImageId'])).toMatchObject({
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

  it('saves a shared image, with its details or those that are stated', async () => {
    const ImageId = await anImage({ description: 'as it was' });
    await share(owner.api, { region: RegionId, imageId: ImageId }, [recipient.account]);
    const stated = { DestinationImageName: 'mine', DestinationDescription: 'new', Tag: [{ Key: 'a', Value: 'b' }] };
    const saved = await recipient.ecs.ok('CopyImage', { RegionId, ImageId, DestinationRegionId: RegionId, ...stated });

    expect(await recipient.api.ok(getImage, { region: RegionId, imageId: saved['ImageId'] })).toMatchObject({
      name: 'mine',
      description: 'new',
      tags: { a: 'b' },
      owner: recipient.account,
      revision: 1,
    });
  });

  it('makes nothing where it is a dry run, and is done once for one ClientToken', async () => {
    const ImageId = await anImage();
    const copy = { RegionId, ImageId, DestinationRegionId: elsewhere, DestinationDescription: 'copied' };
    expect(await owner.ecs.refused('CopyImage', { ...copy, DryRun: true })).toEqual(dryRun);
    expect(await names(owner.ecs, { RegionId: elsewhere, ImageOwnerAlias: 'self', Status: 'ALL' })).toEqual([]);

    const once = { ...copy, ClientToken: freshId() };
    const first = await owner.ecs.ok('CopyImage', once);
    expect((await owner.ecs.ok('CopyImage', once))['ImageId']).toBe(first['ImageId']);
    expect(await names(owner.ecs, { RegionId: elsewhere, ImageOwnerAlias: 'self', Status: 'ALL' })).toEqual(['web']);

    await owner.ecs.ok('DeleteImage', { RegionId, ImageId });
    expect((await owner.ecs.ok('CopyImage', once))['ImageId']).toBe(first['ImageId']);
  });

  it('refuses an image that is not there, not ready or not encrypted as asked, and a region of another cloud', async () => {
    const ImageId = await anImage();
    const pending = await anImage({ state: 'pending' });
    const publicId = freshId('m-');
    await operator().ok(putPublicImage, { region: RegionId, imageId: publicId, name: publicId, sizeGiB: 20 });
    const refused = (parameters: Fields) => owner.ecs.refused('CopyImage', { RegionId, ...parameters });

    expect(await refused({ ImageId: 'm-missing' })).toEqual(told('InvalidImageId.NotFound', 404));
    expect(await refused({ ImageId: publicId })).toEqual(told('InvalidImageId.NotFound', 404));
    expect(await refused({ ImageId: pending })).toEqual(told('IncorrectImageStatus', 400));
    expect(await refused({ ImageId, Encrypted: true })).toEqual(told('InvalidParameter', 400));
    expect(await refused({ ImageId, DestinationRegionId: 'ap-guangzhou' })).toEqual(told('InvalidRegionId.NotFound', 404));
    expect(await names(owner.ecs, { ImageOwnerAlias: 'self', Status: 'ALL' })).toHaveLength(2);
  });
});

describe('ModifyImageAttribute', () => {
  it('changes what is stated and leaves the rest', async () => {
    const ImageId = await anImage({ description: 'old', tags: { a: 'b' } });
    await owner.ecs.ok('ModifyImageAttribute', { RegionId, ImageId, ImageName: 'new', LicenseType: 'BYOL' });
    expect((await listed(owner.ecs, { ImageId })).images).toMatchObject([{ ImageName: 'new', Description: 'old' }]);

    await owner.ecs.ok('ModifyImageAttribute', { RegionId, ImageId, Description: 'newer' });
    expect((await listed(owner.ecs, { ImageId })).images).toMatchObject([{ ImageName: 'new', Description: 'newer' }]);
    await owner.ecs.ok('ModifyImageAttribute', { RegionId, ImageId });
    expect(await owner.ecs.refused('ModifyImageAttribute', { RegionId, ImageId, ImageName: 'asked', DryRun: true })).toEqual(
      dryRun,
    );
    expect((await listed(owner.ecs, { ImageId })).images).toMatchObject([{ ImageName: 'new', Description: 'newer' }]);
  });

  it('deprecates an image that nobody holds, which is then not shared, and takes that back', async () => {
    const ImageId = await anImage();
    const image = { RegionId, ImageId };
    const share = { ...image, AddAccount: [recipient.account] };
    const status = async () => (await listed(owner.ecs, { ImageId, Status: 'ALL' })).images[0]?.['Status'];
    await owner.ecs.ok('ModifyImageSharePermission', share);
    expect(await owner.ecs.refused('ModifyImageAttribute', { ...image, Status: 'Deprecated' })).toEqual(
      told('ImageUseShared', 403),
    );

    await owner.ecs.ok('ModifyImageSharePermission', { ...image, RemoveAccount: [recipient.account] });
    await owner.ecs.ok('ModifyImageAttribute', { ...image, Status: 'Deprecated' });
    expect(await status()).toBe('Deprecated');
    expect(await owner.ecs.refused('ModifyImageSharePermission', share)).toEqual(told('IncorrectImageStatus', 400));
    await owner.ecs.ok('ModifyImageAttribute', { ...image, Status: 'Available' });
    expect(await status()).toBe('Available');
  });

  it('does not deprecate an image that is still being made', async () => {
    const ImageId = await anImage({ state: 'pending' });

    expect(await owner.ecs.refused('ModifyImageAttribute', { RegionId, ImageId, Status: 'Deprecated' })).toEqual(
      told('IncorrectImageStatus', 400),
    );
  });
});

describe('DeleteImage', () => {
  it('deletes nothing where it is a dry run', async () => {
    const ImageId = await anImage();

    expect(await owner.ecs.refused('DeleteImage', { RegionId, ImageId, DryRun: true })).toEqual(dryRun);
    expect(await names(owner.ecs, { ImageId })).toEqual(['web']);
    expect(await recipient.ecs.refused('DeleteImage', { RegionId, ImageId, DryRun: true })).toEqual(
      told('InvalidImageId.NotFound', 404),
    );
  });
});
