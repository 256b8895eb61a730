import { cancelImageShares } from '../../../functions/cancel-image-shares.ts';
import { importImage } from '../../../functions/import-image.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { updateImage } from '../../../functions/update-image.ts';
import { ActionError } from '../../../lib/model/error.ts';
import type { ImageView } from '../../../lib/model/views/image.ts';
import { imagesInUse } from '../../../lib/sdk/alibaba/usage.ts';
import type { Service } from '../../../lib/sdk/service.ts';
import { secondsFromNoon } from '../../support/builders.ts';
import { anImageOf, launch, share } from '../../support/client.ts';
import { clock, compute } from '../../support/in-process.ts';
import { type EcsAccount, entriesOf, freshEcsAccount, imagesInTurn, type Parameters, RegionId } from './in-process.ts';

const region = RegionId;

let owner: EcsAccount;
let recipient: EcsAccount;
let anImage: ReturnType<typeof imagesInTurn>;

beforeEach(async () => {
  [owner, recipient] = await Promise.all([freshEcsAccount(), freshEcsAccount()]);
  anImage = imagesInTurn(owner);
});

const describeImages = async (account: EcsAccount, parameters: Parameters = {}) =>
  entriesOf(await account.ok('DescribeImages', parameters), 'Images', 'Image');
const names = async (parameters: Parameters = {}, account = owner) =>
  (await describeImages(account, parameters)).map(({ ImageName }) => ImageName);
const imageIds = async (parameters: Parameters = {}, account = owner) =>
  (await describeImages(account, parameters)).map(({ ImageId }) => ImageId);

describe('ImageName', () => {
  it('is the whole name: an image whose name only contains it is not found', async () => {
    await anImage({ name: 'prod-packer-ali-golden' });
    await anImage({ name: 'packer-ali' });
    await anImage({ name: 'PACKER-ALI' });

    expect(await names({ ImageName: 'packer-ali' })).toEqual(['packer-ali']);
    expect(await names({ ImageName: 'packer' })).toEqual([]);
    expect(await names({ ImageName: '*packer-ali*' })).toEqual(['packer-ali', 'prod-packer-ali-golden']);
    expect(await names({ ImageName: 'packer*' })).toEqual(['packer-ali']);
    expect(await names({ ImageName: 'p?cker-ali' })).toEqual([]);
  });

  it('finds the same name in another Unicode normalization form', async () => {
    await anImage({ name: 'caf\u00e9' });

    expect(await names({ ImageName: 'cafe\u0301' })).toEqual(['caf\u00e9']);
    expect(await names({ ImageName: 'cafe\u0301*' })).toEqual(['caf\u00e9']);
  });

  it('has the image of exactly that name on the first page, and the newer one first', async () => {
    const older = await anImage({ name: 'web' });
    for (let number = 1; number <= 21; number += 1) {
      await anImage({ name: `web-${number}` });
    }
    const newer = await anImage({ name: 'web' });
    await anImage({ name: 'web-22' });

    expect(await imageIds({ ImageName: 'web' })).toEqual([newer, older]);
  });
});

describe('the order of images', () => {
  it('is own ones first, newest first, also for a list of IDs in any order', async () => {
    const [a, b] = [await anImage({ name: 'a' }), await anImage({ name: 'b' })];
    clock.at = secondsFromNoon(60);
    const { imageId: own } = await anImageOf(recipient.api, region, { name: 'own' });
    await share(owner.api, { region, imageId: a }, [recipient.account]);

    expect(await names()).toEqual(['b', 'a']);
    for (const ImageId of [`${a},${b}`, `${b},${a}`, ` ${b} , ,${a},${b},`]) {
      expect(await names({ ImageId })).toEqual(['b', 'a']);
    }
    for (const ImageId of [`${a},${own}`, `${own},${a}`]) {
      expect(await names({ ImageId }, recipient)).toEqual(['own', 'a']);
    }
  });
});

