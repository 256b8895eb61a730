import { createHash } from 'node:crypto';
import type { Service } from '../../../lib/sdk/service.ts';
import { tagActions } from '../../../lib/sdk/tencent/tag/actions.ts';
import { anImageOf, type Fields, share } from '../../support/client.ts';
import { region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';
import { resourceOf, tagCall, tagList } from './tags.ts';

let owner: Caller;
let recipient: Caller;
beforeAll(async () => {
  [owner, recipient] = await Promise.all([freshCaller(), freshCaller()]);
});

const taggedImage = async (tags: Fields = {}) => (await anImageOf(owner, region, { tags })).imageId;

describe('DescribeResourceTagsByResourceIds', () => {
  const describeTags = (caller: Caller, parameters: object) =>
    tagCall(caller, 'DescribeResourceTagsByResourceIds', {
      ServiceType: 'cvm',
      ResourcePrefix: 'image',
      ResourceRegion: region,
      ...parameters,
    });

  it('returns the tags of images, as Terraform reads them', async () => {
    const imageId = await taggedImage({ tier: 'web', team: 'a' });
    expect(await describeTags(owner, { ResourceIds: [imageId, 'img-00000000'], Limit: 20, Offset: 0 })).toEqual({
      TotalCount: 2,
      Offset: 0,
      Limit: 20,
      Tags: tagList({ team: 'a', tier: 'web' }).map((tag) => ({
        ...tag,
        ResourceId: imageId,
        TagKeyMd5: createHash('md5').update(tag.TagKey).digest('hex'),
        TagValueMd5: createHash('md5').update(tag.TagValue).digest('hex'),
        ServiceType: 'cvm',
        Category: 'Custom',
      })),
      RequestId: expect.any(String),
    });
  });

  it('returns an empty list for an image without tags, and for what has no tags here', async () => {
    const empty = { TotalCount: 0, Tags: [] };
    const imageId = await taggedImage();
    expect(await describeTags(owner, { ResourceIds: [imageId] })).toMatchObject(empty);
    expect(await describeTags(owner, { ServiceType: 'cos', ResourcePrefix: 'bucket', ResourceIds: ['b'] })).toMatchObject(empty);
    expect(await describeTags(owner, { ResourcePrefix: 'instance', ResourceIds: ['ins-00000000'] })).toMatchObject(empty);
    expect(await describeTags(owner, { ResourceRegion: 'ap-tokyo', ResourceIds: [imageId] })).toMatchObject(empty);
    const tagged = await taggedImage({ a: '1' });
    expect(await describeTags(owner, { ResourceIds: [tagged], Category: 'System' })).toMatchObject(empty);
    expect(await describeTags(owner, { ResourceIds: [tagged], ServiceType: 'cos' })).toMatchObject(empty);
    expect(await describeTags(owner, { ResourceIds: [tagged], ResourcePrefix: 'instance' })).toMatchObject(empty);
    expect(await describeTags(owner, { ResourceIds: [tagged], ResourceRegion: 'ap-shanghai' })).toMatchObject(empty);
  });

  it('shows the tags of a shared image to its recipient, and those of no other image', async () => {
    const image = await anImageOf(owner, region, { tags: { tier: 'web' } });
    expect(await describeTags(recipient, { ResourceIds: [image.imageId] })).toMatchObject({ TotalCount: 0 });
    await share(owner, image, [recipient.account]);
    expect(await describeTags(recipient, { ResourceIds: [image.imageId] })).toMatchObject({ Tags: [{ TagKey: 'tier' }] });
  });

  it('pages by multiples of the limit', async () => {
    const imageId = await taggedImage({ a: '1', b: '2', c: '3' });
    const page = (Offset: number) => describeTags(owner, { ResourceIds: [imageId], Offset, Limit: 2 });
    expect(await page(0)).toMatchObject({ TotalCount: 3, Tags: [{ TagKey: 'a' }, { TagKey: 'b' }] });
    expect(await page(2)).toMatchObject({ TotalCount: 3, Offset: 2, Limit: 2, Tags: [{ TagKey: 'c' }] });
    expect((await page(1)).Error?.Code).toBe('InvalidParameterValue.OffsetInvalid');
  });

  it.each([
    { ResourceIds: Array(50).fill('img-00000000') },
    { Limit: 1 },
    { Limit: 1_000 },
    { Category: 'Custom' },
    { ServiceType: 'x' },
    { ServiceType: `a${'-Z_9'.repeat(15)}xyz` },
  ])('accepts %j', async (parameters) => {
    expect((await describeTags(owner, { ResourceIds: ['img-00000000'], ...parameters })).Error).toBeUndefined();
  });

  it('returns 15 tags by default', async () => {
    const imageId = await taggedImage(Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`k${index}`, ''])));
    const { TotalCount, Offset, Limit, Tags } = await describeTags(owner, { ResourceIds: [imageId] });
    expect([TotalCount, Offset, Limit]).toEqual([16, 0, 15]);
    expect(Tags).toHaveLength(15);
  });

  it.each<[object, string]>([
    [{ ResourceIds: ['web'] }, 'InvalidParameterValue.ResourceIdInvalid'],
    [{ Limit: 1_001 }, 'InvalidParameterValue'],
    [{ ServiceType: `a${'b'.repeat(64)}` }, 'InvalidParameterValue.ServiceTypeInvalid'],
    [{ ServiceType: '1a' }, 'InvalidParameterValue.ServiceTypeInvalid'],
    [{ ServiceType: 'a.' }, 'InvalidParameterValue.ServiceTypeInvalid'],
    [{ ResourceIds: [] }, 'InvalidParameterValue'],
    [{ ResourceIds: Array(51).fill('img-00000000') }, 'InvalidParameterValue'],
    [{ ResourceRegion: 'Atlantis' }, 'InvalidParameterValue.RegionInvalid'],
    [{ ResourceRegion: '' }, 'InvalidParameterValue.RegionInvalid'],
    [{ ServiceType: '?' }, 'InvalidParameterValue.ServiceTypeInvalid'],
    [{ ResourcePrefix: '' }, 'InvalidParameterValue.ResourcePrefixInvalid'],
    [{ Category: 'Own' }, 'InvalidParameterValue'],
    [{ Offset: -1 }, 'InvalidParameterValue.OffsetInvalid'],
    [{ Limit: 0 }, 'InvalidParameterValue'],
    [{ ServiceType: undefined }, 'MissingParameter'],
  ])('refuses %j', async (parameters, code) => {
    expect((await describeTags(owner, { ResourceIds: ['img-00000000'], ...parameters })).Error?.Code).toBe(code);
  });
});

