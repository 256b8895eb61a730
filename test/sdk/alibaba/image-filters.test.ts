import { putPublicImage } from '../../../functions/put-public-image.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { updateImage } from '../../../functions/update-image.ts';
import { describeImages } from '../../../lib/sdk/alibaba/image-list.ts';
import type { Service } from '../../../lib/sdk/service.ts';
import { anImageOf, launch, share } from '../../support/client.ts';
import { compute, operator } from '../../support/in-process.ts';
import { type EcsAccount, entriesOf, freshEcsAccount, imagesInTurn, type Parameters, RegionId } from './in-process.ts';

const region = RegionId;

let owner: EcsAccount;
let recipient: EcsAccount;
let anImage: ReturnType<typeof imagesInTurn>;

beforeEach(async () => {
  [owner, recipient] = await Promise.all([freshEcsAccount(), freshEcsAccount()]);
  anImage = imagesInTurn(owner);
});

const images = async (parameters: Parameters, account = owner) =>
  entriesOf(await account.ok('DescribeImages', parameters), 'Images', 'Image');
const names = async (parameters: Parameters, account = owner) =>
  (await images(parameters, account)).map(({ ImageName }) => ImageName);

describe('ImageOwnerAlias', () => {
  const publicId = 'm-public';
  const found = (parameters: Parameters) => names({ PageSize: 100, ...parameters }, recipient);

  beforeAll(async () => {
    await operator().ok(putPublicImage, { region, imageId: publicId, name: publicId, sizeGiB: 20 });
  });
  beforeEach(async () => {
    await anImageOf(recipient.api, region, { name: 'own' });
    await share(owner.api, { region, imageId: await anImage({ name: 'shared' }) }, [recipient.account]);
  });

  it('selects own, shared, or public images; without it, they are listed in this order', async () => {
    expect(await found({})).toEqual(['own', 'shared', publicId]);
    expect(await found({ ImageOwnerAlias: 'self' })).toEqual(['own']);
    expect(await found({ ImageOwnerAlias: 'others', IsPublic: false })).toEqual(['shared']);
    expect(await found({ ImageOwnerAlias: 'others', IsPublic: true })).toEqual([]);
    expect(await found({ ImageOwnerAlias: 'system' })).toEqual([publicId]);
    expect(await found({ ImageOwnerAlias: 'marketplace' })).toEqual([]);
    expect(await found({ ImageOwnerAlias: 'self', ImageId: publicId })).toEqual([]);
    expect(await found({ ImageOwnerAlias: 'system', ImageId: publicId })).toEqual([publicId]);
  });

  it('does not change the Usage of a public image, which is that of the caller', async () => {
    await launch(recipient.api, { region, imageId: publicId });

    expect(await images({ ImageOwnerAlias: 'others' }, recipient)).toMatchObject([{ IsPublic: false }]);
    expect(await images({ ImageOwnerAlias: 'system' })).toMatchObject([{ IsPublic: true, Usage: 'none' }]);
    expect(await images({ ImageOwnerAlias: 'system' }, recipient)).toMatchObject([{ Usage: 'instance' }]);
  });

  it('decides whether ImageOwnerId has an effect: not with self or system', async () => {
    expect(await found({ ImageOwnerId: owner.account })).toEqual(['shared']);
    expect(await found({ ImageOwnerId: owner.account, ImageOwnerAlias: 'others' })).toEqual(['shared']);
    expect(await found({ ImageOwnerId: 1, ImageOwnerAlias: 'others' })).toEqual([]);
    expect(await found({ ImageOwnerId: 1, ImageOwnerAlias: 'self' })).toEqual(['own']);
    expect(await found({ ImageOwnerId: 1, ImageOwnerAlias: 'system' })).toEqual([publicId]);
    expect(await found({ ImageOwnerId: 1 })).toEqual([]);
  });
});