describe('the fields of an image', () => {
  it('show whether it can be used, by its state', async () => {
    const pending = await anImage({ state: 'pending' });
    const failed = await anImage({ state: 'pending' });
    await compute().ok(reportImageState, { region, imageId: failed, state: 'failed' });
    const deprecated = await anImage();
    await owner.api.ok(updateImage, { region, imageId: deprecated, deprecated: true });
    const available = await anImage();
    const fieldsOf = async (imageId: string) => {
      const [{ Status, Usable, Progress } = {}] = await describeImages(owner, { ImageId: imageId, Status: 'ALL' });
      return { Status, Usable, Progress };
    };

    expect(await fieldsOf(pending)).toEqual({ Status: 'Creating', Usable: false, Progress: '0%' });
    expect(await fieldsOf(failed)).toEqual({ Status: 'CreateFailed', Usable: false, Progress: '0%' });
    expect(await fieldsOf(deprecated)).toEqual({ Status: 'Deprecated', Usable: true, Progress: '100%' });
    expect(await fieldsOf(available)).toEqual({ Status: 'Available', Usable: true, Progress: '100%' });
    expect(await imageIds({ Status: 'ALL', Usable: true })).toEqual([available, deprecated]);
    expect(await imageIds({ Status: 'ALL', Usable: false })).toEqual([failed, pending]);
    expect(await imageIds({ Status: 'Creating', Usable: true })).toEqual([]);
    expect(await owner.refused('DescribeImages', { Usable: true })).toMatchObject({
      status: 400,
      code: 'MissingParameter',
      message: expect.stringContaining('"Status"'),
    });
  });

  it('show whether it is a copy', async () => {
    const ImageId = await anImage();
    await share(owner.api, { region, imageId: ImageId }, [recipient.account]);
    const { ImageId: copy } = await owner.ok('CopyImage', { ImageId });
    const { ImageId: saved } = await recipient.ok('CopyImage', { ImageId });
    const isCopied = async (account: EcsAccount, id: unknown) =>
      (await describeImages(account, { ImageId: id, Status: 'ALL' }))[0]?.['IsCopied'];

    expect(await isCopied(owner, ImageId)).toBe(false);
    expect(await isCopied(owner, copy)).toBe(true);
    expect(await isCopied(recipient, saved)).toBe(true);
    await compute().ok(reportImageState, { region, imageId: copy, state: 'available' });
    expect(await isCopied(owner, copy)).toBe(true);
  });

  it('have the platform, the boot mode, and constants', async () => {
    await owner.api.ok(importImage, { region, name: 'arm', sizeGiB: 20, os: 'Debian 12', architecture: 'arm64' });

    expect(await describeImages(owner)).toMatchObject([
      {
        OSType: 'linux',
        OSName: 'Debian 12',
        OSNameEn: 'Debian 12',
        Platform: 'Debian',
        Architecture: 'arm64',
        BootMode: 'UEFI',
        ImageVersion: '',
        ImageFamily: '',
        ProductCode: '',
        ResourceGroupId: '',
        IsSubscribed: false,
        LoginAsNonRootSupported: false,
        SupplierName: '',
        Features: { NvmeSupport: 'unsupported', ImdsSupport: 'v1' },
        SecureBootOptions: { SecureBootSupport: 'unsupported' },
        IsSupportCloudinit: true,
        IsSupportIoOptimized: true,
      },
    ]);
  });

  it('have the IDs of snapshots for the owner only', async () => {
    const ImageId = await anImage({ disks: [{ sizeGiB: 5 }] });
    await share(owner.api, { region, imageId: ImageId }, [recipient.account]);
    const snapshotIds = async (account: EcsAccount) =>
      entriesOf((await describeImages(account, { ImageId }))[0] ?? {}, 'DiskDeviceMappings', 'DiskDeviceMapping').map(
        ({ SnapshotId }) => SnapshotId,
      );
    const suffix = ImageId.slice(2);

    expect(await snapshotIds(owner)).toEqual([`s-${suffix}`, `s-${suffix}-1`]);
    expect(await snapshotIds(recipient)).toEqual(['', '']);
    await anImage();
    expect(await imageIds({ SnapshotId: `s-${suffix}-1` })).toEqual([ImageId]);
    expect(await imageIds({ SnapshotId: `s-${suffix}-2` })).toEqual([]);
    expect(await imageIds({ SnapshotId: `s-${suffix}` }, recipient)).toEqual([]);
  });
});

describe('Usage', () => {
  const usages = async (account: EcsAccount, ImageId: string) => {
    const [image] = await describeImages(account, { ImageId });
    const found = { ImageOwnerAlias: account === owner ? 'self' : undefined };
    return {
      field: image?.['Usage'],
      instance: (await imageIds({ ...found, Usage: 'instance' }, account)).includes(ImageId),
      none: (await imageIds({ ...found, Usage: 'none' }, account)).includes(ImageId),
    };
  };
  const used = { field: 'instance', instance: true, none: false };
  const unused = { field: 'none', instance: false, none: true };

  it('is instance for an image from which the caller runs instances', async () => {
    const ImageId = await anImage();
    expect(await usages(owner, ImageId)).toEqual(unused);

    const { InstanceId } = await owner.ok('CreateInstance', { ImageId, InstanceType: 'ecs.g6.large' });
    expect(await usages(owner, ImageId)).toEqual(used);
    await owner.ok('DeleteInstance', { InstanceId });
    expect(await usages(owner, ImageId)).toEqual(unused);
  });

  it('is instance for the owner of an image from which a recipient launched instances', async () => {
    const [ImageId, other] = [await anImage(), await anImage()];
    const { account: idle } = await freshEcsAccount();
    await share(owner.api, { region, imageId: ImageId }, [recipient.account, idle]);
    await share(owner.api, { region, imageId: other }, [recipient.account]);
    expect(await usages(owner, ImageId)).toEqual(unused);

    await launch(recipient.api, { region, imageId: ImageId });
    expect(await usages(owner, ImageId)).toEqual(used);
    expect(await usages(owner, other)).toEqual(unused);
    expect(await usages(recipient, ImageId)).toEqual(used);

    await owner.api.ok(cancelImageShares, { region, imageId: ImageId, all: true });
    expect(await usages(owner, ImageId)).toEqual(unused);
  });

  it("doesn't show a recipient what the owner or other recipients run", async () => {
    const other = await freshEcsAccount();
    const ImageId = await anImage();
    await share(owner.api, { region, imageId: ImageId }, [recipient.account, other.account]);
    await launch(owner.api, { region, imageId: ImageId });
    await launch(other.api, { region, imageId: ImageId });

    expect(await usages(recipient, ImageId)).toEqual(unused);
  });

  it('is none for an image that is deleted while its shares are read, but other failures are reported', async () => {
    const image = { imageId: 'm-1', shareCount: 1 } as ImageView;
    const inUse = (failure: ActionError) =>
      imagesInUse([image], { listInstances: async () => [], listShares: () => Promise.reject(failure) } as unknown as Service);
    const unavailable = new ActionError('Unavailable', { detail: 'Try again.' });

    expect(await inUse(new ActionError('ImageNotFound', { detail: 'There is no image m-1.' }))).toEqual(new Set());
    await expect(inUse(unavailable)).rejects.toBe(unavailable);
  });
});
