import { getImage } from '../../../functions/get-image.ts';
import { listImageShares } from '../../../functions/list-image-shares.ts';
import { listImages } from '../../../functions/list-images.ts';
import { putPublicImage } from '../../../functions/put-public-image.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { updateImage } from '../../../functions/update-image.ts';
import { compute, operator } from '../../support/api.ts';
import { anImageOf, freshId, share } from '../../support/client.ts';
import { clientError, type EcsAccount, freshEcsAccount, otherRegion, RegionId } from './ecs-accounts.ts';
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
const dryRun = clientError('DryRunOperation', 400);

describe('the SDK and the HTTP API', () => {
  it('show a share that was created with the SDK in the HTTP API', async () => {
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
  it('lists owned, then shared, then public images, or only those that an alias selects', async () => {
    const publicId = freshId('m-');
    await operator().ok(putPublicImage, { region: RegionId, imageId: publicId, name: publicId, sizeGiB: 20 });
    await anImageOf(recipient.api, RegionId, { name: 'own' });
    await share(owner.api, { region: RegionId, imageId: await anImage({ name: 'shared' }) }, [recipient.account]);
    const all = await imageNames(recipient.ecs, { PageSize: 100 });

    expect(all.slice(0, 2)).toEqual(['own', 'shared']);
    expect(await imageNames(recipient.ecs, { ImageName: publicId })).toEqual([publicId]);
    expect(await imageNames(recipient.ecs, { ImageOwnerAlias: 'self' })).toEqual(['own']);
    expect(await imageNames(recipient.ecs, { ImageOwnerAlias: 'others', IsPublic: false })).toEqual(['shared']);
    expect(await imageNames(recipient.ecs, { ImageOwnerAlias: 'others', IsPublic: true })).toEqual([]);
    expect(await imageNames(recipient.ecs, { ImageOwnerAlias: 'marketplace' })).toEqual([]);
    expect(await imageNames(recipient.ecs, { ImageOwnerAlias: 'system', ImageId: publicId })).toEqual([publicId]);
    expect((await describeImages(recipient.ecs, { ImageId: publicId })).images).toMatchObject([
      { ImageOwnerAlias: 'system', IsPublic: true },
    ]);
    expect(await imageNames(recipient.ecs, { ImageOwnerId: Number(owner.account) })).toEqual(['shared']);
    expect(await imageNames(recipient.ecs, { ImageOwnerId: 1, ImageOwnerAlias: 'others' })).toEqual([]);
    expect(await imageNames(recipient.ecs, { ImageOwnerId: 1, ImageOwnerAlias: 'self' })).toEqual(['own']);
  });

  it('lists available images, and others by status', async () => {
    const failed = await anImage({ name: 'failed', state: 'pending' });
    await compute().ok(reportImageState, { region: RegionId, imageId: failed, state: 'failed' });
    await anImage({ name: 'pending', state: 'pending' });
    await anImage({ name: 'available' });
    const deprecated = await anImage({ name: 'deprecated' });
    await owner.api.ok(updateImage, { region: RegionId, imageId: deprecated, deprecated: true });
    const owned = (Status?: string) =>
      imageNames(owner.ecs, { ImageOwnerAlias: 'self', ...(Status !== undefined && { Status }) });

    expect(await owned()).toEqual(['available']);
    expect(await owned('Creating,Waiting')).toEqual(['pending']);
    expect(await owned('CreateFailed, Deprecated')).toEqual(['deprecated', 'failed']);
    expect(await owned('UnAvailable')).toEqual([]);
    expect(await owned('ALL')).toEqual(['deprecated', 'available', 'pending', 'failed']);
    expect(await imageNames(owner.ecs, { ImageId: `${failed},${deprecated}`, Status: 'ALL' })).toEqual(['failed', 'deprecated']);
    expect(await imageNames(owner.ecs, { ImageId: failed })).toEqual([]);
  });

  it('filters by name, tags, operating system, architecture, time and usage', async () => {
    const web = await anImage({ name: 'Web server 1', os: 'Windows Server 2022', tags: { role: 'web', stage: 'test' } });
    await anImage({ name: 'db', os: 'Debian 12', architecture: 'arm64', tags: { role: 'db' } });
    await owner.ecs.ok('RunInstances', { RegionId, ImageId: web });
    const owned = (parameters: Fields) => imageNames(owner.ecs, { ImageOwnerAlias: 'self', ...parameters });
    const { createdAt } = await owner.api.ok(getImage, { region: RegionId, imageId: web });
    const minute = (offset: number) => `${new Date(Date.parse(createdAt) + offset * 60_000).toISOString().slice(0, 16)}Z`;
    const [onlyWeb, onlyDb, both] = [['Web server 1'], ['db'], ['db', 'Web server 1']];

    expect(await owned({ ImageName: 'SERVER' })).toEqual(onlyWeb);
    expect(await owned({ ImageName: 'web*1' })).toEqual(onlyWeb);
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
    expect(await page({ ImageName: 'image-1', PageSize: 2 })).toMatchObject({ TotalCount: 4 });
  });

  it('validates a dry run', async () => {
    expect(await owner.ecs.refused('DescribeImages', { RegionId, DryRun: true })).toEqual(dryRun);
    expect(await owner.ecs.refused('DescribeImages', { RegionId: 'cn-nowhere', DryRun: true })).toEqual(
      clientError('InvalidRegionId.NotFound', 404),
    );
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

  it('runs once per ClientToken, and refuses the token for another image', async () => {
    const once = { RegionId, ImageName: 'once', ClientToken: freshId() };
    const { ImageId } = await owner.ecs.ok('ImportImage', once);

    expect(await owner.ecs.ok('ImportImage', once)).toMatchObject({ ImageId });
    expect(await imageNames(owner.ecs, { ImageOwnerAlias: 'self' })).toEqual(['once']);
    expect(await owner.ecs.refused('ImportImage', { ...once, ImageName: 'twice' })).toEqual(
      clientError('IdempotentParameterMismatch', 400),
    );
  });

  it('creates nothing in a dry run', async () => {
    expect(await owner.ecs.refused('ImportImage', { RegionId, ImageName: 'dry-run', DryRun: true })).toEqual(dryRun);
    expect(await imageNames(owner.ecs, { ImageOwnerAlias: 'self' })).toEqual([]);
  });

  it('stops at the quota', async () => {
    const imageIds = await Promise.all(Array.from({ length: 100 }, (_, index) => anImage({ name: `image-${index}` })));
    const quotaExceeded = clientError('QuotaExceed.Image', 403);

    expect(await owner.ecs.refused('ImportImage', { RegionId })).toEqual(quotaExceeded);
    expect(await owner.ecs.refused('ImportImage', { RegionId, DryRun: true })).toEqual(quotaExceeded);
    expect(await owner.ecs.refused('CopyImage', { RegionId, ImageId: imageIds[0] })).toEqual(quotaExceeded);
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

  it('saves a shared image with new details', async () => {
    const ImageId = await anImage({ description: 'as it was' });
    await share(owner.api, { region: RegionId, imageId: ImageId }, [recipient.account]);
    const details = { DestinationImageName: 'mine', DestinationDescription: 'new', Tag: [{ Key: 'a', Value: 'b' }] };
    const saved = await recipient.ecs.ok('CopyImage', { RegionId, ImageId, DestinationRegionId: RegionId, ...details });

    expect(await recipient.api.ok(getImage, { region: RegionId, imageId: saved['ImageId'] })).toMatchObject({
      name: 'mine',
      description: 'new',
      tags: { a: 'b' },
      owner: recipient.account,
      revision: 1,
    });
  });

  it('creates nothing in a dry run, and runs once per ClientToken', async () => {
    const ImageId = await anImage();
    const copy = { RegionId, ImageId, DestinationRegionId: otherRegion, DestinationDescription: 'copied' };
    expect(await owner.ecs.refused('CopyImage', { ...copy, DryRun: true })).toEqual(dryRun);
    expect(await imageNames(owner.ecs, { RegionId: otherRegion, ImageOwnerAlias: 'self', Status: 'ALL' })).toEqual([]);

    const once = { ...copy, ClientToken: freshId() };
    const first = await owner.ecs.ok('CopyImage', once);
    expect((await owner.ecs.ok('CopyImage', once))['ImageId']).toBe(first['ImageId']);
    expect(await imageNames(owner.ecs, { RegionId: otherRegion, ImageOwnerAlias: 'self', Status: 'ALL' })).toEqual(['web']);

    await owner.ecs.ok('DeleteImage', { RegionId, ImageId });
    expect((await owner.ecs.ok('CopyImage', once))['ImageId']).toBe(first['ImageId']);
  });

  it('refuses a missing or pending image, a change of encryption, and a region of another cloud', async () => {
    const ImageId = await anImage();
    const pending = await anImage({ state: 'pending' });
    const publicId = freshId('m-');
    await operator().ok(putPublicImage, { region: RegionId, imageId: publicId, name: publicId, sizeGiB: 20 });
    const refused = (parameters: Fields) => owner.ecs.refused('CopyImage', { RegionId, ...parameters });

    expect(await refused({ ImageId: 'm-missing' })).toEqual(clientError('InvalidImageId.NotFound', 404));
    expect(await refused({ ImageId: publicId })).toEqual(clientError('InvalidImageId.NotFound', 404));
    expect(await refused({ ImageId: pending })).toEqual(clientError('IncorrectImageStatus', 400));
    expect(await refused({ ImageId, Encrypted: true })).toEqual(clientError('InvalidParameter', 400));
    expect(await refused({ ImageId, DestinationRegionId: 'ap-guangzhou' })).toEqual(clientError('InvalidRegionId.NotFound', 404));
    expect(await imageNames(owner.ecs, { ImageOwnerAlias: 'self', Status: 'ALL' })).toHaveLength(2);
  });
});

describe('ModifyImageAttribute', () => {
  it('changes only the given attributes', async () => {
    const ImageId = await anImage({ description: 'old', tags: { a: 'b' } });
    await owner.ecs.ok('ModifyImageAttribute', { RegionId, ImageId, ImageName: 'new', LicenseType: 'BYOL' });
    expect((await describeImages(owner.ecs, { ImageId })).images).toMatchObject([{ ImageName: 'new', Description: 'old' }]);

    await owner.ecs.ok('ModifyImageAttribute', { RegionId, ImageId, Description: 'newer' });
    expect((await describeImages(owner.ecs, { ImageId })).images).toMatchObject([{ ImageName: 'new', Description: 'newer' }]);
    await owner.ecs.ok('ModifyImageAttribute', { RegionId, ImageId });
    expect(await owner.ecs.refused('ModifyImageAttribute', { RegionId, ImageId, ImageName: 'dry-run', DryRun: true })).toEqual(
      dryRun,
    );
    expect((await describeImages(owner.ecs, { ImageId })).images).toMatchObject([{ ImageName: 'new', Description: 'newer' }]);
  });

  it('deprecates an image that is not shared, which then cannot be shared, and restores it', async () => {
    const ImageId = await anImage();
    const image = { RegionId, ImageId };
    const sharing = { ...image, AddAccount: [recipient.account] };
    const status = async () => (await describeImages(owner.ecs, { ImageId, Status: 'ALL' })).images[0]?.['Status'];
    await owner.ecs.ok('ModifyImageSharePermission', sharing);
    expect(await owner.ecs.refused('ModifyImageAttribute', { ...image, Status: 'Deprecated' })).toEqual(
      clientError('ImageUseShared', 403),
    );

    await owner.ecs.ok('ModifyImageSharePermission', { ...image, RemoveAccount: [recipient.account] });
    await owner.ecs.ok('ModifyImageAttribute', { ...image, Status: 'Deprecated' });
    expect(await status()).toBe('Deprecated');
    expect(await owner.ecs.refused('ModifyImageSharePermission', sharing)).toEqual(clientError('IncorrectImageStatus', 400));
    await owner.ecs.ok('ModifyImageAttribute', { ...image, Status: 'Available' });
    expect(await status()).toBe('Available');
  });

  it('does not deprecate a pending image', async () => {
    const ImageId = await anImage({ state: 'pending' });

    expect(await owner.ecs.refused('ModifyImageAttribute', { RegionId, ImageId, Status: 'Deprecated' })).toEqual(
      clientError('IncorrectImageStatus', 400),
    );
  });
});

describe('DeleteImage', () => {
  it('deletes nothing in a dry run', async () => {
    const ImageId = await anImage();

    expect(await owner.ecs.refused('DeleteImage', { RegionId, ImageId, DryRun: true })).toEqual(dryRun);
    expect(await imageNames(owner.ecs, { ImageId })).toEqual(['web']);
    expect(await recipient.ecs.refused('DeleteImage', { RegionId, ImageId, DryRun: true })).toEqual(
      clientError('InvalidImageId.NotFound', 404),
    );
  });
});