describe('DescribeResourceTags', () => {
  it('lists the tags of own images in all regions, or in one, or of one image', async () => {
    const lister = await freshCaller();
    const { imageId: first } = await anImageOf(lister, region, { tags: { a: '1', b: '2' } });
    const { imageId: second } = await anImageOf(lister, 'ap-shanghai', { tags: { a: '3' } });
    const shared = await anImageOf(owner, region, { tags: { of: 'another' } });
    await share(owner, shared, [lister.account]);
    const rows = async (parameters: object) => {
      const { Rows } = await tagCall(lister, 'DescribeResourceTags', parameters);
      return (Rows as { ResourceId: string; TagKey: string }[]).map(({ ResourceId, TagKey }) => [ResourceId, TagKey]);
    };
    const all = [
      [first, 'a'],
      [first, 'b'],
      [second, 'a'],
    ];
    expect(await rows({})).toEqual(all);
    expect(await rows({ ServiceType: 'cvm', ResourcePrefix: 'image' })).toEqual(all);
    expect(await rows({ ResourceRegion: '', ResourceId: '' })).toEqual(all);
    expect(await rows({ ResourceRegion: 'ap-shanghai' })).toEqual([[second, 'a']]);
    expect(await rows({ ResourceId: first })).toEqual(all.slice(0, 2));
    expect(await rows({ ResourceId: shared.imageId })).toEqual([[shared.imageId, 'of']]);
    expect(await rows({ Limit: 1, Offset: 1 })).toEqual([[first, 'b']]);
    for (const nothing of [
      { ServiceType: 'cos' },
      { ResourcePrefix: 'instance' },
      { ResourceId: 'ins-00000000' },
      { ResourceRegion: 'ap-tokyo' },
      { CosResourceId: 1 },
      { CreateUin: 1 },
    ]) {
      expect([nothing, await rows(nothing)]).toEqual([nothing, []]);
    }
  });

  it.each<[object, string]>([
    [{ ResourceRegion: 'Atlantis' }, 'InvalidParameterValue.RegionInvalid'],
    [{ ServiceType: 'a b' }, 'InvalidParameterValue.ServiceTypeInvalid'],
    [{ CosResourceId: 2 }, 'InvalidParameterValue'],
    [{ CreateUin: 'me' }, 'InvalidParameterValue.UinInvalid'],
    [{ Color: 'red' }, 'UnknownParameter'],
  ])('refuses %j', async (parameters, code) => {
    expect((await tagCall(owner, 'DescribeResourceTags', parameters)).Error?.Code).toBe(code);
  });

  it('knows regions that only the deployment has, and accounts by number', async () => {
    const images = [{ imageId: 'img-00000000', tags: { a: '1' } }];
    const inRegion = () => ({ listImages: async () => images });
    const service = { account: '100000000001', regions: ['ap-own'], inRegion } as unknown as Service;
    const list = (CreateUin: number) => {
      const parameters = { ResourceRegion: 'ap-own', CreateUin, CosResourceId: 0, Offset: 0, Limit: 15 };
      return tagActions['DescribeResourceTags']?.run(parameters as never, service);
    };
    expect(await list(100_000_000_001)).toMatchObject({ TotalCount: 1, Rows: [{ ResourceId: 'img-00000000' }] });
    expect(await list(100_000_000_002)).toMatchObject({ TotalCount: 0, Rows: [] });
  });
});

