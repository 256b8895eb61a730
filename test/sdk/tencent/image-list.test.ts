import type { Service } from '../../../lib/sdk/service.ts';
import { cvmActions } from '../../../lib/sdk/tencent/cvm/actions.ts';
import { lighthouseActions } from '../../../lib/sdk/tencent/lighthouse/actions.ts';
import { anImageOf, share } from '../../support/client.ts';
import { type Call, type ImageList, idsIn, importImage, region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let owner: Caller;
beforeAll(async () => {
  owner = await freshCaller();
});

interface ImagePage extends ImageList {
  readonly TotalCount: number;
}
const describeImages = async (call: Call, parameters: object): Promise<ImagePage> =>
  (await call('DescribeImages', parameters)) as ImagePage;

const filter = (Name: string, ...Values: readonly string[]) => ({ Name, Values });

describe('DescribeImages', () => {
  let tagged: string;
  let plain: string;
  let shared: string;
  let reader: Caller;
  beforeAll(async () => {
    reader = await freshCaller();
    ({ imageId: tagged } = await anImageOf(reader, region, {
      name: 'Shop Front',
      os: 'CentOS 7',
      tags: { tier: 'web', team: 'a' },
    }));
    ({ imageId: plain } = await anImageOf(reader, region, { name: 'worker', os: 'Windows Server 2022' }));
    const image = await anImageOf(owner, region, { name: 'of another', os: 'Ubuntu 24.04' });
    shared = image.imageId;
    await share(owner, image, [reader.account]);
  });

  it.each<[string, () => { Name: string; Values: readonly string[] }[], () => string[]]>([
    ['image-id', () => [filter('image-id', tagged, shared)], () => [tagged, shared]],
    ['image-type PRIVATE_IMAGE', () => [filter('image-type', 'PRIVATE_IMAGE')], () => [plain, tagged]],
    ['image-type SHARED_IMAGE', () => [filter('image-type', 'SHARED_IMAGE')], () => [shared]],
    ['image-type, both', () => [filter('image-type', 'SHARED_IMAGE', 'PRIVATE_IMAGE')], () => [plain, tagged, shared]],
    ['part of image-name, case-insensitive', () => [filter('image-name', 'shop f')], () => [tagged]],
    ['part of platform', () => [filter('platform', 'window')], () => [plain]],
    ['tag-key', () => [filter('tag-key', 'tier')], () => [tagged]],
    ['tag-value', () => [filter('tag-value', 'web')], () => [tagged]],
    ['tag:KEY', () => [filter('tag:tier', 'db', 'web')], () => [tagged]],
    ['tag:KEY with another value', () => [filter('tag:tier', 'a')], () => []],
    ['two filters', () => [filter('image-type', 'PRIVATE_IMAGE'), filter('platform', 'CentOS')], () => [tagged]],
    ['dedicated-cluster-id', () => [filter('dedicated-cluster-id', 'cluster-1')], () => []],
    [
      'every cdc-cache-status',
      () => [filter('cdc-cache-status', 'CACHED_ALL', 'CACHING', 'CACHED', 'CACHE_INVALID', 'CACHE_FAILED')],
      () => [],
    ],
    ['image-type MARKET_IMAGE', () => [filter('image-type', 'MARKET_IMAGE')], () => []],
  ])('filters by %s', async (_, filters, expected) => {
    const page = await describeImages(reader.call, { Filters: [...filters()], Limit: 100 });
    const ids = [tagged, plain, shared];
    expect(idsIn(page).filter((id) => ids.includes(id))).toEqual(expected());
    expect(page.TotalCount).toBe(page.ImageSet.length);
  });

  it('counts matching images, and pages by offset and limit', async () => {
    const filters = { Filters: [filter('image-type', 'PRIVATE_IMAGE', 'SHARED_IMAGE')] };
    const page = await describeImages(reader.call, { ...filters, Offset: 1, Limit: 1 });
    expect([page.TotalCount, idsIn(page)]).toEqual([3, [tagged]]);
    const after = await describeImages(reader.call, { ...filters, Offset: 3 });
    expect([after.TotalCount, idsIn(after)]).toEqual([3, []]);
  });

  it('returns 20 images by default', async () => {
    const many = await freshCaller();
    await Promise.all(Array.from({ length: 21 }, () => anImageOf(many, region)));
    const filters = { Filters: [filter('image-type', 'PRIVATE_IMAGE')] };
    const [page, all] = [await describeImages(many.call, filters), await describeImages(many.call, { ...filters, Limit: 21 })];
    expect([page.TotalCount, page.ImageSet.length, all.ImageSet.length]).toEqual([21, 20, 21]);
  });

  it('returns images for every type of instance', async () => {
    expect((await describeImages(reader.call, { ImageIds: [tagged], InstanceType: 'S5.SMALL2' })).TotalCount).toBe(1);
  });

  it('returns existing images by id, once each, in the order of the request', async () => {
    const page = await describeImages(reader.call, { ImageIds: [shared, 'img-00000000', tagged, shared] });
    expect([page.TotalCount, idsIn(page)]).toEqual([2, [shared, tagged]]);
  });

  it.each([
    [
      'both ids and filters',
      { ImageIds: ['img-6pb6lrmy'], Filters: [filter('image-type', 'PRIVATE_IMAGE')] },
      'InvalidParameter.InvalidParameterCoexistImageIdsFilters',
    ],
    ['an invalid id', { ImageIds: ['img-6PB6LRMY'] }, 'InvalidImageId.Malformed'],
    ['an id that is too long', { ImageIds: ['img-6pb6lrmyx'] }, 'InvalidImageId.Malformed'],
    ['ids that are not a list', { ImageIds: 'img-6pb6lrmy' }, 'InvalidParameterValue'],
    ['an unknown filter', { Filters: [filter('color', 'red')] }, 'InvalidFilter'],
    ['a filter named like a property of every object', { Filters: [filter('constructor', 'x')] }, 'InvalidFilter'],
    ['an unknown image type', { Filters: [filter('image-type', 'private')] }, 'InvalidFilter'],
    ['a filter without values', { Filters: [filter('image-type')] }, 'InvalidFilter'],
    ['eleven filters', { Filters: Array(11).fill(filter('platform', 'a')) }, 'InvalidFilterValue.LimitExceeded'],
    ['six values', { Filters: [filter('platform', 'a', 'b', 'c', 'd', 'e', 'f')] }, 'InvalidFilterValue.LimitExceeded'],
    ['a filter without a name', { Filters: [{ Values: ['a'] }] }, 'MissingParameter'],
    ['a limit that is too large', { Limit: 101 }, 'InvalidParameterValue.InvalidParameterValueLimit'],
    ['a limit of 0', { Limit: 0 }, 'InvalidParameterValue.InvalidParameterValueLimit'],
    ['a negative offset', { Offset: -1 }, 'InvalidParameterValueOffset'],
    ['an offset that is not a number', { Offset: 'first' }, 'InvalidParameterValueOffset'],
    ['an unknown parameter', { Color: 'red' }, 'UnknownParameter'],
  ])('refuses %s', async (_, parameters, code) => {
    expect((await reader.call('DescribeImages', parameters)).Error?.Code).toBe(code);
  });

  it('shows deprecation as a flag, and copying as a state', async () => {
    const imageId = await importImage(owner.call);
    await owner.call('ModifyImageAttribute', { ImageId: imageId, ImageDeprecated: true });
    expect(await owner.call('DescribeImages', { ImageIds: [imageId] })).toMatchObject({
      ImageSet: [{ ImageState: 'NORMAL', ImageDeprecated: true, SyncPercent: 100 }],
    });
    const { ImageSet } = (await owner.call('SyncImages', {
      ImageIds: [imageId],
      DestinationRegions: ['ap-shanghai'],
      ImageSetRequired: true,
    })) as unknown as ImagePage;
    const ImageIds = idsIn({ ImageSet });
    expect(await owner.call('DescribeImages', { ImageIds }, { region: 'ap-shanghai' })).toMatchObject({
      ImageSet: [{ ImageState: 'SYNCING', SyncPercent: null }],
    });
  });
});

describe('a list without filters, or of one type', () => {
  it.each([
    [[], 'all'],
    [[filter('image-type', 'PRIVATE_IMAGE')], 'owned'],
    [[filter('image-type', 'SHARED_IMAGE')], 'shared'],
    [[filter('image-type', 'PUBLIC_IMAGE')], 'public'],
  ])('reads only the images of the page: %j', async (Filters, scope) => {
    const asked: unknown[] = [];
    const numberedImages = async (...request: readonly unknown[]) => {
      asked.push(request);
      return { total: 0, entries: [] };
    };
    const page = { Offset: 20, Limit: 10 };
    for (const [actions, name] of [
      [cvmActions, 'DescribeImages'],
      [lighthouseActions, 'DescribeImagesToShare'],
    ] as const) {
      const parameters = { ImageIds: [], Filters, ...page } as never;
      await actions[name]?.run(parameters, { numberedImages } as unknown as Service);
    }
    expect(asked).toEqual(Array(2).fill([scope, { product: 'standard' }, { offset: 20, limit: 10 }]));
  });
});

describe('DescribeImageQuota', () => {
  it('returns the quota of the region, not of another one', async () => {
    const quota = (name: string, limit: number) => ({ region: name, principal: owner.account, used: 0, limit });
    const quotas = [quota('cn-hangzhou', 100), quota('ap-guangzhou', 500)];
    const service = { region: 'ap-guangzhou', getAccount: async () => ({ quotas }) } as unknown as Service;
    expect(await cvmActions['DescribeImageQuota']?.run({} as never, service)).toEqual({ ImageNumQuota: 500 });
  });

  it('returns the image quota of an account in a region', async () => {
    expect(await owner.call('DescribeImageQuota')).toEqual({ ImageNumQuota: 500, RequestId: expect.any(String) });
    expect((await owner.call('DescribeImageQuota', {}, { region: 'cn-hangzhou' })).Error?.Code).toBe('UnsupportedRegion');
  });
});