describe('Status', () => {
  it('lists available images by default, and others by one or more statuses', async () => {
    const failed = await anImage({ name: 'failed', state: 'pending' });
    await compute().ok(reportImageState, { region, imageId: failed, state: 'failed' });
    await anImage({ name: 'pending', state: 'pending' });
    await anImage({ name: 'available' });
    const deprecated = await anImage({ name: 'deprecated' });
    await owner.api.ok(updateImage, { region, imageId: deprecated, deprecated: true });
    const owned = (Status?: string) => names({ ImageOwnerAlias: 'self', Status });

    expect(await owned()).toEqual(['available']);
    expect(await owned('Creating,Waiting')).toEqual(['pending']);
    expect(await owned('CreateFailed, Deprecated')).toEqual(['deprecated', 'failed']);
    expect(await owned('UnAvailable')).toEqual([]);
    expect(await owned('ALL')).toEqual(['deprecated', 'available', 'pending', 'failed']);
    expect(await names({ ImageId: `${failed},${deprecated}`, Status: 'ALL' })).toEqual(['deprecated', 'failed']);
    expect(await names({ ImageId: failed })).toEqual([]);
  });

  it.each([
    ['Gone', 'must be one or more of Creating, Waiting, Available, UnAvailable, CreateFailed, Deprecated, ALL'],
    ['ALL,Available', "can't combine ALL with other statuses"],
  ])('is refused as %s: it %s', async (Status, reason) => {
    expect(await owner.refused('DescribeImages', { Status })).toEqual({
      status: 400,
      code: 'InvalidParameter',
      message: `The specified parameter "Status" is not valid: it ${reason}. Value: "${Status}".`,
    });
  });
});

describe('a page', () => {
  it('has the number of all images, and those of the page, newest first', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await anImage({ name });
    }
    const page = async (parameters: Parameters) => {
      const { RequestId: _, Images, ...fields } = await owner.ok('DescribeImages', { ImageOwnerAlias: 'self', ...parameters });
      return { ...fields, names: entriesOf({ Images }, 'Images', 'Image').map(({ ImageName }) => ImageName) };
    };
    const all = { TotalCount: 5, PageNumber: 1, PageSize: 10, RegionId, names: ['e', 'd', 'c', 'b', 'a'] };

    for (const filter of [{}, { ImageName: '*' }]) {
      expect(await page(filter)).toEqual(all);
      expect(await page({ PageNumber: 2, PageSize: 2, ...filter })).toEqual({
        ...all,
        PageNumber: 2,
        PageSize: 2,
        names: ['c', 'b'],
      });
      expect(await page({ PageNumber: 4, PageSize: 2, ...filter })).toMatchObject({ TotalCount: 5, names: [] });
    }
  });

  it('is all that is read, unless there are filters', async () => {
    const numberedImages = async () => ({ total: 0, entries: [] });
    const service = { withOptions: () => ({ numberedImages }) } as unknown as Service;
    const request = describeImages.parameters.parse({ Status: 'ALL', ImageOwnerAlias: 'others', PageNumber: 2 });

    expect(await describeImages.run(request as never, service)).toMatchObject({ TotalCount: 0, PageNumber: 2 });
  });
});

describe('a filter', () => {
  it.each([
    { Filter: [{ Key: 'NetworkType', Value: 'vpc' }] },
    { Filter: [{ Key: 'CpuOnlineUpgrade', Value: 'unsupported' }] },
    { InstanceType: 'ecs.g6-2.large_x' },
    { IsSupportCloudinit: true, IsSupportIoOptimized: true },
  ])('that all images match finds them: %j', async (filter) => {
    await anImage({ name: 'web' });

    expect(await names({ ImageOwnerAlias: 'self', ...filter })).toEqual(['web']);
  });

  it.each(['ecs', 'ecs.', 'xecs.g6.large', 'ecs.g6 large'])('by the instance type %p is refused', async (InstanceType) => {
    expect(await owner.refused('DescribeImages', { InstanceType })).toMatchObject({
      status: 400,
      code: 'InvalidInstanceType.ValueNotSupported',
    });
  });
});

describe('DryRun', () => {
  it('reports the error of the call, or that it would succeed', async () => {
    expect(await owner.refused('DescribeImages', { DryRun: true })).toMatchObject({ status: 400, code: 'DryRunOperation' });
    expect(await owner.refused('DescribeImages', { DryRun: true, RegionId: 'cn-nowhere' })).toMatchObject({
      status: 404,
      code: 'InvalidRegionId.NotFound',
    });
  });
});
