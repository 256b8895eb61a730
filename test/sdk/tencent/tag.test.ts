import { getImage } from '../../../functions/get-image.ts';
import { anImageOf, type Fields, share } from '../../support/client.ts';
import { region } from './calls.ts';
import { type ActionResponse, type Caller, freshCaller } from './calls-in-process.ts';

let owner: Caller;
let recipient: Caller;
beforeAll(async () => {
  [owner, recipient] = await Promise.all([freshCaller(), freshCaller()]);
});

/** Calls the tag service without a region: resources name their region. */
const tagCall = (caller: Caller, action: string, parameters: object): Promise<ActionResponse> =>
  caller.call(action, parameters, { product: 'tag', region: '' });
/** As Terraform describes an image: without the account. */
const resourceOf = (imageId: string, { in: inRegion = region, uin = '' } = {}) =>
  `qcs::cvm:${inRegion}:uin/${uin}:image/${imageId}`;
const taggedImage = async (tags: Fields = {}) => (await anImageOf(owner, region, { tags })).imageId;
const tagsOf = async (imageId: string, inRegion = region) => (await owner.ok(getImage, { region: inRegion, imageId })).tags;
const list = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));

describe('ModifyResourceTags', () => {
  it('adds, replaces, and removes tags, and keeps the others', async () => {
    const imageId = await taggedImage({ kept: '1', changed: '2', removed: '3' });
    const parameters = {
      ReplaceTags: list({ changed: '4', added: '5' }),
      DeleteTags: [{ TagKey: 'removed' }, { TagKey: 'absent' }],
    };
    expect(await tagCall(owner, 'ModifyResourceTags', { Resource: resourceOf(imageId), ...parameters })).toEqual({
      RequestId: expect.any(String),
    });
    expect(await tagsOf(imageId)).toEqual({ kept: '1', changed: '4', added: '5' });
  });

  it('keeps all tags of concurrent calls', async () => {
    const imageId = await taggedImage();
    const keys = Array.from({ length: 10 }, (_, index) => `key-${index}`);
    const responses = await Promise.all(
      keys.map((key) =>
        tagCall(owner, 'ModifyResourceTags', { Resource: resourceOf(imageId), ReplaceTags: list({ [key]: key }) }),
      ),
    );
    expect(responses.map(({ Error: error }) => error)).toEqual(keys.map(() => undefined));
    expect(Object.keys(await tagsOf(imageId)).sort()).toEqual(keys);
  });

  it.each<[string, object, string]>([
    ['neither tags to add nor to remove', {}, 'InvalidParameter.Tag'],
    ['empty lists', { ReplaceTags: [] }, 'InvalidParameterValue'],
    [
      'a key in both lists',
      { ReplaceTags: list({ a: '1' }), DeleteTags: [{ TagKey: 'a' }] },
      'InvalidParameterValue.DeleteTagsParamError',
    ],
    ['an empty key', { ReplaceTags: list({ '': '1' }) }, 'InvalidParameterValue.TagKeyEmpty'],
    ['a long key', { ReplaceTags: list({ ['k'.repeat(33)]: '1' }) }, 'InvalidParameterValue.TagKeyLengthExceeded'],
    ['a key with a colon', { ReplaceTags: list({ 'a:b': '1' }) }, 'InvalidParameterValue.TagKeyCharacterIllegal'],
    [
      'the key __proto__',
      { ReplaceTags: [{ TagKey: '__proto__', TagValue: '1' }] },
      'InvalidParameterValue.TagKeyCharacterIllegal',
    ],
    ['the reserved key', { ReplaceTags: list({ 'tencent-image-family': '1' }) }, 'InvalidParameter.ReservedTagKey'],
    ['a long value', { ReplaceTags: list({ a: 'v'.repeat(65) }) }, 'InvalidParameterValue.TagValueLengthExceeded'],
    ['a value with a line break', { ReplaceTags: list({ a: 'v\nw' }) }, 'InvalidParameterValue.TagValueCharacterIllegal'],
    ['a repeated key', { ReplaceTags: [...list({ a: '1' }), ...list({ a: '2' })] }, 'InvalidParameterValue.TagKeyDuplicate'],
    [
      'too many tags',
      { ReplaceTags: list(Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v']))) },
      'LimitExceeded.ResourceAttachedTags',
    ],
    ['a tag without a value', { ReplaceTags: [{ TagKey: 'a' }] }, 'MissingParameter'],
  ])('refuses %s, and changes nothing', async (_, parameters, code) => {
    const imageId = await taggedImage({ kept: '1' });
    const { Error: error } = await tagCall(owner, 'ModifyResourceTags', { Resource: resourceOf(imageId), ...parameters });
    expect(error?.Code).toBe(code);
    expect(await tagsOf(imageId)).toEqual({ kept: '1' });
  });

  it.each<[string, string]>([
    ['an image that does not exist', resourceOf('img-00000000')],
    ['an instance', `qcs::cvm:${region}:uin/:instance/ins-00000000`],
    ['another service', `qcs::cos:${region}:uid/:image/img-00000000`],
    ['a region of another cloud', resourceOf('img-00000000', { in: 'cn-hangzhou' })],
    ['no region', resourceOf('img-00000000', { in: '' })],
    ['an ID in another format', resourceOf('web')],
    ['another text', 'img-00000000'],
    ['nothing', ''],
  ])('refuses %s as the resource, and names it', async (_, Resource) => {
    const { Error: error } = await tagCall(owner, 'ModifyResourceTags', { Resource, ReplaceTags: list({ a: '1' }) });
    expect(error?.Code).toBe('InvalidParameterValue.ResourceDescriptionError');
    expect(error?.Message).toContain(
      Resource === resourceOf('img-00000000') ? 'img-00000000' : JSON.stringify(Resource).slice(1, -1),
    );
  });

  it("refuses another account's image, and a recipient's change of a shared image", async () => {
    const image = await anImageOf(owner, region);
    const change = (uin: string) =>
      tagCall(recipient, 'ModifyResourceTags', { Resource: resourceOf(image.imageId, { uin }), ReplaceTags: list({ a: '1' }) });
    const codes = async () => [(await change('')).Error?.Code, (await change(owner.account)).Error?.Code];
    const notFound = 'InvalidParameterValue.ResourceDescriptionError';
    expect(await codes()).toEqual([notFound, notFound]);
    await share(owner, image, [recipient.account]);
    expect(await codes()).toEqual(['AuthFailure.UnauthorizedOperation', 'AuthFailure.UnauthorizedOperation']);
    expect((await change(recipient.account)).Error?.Code).toBe(notFound);
    expect(await tagsOf(image.imageId)).toEqual({});
  });
});

describe('AddResourceTag, UpdateResourceTagValue, and DeleteResourceTag', () => {
  it('add, change, and remove a tag, as the resource tencentcloud_tag_attachment of Terraform does', async () => {
    const imageId = await taggedImage({ kept: '1' });
    const Resource = resourceOf(imageId);
    const call = async (action: string, parameters: object) =>
      (await tagCall(owner, action, { Resource, ...parameters })).Error?.Code;
    expect(await call('UpdateResourceTagValue', { TagKey: 'a', TagValue: '1' })).toBe('ResourceNotFound.AttachedTagKeyNotFound');
    expect(await call('DeleteResourceTag', { TagKey: 'a' })).toBe('ResourceNotFound.AttachedTagKeyNotFound');
    expect(await call('AddResourceTag', { TagKey: 'a', TagValue: '1' })).toBeUndefined();
    expect(await call('AddResourceTag', { TagKey: 'a', TagValue: '2' })).toBe('ResourceInUse.TagKeyAttached');
    expect(await tagsOf(imageId)).toEqual({ kept: '1', a: '1' });
    expect(await call('UpdateResourceTagValue', { TagKey: 'a', TagValue: '2' })).toBeUndefined();
    expect(await tagsOf(imageId)).toEqual({ kept: '1', a: '2' });
    expect(await call('DeleteResourceTag', { TagKey: 'a' })).toBeUndefined();
    expect(await tagsOf(imageId)).toEqual({ kept: '1' });
  });

  it('take a key in any Unicode form', async () => {
    const imageId = await taggedImage();
    const Resource = resourceOf(imageId);
    await tagCall(owner, 'AddResourceTag', { Resource, TagKey: 'e\u0301', TagValue: '1' });
    expect(await tagsOf(imageId)).toEqual({ '\u00e9': '1' });
    expect((await tagCall(owner, 'AddResourceTag', { Resource, TagKey: 'e\u0301', TagValue: '2' })).Error?.Code).toBe(
      'ResourceInUse.TagKeyAttached',
    );
    const found = await tagCall(owner, 'GetResources', { TagFilters: [{ TagKey: 'e\u0301', TagValue: ['1'] }] });
    expect(found['ResourceTagMappingList']).toMatchObject([{ Resource: expect.stringContaining(imageId) }]);
    const pair = [
      { TagKey: '\u00e9', TagValue: '1' },
      { TagKey: 'e\u0301', TagValue: '2' },
    ];
    expect((await tagCall(owner, 'TagResources', { ResourceList: [Resource], Tags: pair })).Error?.Code).toBe(
      'InvalidParameterValue.TagKeyDuplicate',
    );
    await tagCall(owner, 'DeleteResourceTag', { Resource, TagKey: 'e\u0301' });
    expect(await tagsOf(imageId)).toEqual({});
  });
});

describe('TagResources and UnTagResources', () => {
  it('change the tags of images in several regions', async () => {
    const first = await taggedImage({ kept: '1', a: '0' });
    const { imageId: second } = await anImageOf(owner, 'ap-shanghai');
    const ResourceList = [resourceOf(first), resourceOf(second, { in: 'ap-shanghai' })];
    const done = { FailedResources: [], RequestId: expect.any(String) };
    expect(await tagCall(owner, 'TagResources', { ResourceList, Tags: list({ a: '1', b: '2' }) })).toEqual(done);
    expect([await tagsOf(first), await tagsOf(second, 'ap-shanghai')]).toEqual([
      { kept: '1', a: '1', b: '2' },
      { a: '1', b: '2' },
    ]);
    expect(await tagCall(owner, 'UnTagResources', { ResourceList, TagKeys: ['a', 'absent'] })).toEqual(done);
    expect([await tagsOf(first), await tagsOf(second, 'ap-shanghai')]).toEqual([{ kept: '1', b: '2' }, { b: '2' }]);
  });

  it('change nothing if one of the images cannot be changed', async () => {
    const first = await taggedImage();
    const ResourceList = [resourceOf(first), resourceOf('img-00000000')];
    const refused = 'InvalidParameterValue.ResourceDescriptionError';
    expect((await tagCall(owner, 'TagResources', { ResourceList, Tags: list({ a: '1' }) })).Error?.Code).toBe(refused);
    expect((await tagCall(owner, 'UnTagResources', { ResourceList, TagKeys: ['a'] })).Error?.Code).toBe(refused);
    expect(await tagsOf(first)).toEqual({});
  });

  it.each<[string, string, object, string]>([
    [
      'TagResources',
      '11 resources',
      { ResourceList: Array(11).fill(resourceOf('img-00000000')) },
      'LimitExceeded.ResourceNumPerRequest',
    ],
    [
      'TagResources',
      '11 tags',
      { Tags: list(Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`k${i}`, 'v']))) },
      'LimitExceeded.TagNumPerRequest',
    ],
    ['TagResources', 'no tags', { Tags: [] }, 'InvalidParameterValue'],
    ['UnTagResources', '11 keys', { TagKeys: Array(11).fill('a') }, 'LimitExceeded.TagNumPerRequest'],
    ['UnTagResources', 'an empty key', { TagKeys: [''] }, 'InvalidParameterValue.TagKeyEmpty'],
    ['UnTagResources', 'no resources', { ResourceList: [] }, 'InvalidParameterValue'],
  ])('%s refuses %s', async (action, _, parameters, code) => {
    const base = {
      ResourceList: [resourceOf('img-00000000')],
      ...(action === 'TagResources' ? { Tags: list({ a: '1' }) } : { TagKeys: ['a'] }),
    };
    expect((await tagCall(owner, action, { ...base, ...parameters })).Error?.Code).toBe(code);
  });
});

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
      Tags: list({ team: 'a', tier: 'web' }).map((tag) => ({
        ...tag,
        ResourceId: imageId,
        TagKeyMd5: expect.stringMatching(/^[0-9a-f]{32}$/),
        TagValueMd5: expect.stringMatching(/^[0-9a-f]{32}$/),
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

  it.each<[object, string]>([
    [{ ResourceIds: ['web'] }, 'InvalidParameterValue.ResourceIdInvalid'],
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
    expect(await rows({ ServiceType: 'cvm', ResourcePrefix: 'image', CreateUin: Number(lister.account) || undefined })).toEqual(
      all,
    );
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
  });

  it.each<[object, string]>([
    [{ ResourceList: ['img-00000000'] }, 'InvalidParameterValue.ResourceDescriptionError'],
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

describe('an action that the tag service does not have here', () => {
  it.each(['CreateTag', 'DeleteTag', 'DescribeImages'])('is refused: %s', async (action) => {
    expect((await tagCall(owner, action, {})).Error?.Code).toBe('InvalidAction');
  });
});
