import { getImage } from '../../../functions/get-image.ts';
import { listImages } from '../../../functions/list-images.ts';
import { anImageOf, freshId } from '../../support/client.ts';
import { type EcsAccount, freshEcsAccount, type Parameters, RegionId } from './in-process.ts';

const region = RegionId;
const dryRun = { status: 400, code: 'DryRunOperation' };
const notFound = { status: 404, code: 'InvalidImageId.NotFound' };
const notReady = { status: 400, code: 'IncorrectImageStatus' };

let owner: EcsAccount;
let recipient: EcsAccount;

beforeEach(async () => {
  [owner, recipient] = await Promise.all([freshEcsAccount(), freshEcsAccount()]);
});

const anImage = async (fields: Parameters = {}) => (await anImageOf(owner.api, region, fields)).imageId;
const imageOf = (imageId: unknown, account = owner) => account.api.ok(getImage, { region, imageId });
const names = async () => (await owner.api.ok(listImages, { region, scope: 'owned' })).images.map(({ name }) => name);

describe('ImportImage', () => {
  const imported = async (parameters: Parameters) => imageOf((await owner.ok('ImportImage', parameters))['ImageId']);

  it('makes a Linux image with a disk of 40 GiB by default', async () => {
    expect(await imported({})).toMatchObject({
      name: 'imported',
      os: 'Others Linux',
      architecture: 'x86_64',
      disksGiB: [40],
      tags: {},
      state: 'available',
    });
  });

  it('uses both names for the size of a disk', async () => {
    const DiskDeviceMapping = [{ OSSBucket: 'b' }, { DiskImageSize: 5 }, { DiskImSize: 7 }, { DiskImageSize: 8, DiskImSize: 9 }];

    expect(await imported({ DiskDeviceMapping })).toMatchObject({ disksGiB: [40, 5, 7, 8] });
  });

  it('refuses more tags than an image can have', async () => {
    const tags = (length: number) => Array.from({ length }, (_, index) => ({ Key: `k${index}` }));

    expect(await owner.refused('ImportImage', { Tag: tags(17) })).toMatchObject({
      status: 400,
      code: 'OperationDenied.QuotaExceed',
    });
    expect(Object.keys((await imported({ Tag: tags(16) })).tags)).toHaveLength(16);
  });

  it('runs once per ClientToken, and refuses the token for another image', async () => {
    const once = { ImageName: 'once', ClientToken: freshId() };
    const { ImageId } = await owner.ok('ImportImage', once);

    expect(await owner.ok('ImportImage', once)).toMatchObject({ ImageId });
    expect(await owner.refused('ImportImage', { ...once, ImageName: 'twice' })).toMatchObject({
      status: 400,
      code: 'IdempotentParameterMismatch',
    });
    expect(await owner.refused('ImportImage', { ImageName: 'dry-run', DryRun: true })).toMatchObject(dryRun);
    expect(await names()).toEqual(['once']);
  });

  it('stops at the quota', async () => {
    const [ImageId] = await Promise.all(Array.from({ length: 100 }, () => anImage()));
    const quotaExceeded = { status: 403, code: 'QuotaExceed.Image' };

    expect(await owner.refused('ImportImage')).toMatchObject(quotaExceeded);
    expect(await owner.refused('ImportImage', { DryRun: true })).toMatchObject(quotaExceeded);
    expect(await owner.refused('CopyImage', { ImageId })).toMatchObject(quotaExceeded);
  });
});