describe('GetResources', () => {
  const mappings = async (caller: Caller, parameters: object) =>
    (await tagCall(caller, 'GetResources', parameters)) as unknown as {
      PaginationToken: string;
      ResourceTagMappingList: { Resource: string; Tags: { TagKey: string; TagValue: string }[] }[];
    };

  it('returns resources exactly as the request describes them, because Terraform compares the text', async () => {
    const imageId = await taggedImage({ tier: 'web' });
    for (const Resource of [resourceOf(imageId), resourceOf(imageId, { uin: owner.account })]) {
      expect(await mappings(owner, { ResourceList: [Resource] })).toMatchObject({
        PaginationToken: '',
        ResourceTagMappingList: [{ Resource, Tags: [{ TagKey: 'tier', TagValue: 'web' }] }],
      });
    }
    expect(await mappings(owner, { ResourceList: [resourceOf(imageId, { uin: '1' })] })).toMatchObject({
      ResourceTagMappingList: [],
    });
    expect(await mappings(owner, { ResourceList: [resourceOf(await taggedImage())] })).toMatchObject({
      ResourceTagMappingList: [],
    });
  });

  it('lists own images with tags in all regions, page by page, and filters them', async () => {
    const lister = await freshCaller();
    const { imageId: first } = await anImageOf(lister, region, { tags: { tier: 'web', team: 'a' } });
    const { imageId: second } = await anImageOf(lister, 'ap-shanghai', { tags: { tier: 'db' } });
    await anImageOf(lister, region);
    const resources = [
      resourceOf(first, { uin: lister.account }),
      resourceOf(second, { uin: lister.account, in: 'ap-shanghai' }),
    ];
    const listed = async (parameters: object) =>
      (await mappings(lister, parameters)).ResourceTagMappingList.map(({ Resource }) => Resource);
    expect(await listed({})).toEqual(resources);
    const page = await mappings(lister, { MaxResults: 1 });
    expect(page.ResourceTagMappingList).toHaveLength(1);
    expect(await listed({ MaxResults: 1, PaginationToken: page.PaginationToken })).toEqual(resources.slice(1));
    expect(await listed({ TagFilters: [{ TagKey: 'tier' }] })).toEqual(resources);
    expect(await listed({ TagFilters: [{ TagKey: 'tier', TagValue: ['db', 'web'] }] })).toEqual(resources);
    expect(await listed({ TagFilters: [{ TagKey: 'tier', TagValue: ['web', 'db', 'web'] }, { TagKey: 'team' }] })).toEqual([
      resources[0],
    ]);
    expect(await listed({ TagFilters: [{ TagKey: 'none' }] })).toEqual([]);
    expect(await listed({ TagFilters: [{ TagKey: 'tier', TagValue: ['none'] }] })).toEqual([]);
  });

  it('ends with a page that is full', async () => {
    const lister = await freshCaller();
    await anImageOf(lister, region, { tags: { a: '1' } });
    const page = await mappings(lister, { MaxResults: 1 });
    expect([page.PaginationToken, page.ResourceTagMappingList.length]).toEqual(['', 1]);
  });

  it('names the resource that is not an image, by its place in the list', async () => {
    const { Error: error } = await tagCall(owner, 'GetResources', { ResourceList: [resourceOf('img-00000000'), 'web'] });
    expect(error?.Message).toMatch(/^The parameter ResourceList\.1 must be/);
  });

  it('returns all of the described resources at once', async () => {
    const ResourceList = [resourceOf(await taggedImage({ a: '1' })), resourceOf(await taggedImage({ a: '2' }))];
    expect(await mappings(owner, { ResourceList, MaxResults: 1, PaginationToken: '1' })).toMatchObject({
      PaginationToken: '',
      ResourceTagMappingList: [
        { Tags: [{ TagKey: 'a', TagValue: '1', Category: 'Custom' }] },
        { Tags: [{ TagKey: 'a', TagValue: '2', Category: 'Custom' }] },
      ],
    });
  });

  it.each([
    { ResourceList: Array(10).fill(resourceOf('img-00000000')) },
    { PaginationToken: '999999' },
    { MaxResults: 200 },
    { TagFilters: Array.from({ length: 6 }, (_, index) => ({ TagKey: `k${index}` })) },
    { TagFilters: [{ TagKey: 'a', TagValue: Array(10).fill('v') }] },
  ])('accepts %j', async (parameters) => {
    expect(await mappings(await freshCaller(), parameters)).toMatchObject({ PaginationToken: '', ResourceTagMappingList: [] });
  });

  it.each<[object, string]>([
    [{ ResourceList: ['img-00000000'] }, 'InvalidParameterValue.ResourceDescriptionError'],
    [{ PaginationToken: '1x' }, 'InvalidParameter.PaginationTokenInvalid'],
    [{ PaginationToken: '1234567' }, 'InvalidParameter.PaginationTokenInvalid'],
    [{ MaxResults: 0 }, 'InvalidParameterValue'],
    [{ ResourceList: Array(11).fill(resourceOf('img-00000000')) }, 'LimitExceeded.ResourceNumPerRequest'],
    [{ PaginationToken: 'x' }, 'InvalidParameter.PaginationTokenInvalid'],
    [{ MaxResults: 201 }, 'InvalidParameterValue'],
    [{ TagFilters: [{ TagKey: '' }] }, 'InvalidParameterValue.TagKeyEmpty'],
    [{ TagFilters: [{ TagKey: 'a' }, { TagKey: 'a' }] }, 'InvalidParameterValue.TagKeyDuplicate'],
    [{ TagFilters: Array.from({ length: 7 }, (_, index) => ({ TagKey: `k${index}` })) }, 'LimitExceeded.TagNumPerRequest'],
    [{ TagFilters: [{ TagKey: 'a', TagValue: Array(11).fill('v') }] }, 'LimitExceeded.TagValue'],
  ])('refuses %j', async (parameters, code) => {
    for (const { call } of [owner, recipient]) {
      expect((await call('GetResources', parameters, { product: 'tag' })).Error?.Code).toBe(code);
    }
  });
});
