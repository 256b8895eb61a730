import { type Call, caught, exceptionWith, type Images, idsIn, imported, region } from '../../sdk/tencent/calls.ts';
import { anImageOf, share } from '../../support/client.ts';
import { cvmCalls, freshPrincipals, type Principal } from './cvm-client.ts';

let owner: Principal;
beforeAll(async () => {
  [owner] = (await freshPrincipals(1)) as [Principal];
});

interface Listed extends Images {
  readonly TotalCount: number;
}
const listed = async (call: Call, parameters: object): Promise<Listed> => (await call('DescribeImages', parameters)) as Listed;

describe('DescribeImages', () => {
  let tagged: string;
  let plain: string;
  let received: string;
  let lister: Principal;
  beforeAll(async () => {
    [lister] = (await freshPrincipals(1)) as [Principal];
    ({ imageId: tagged } = await anImageOf(lister, region, {
      name: 'Shop Front',
      os: 'CentOS 7',
      tags: { tier: 'web', team: 'a' },
    }));
    ({ imageId: plain } = await anImageOf(lister, region, { name: 'worker', os: 'Windows Server 2022' }));
    const image = await anImageOf(owner, region, { name: 'of another', os: 'Ubuntu 24.04' });
    received = image.imageId;
    await share(owner, image, [lister.account]);
  });

  const filter = (Name: string, ...Values: readonly string[]) => ({ Name, Values });

  it.each<[string, () => { Name: string; Values: readonly string[] }[], () => string[]]>([
    ['image-id', () => [filter('image-id', tagged, received)], () => [tagged, received]],
    ['image-type PRIVATE_IMAGE', () => [filter('image-type', 'PRIVATE_IMAGE')], () => [tagged, plain]],
    ['image-type SHARED_IMAGE', () => [filter('image-type', 'SHARED_IMAGE')], () => [received]],
    ['image-type, both', () => [filter('image-type', 'SHARED_IMAGE', 'PRIVATE_IMAGE')], () => [tagged, plain, received]],
    ['a part of image-name, in any case', () => [filter('image-name', 'shop f')], () => [tagged]],
    ['a part of platform', () => [filter('platform', 'window')], () => [plain]],
    ['tag-key', () => [filter('tag-key', 'tier')], () => [tagged]],
    ['tag-value', () => [filter('tag-value', 'web')], () => [tagged]],
    ['tag:KEY', () => [filter('tag:tier', 'db', 'web')], () => [tagged]],
    ['tag:KEY with another value', () => [filter('tag:tier', 'a')], () => []],
    ['two filters at once', () => [filter('image-type', 'PRIVATE_IMAGE'), filter('platform', 'CentOS')], () => [tagged]],
    ['dedicated-cluster-id', () => [filter('dedicated-cluster-id', 'cluster-1')], () => []],
    ['cdc-cache-status', () => [filter('cdc-cache-status', 'CACHED')], () => []],
    ['no value', () => [filter('image-id')], () => []],
  ])('filters by %s', async (_, filters, expected) => {
    const found = await listed(lister.cvm, { Filters: [...filters()], Limit: 100 });
    const own = [tagged, plain, received];
    expect(idsIn(found).filter((id) => own.includes(id))).toEqual(expected());
    expect(found.TotalCount).toBe(found.ImageSet.length);
  });

  it('counts what matches and cuts it by offset and limit', async () => {
    const mine = { Filters: [filter('image-type', 'PRIVATE_IMAGE', 'SHARED_IMAGE')] };
    const page = await listed(lister.cvm, { ...mine, Offset: 1, Limit: 1 });
    expect([page.TotalCount, idsIn(page)]).toEqual([3, [plain]]);
    const after = await listed(lister.cvm, { ...mine, Offset: 3 });
    expect([after.TotalCount, idsIn(after)]).toEqual([3, []]);
  });

  it('answers 20 images unless it is told another number', async () => {
    const [many] = (await freshPrincipals(1)) as [Principal];
    await Promise.all(Array.from({ length: 21 }, () => anImageOf(many, region)));
    const mine = { Filters: [filter('image-type', 'PRIVATE_IMAGE')] };
    const [page, all] = [await listed(many.cvm, mine), await listed(many.cvm, { ...mine, Limit: 21 })];
    expect([page.TotalCount, page.ImageSet.length, all.ImageSet.length]).toEqual([21, 20, 21]);
  });

  it('gives of the images that are named those that there are, once each, in their order', async () => {
    const found = await listed(lister.cvm, { ImageIds: [received, 'img-00000000', tagged, received] });
    expect([found.TotalCount, idsIn(found)]).toEqual([2, [received, tagged]]);
  });

  it.each([
    [
      'ids and filters at once',
      { ImageIds: ['img-6pb6lrmy'], Filters: [filter('image-type', 'PRIVATE_IMAGE')] },
      'InvalidParameter.InvalidParameterCoexistImageIdsFilters',
    ],
    ['an id that is none', { ImageIds: ['img-6PB6LRMY'] }, 'InvalidImageId.Malformed'],
    ['an id that is too long', { ImageIds: ['img-6pb6lrmyx'] }, 'InvalidImageId.Malformed'],
    ['ids that are no list', { ImageIds: 'img-6pb6lrmy' }, 'InvalidParameterValue'],
    ['more ids than it answers', { ImageIds: Array(101).fill('img-6pb6lrmy') }, 'InvalidParameterValue.LimitExceeded'],
    ['a filter that is not known', { Filters: [filter('colour', 'red')] }, 'InvalidFilter'],
    ['a filter that every object has', { Filters: [filter('constructor', 'x')] }, 'InvalidFilter'],
    ['an image type that is not known', { Filters: [filter('image-type', 'MARKET_IMAGE')] }, 'InvalidFilter'],
    ['eleven filters', { Filters: Array(11).fill(filter('platform', 'a')) }, 'InvalidFilterValue.LimitExceeded'],
    ['six values', { Filters: [filter('platform', 'a', 'b', 'c', 'd', 'e', 'f')] }, 'InvalidFilterValue.LimitExceeded'],
    ['a filter without a name', { Filters: [{ Values: ['a'] }] }, 'MissingParameter'],
    ['a limit that is too large', { Limit: 101 }, 'InvalidParameterValue.InvalidParameterValueLimit'],
    ['a limit of nothing', { Limit: 0 }, 'InvalidParameterValue.InvalidParameterValueLimit'],
    ['an offset below nothing', { Offset: -1 }, 'InvalidParameterValueOffset'],
    ['an offset that is no number', { Offset: 'first' }, 'InvalidParameterValueOffset'],
    ['a parameter that is not known', { Colour: 'red' }, 'UnknownParameter'],
  ])('refuses %s', async (_, parameters, code) => {
    expect(await caught(lister.cvm('DescribeImages', parameters))).toEqual(exceptionWith(code));
  });

  it('tells a deprecated image by its flag, and one that is copied by its state', async () => {
    const imageId = await imported(owner.cvm);
    await owner.cvm('ModifyImageAttribute', { ImageId: imageId, ImageDeprecated: true });
    expect(await owner.cvm('DescribeImages', { ImageIds: [imageId] })).toMatchObject({
      ImageSet: [{ ImageState: 'NORMAL', ImageDeprecated: true, SyncPercent: 100 }],
    });
    const { ImageSet } = (await owner.cvm('SyncImages', {
      ImageIds: [imageId],
      DestinationRegions: ['ap-shanghai'],
      ImageSetRequired: true,
    })) as Listed;
    expect(
      await cvmCalls(owner.key, { region: 'ap-shanghai' })('DescribeImages', { ImageIds: idsIn({ ImageSet }) }),
    ).toMatchObject({
      ImageSet: [{ ImageState: 'SYNCING', SyncPercent: null }],
    });
  });
});

describe('DescribeImageQuota', () => {
  it('tells how many images an account may have in a region', async () => {
    expect(await owner.cvm('DescribeImageQuota')).toEqual({ ImageNumQuota: 500, RequestId: expect.any(String) });
    expect(await caught(cvmCalls(owner.key, { region: 'cn-hangzhou' })('DescribeImageQuota'))).toEqual(
      exceptionWith('UnsupportedRegion'),
    );
  });
});