describe('CreateImage', () => {
  const instanceOf = async (ImageId: string, account = owner) =>
    (await account.ok('CreateInstance', { ImageId, InstanceType: 'ecs.g6.large' }))['InstanceId'];

  it('makes an image that has the name of the instance by default', async () => {
    const InstanceId = await instanceOf(await anImage({ os: 'Debian 12' }));
    const { ImageId } = await owner.ok('CreateImage', { InstanceId });

    expect(await imageOf(ImageId)).toMatchObject({ name: `image-of-${InstanceId}`, os: 'Debian 12', state: 'pending' });
  });

  it('has the architecture and the boot mode of the instance: others are refused', async () => {
    const InstanceId = await instanceOf(await anImage({ architecture: 'arm64' }));
    const refused = async (parameters: Parameters) => (await owner.refused('CreateImage', { InstanceId, ...parameters })).message;
    const { ImageId } = await owner.ok('CreateImage', { InstanceId, Architecture: 'arm64', BootMode: 'UEFI' });

    expect(await imageOf(ImageId)).toMatchObject({ architecture: 'arm64' });
    for (const Architecture of ['i386', 'x86_64']) {
      expect(await refused({ Architecture })).toContain(`it must be that of the instance, arm64. Value: "${Architecture}".`);
    }
    for (const BootMode of ['BIOS', 'UEFI-Preferred']) {
      expect(await refused({ BootMode })).toContain(`it must be that of the instance, UEFI. Value: "${BootMode}".`);
    }
  });

  it('refuses a missing instance and no instance', async () => {
    for (const InstanceId of ['i-missing', '../x']) {
      expect(await owner.refused('CreateImage', { InstanceId })).toMatchObject({
        status: 404,
        code: 'InvalidInstanceId.NotFound',
      });
    }
    expect(await owner.refused('CreateImage')).toMatchObject({
      status: 400,
      code: 'MissingParameter',
      message: expect.stringContaining('"InstanceId"'),
    });
  });
});

describe('ModifyImageAttribute', () => {
  it('changes only the given attributes, and nothing in a dry run', async () => {
    const ImageId = await anImage({ description: 'old', tags: { a: 'b' } });
    await owner.ok('ModifyImageAttribute', { ImageId, ImageName: 'new', LicenseType: 'BYOL' });
    expect(await imageOf(ImageId)).toMatchObject({ name: 'new', description: 'old' });

    await owner.ok('ModifyImageAttribute', { ImageId, Description: 'newer' });
    await owner.ok('ModifyImageAttribute', { ImageId });
    expect(await owner.refused('ModifyImageAttribute', { ImageId, ImageName: 'dry-run', DryRun: true })).toMatchObject(dryRun);
    expect(await imageOf(ImageId)).toMatchObject({ name: 'new', description: 'newer', tags: { a: 'b' }, state: 'available' });
  });

  it('deprecates an image that is not shared, which then cannot be shared, and restores it', async () => {
    const ImageId = await anImage();
    const sharing = { ImageId, AddAccount: [recipient.account] };
    await owner.ok('ModifyImageSharePermission', sharing);
    expect(await owner.refused('ModifyImageAttribute', { ImageId, Status: 'Deprecated' })).toMatchObject({
      status: 403,
      code: 'ImageUseShared',
    });

    await owner.ok('ModifyImageSharePermission', { ImageId, RemoveAccount: [recipient.account] });
    await owner.ok('ModifyImageAttribute', { ImageId, Status: 'Deprecated' });
    await owner.ok('ModifyImageAttribute', { ImageId, Description: 'still deprecated' });
    expect(await imageOf(ImageId)).toMatchObject({ state: 'deprecated' });
    expect(await owner.refused('ModifyImageSharePermission', sharing)).toMatchObject(notReady);
    await owner.ok('ModifyImageAttribute', { ImageId, Status: 'Available' });
    expect(await imageOf(ImageId)).toMatchObject({ state: 'available' });
  });

  it('does not deprecate a pending image', async () => {
    const ImageId = await anImage({ state: 'pending' });

    expect(await owner.refused('ModifyImageAttribute', { ImageId, Status: 'Deprecated' })).toMatchObject(notReady);
  });
});

describe('DeleteImage', () => {
  it('deletes nothing in a dry run', async () => {
    const ImageId = await anImage();

    expect(await owner.refused('DeleteImage', { ImageId, DryRun: true })).toMatchObject(dryRun);
    expect(await recipient.refused('DeleteImage', { ImageId, DryRun: true })).toMatchObject(notFound);
    expect(await names()).toEqual(['web']);
  });
});
