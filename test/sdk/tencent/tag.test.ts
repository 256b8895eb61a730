import { getImage } from '../../../functions/get-image.ts';
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
const tagsOf = async (imageId: string, inRegion = region) => (await owner.ok(getImage, { region: inRegion, imageId })).tags;

describe('ModifyResourceTags', () => {
  it('adds, replaces, and removes tags, and keeps the others', async () => {
    const imageId = await taggedImage({ kept: '1', changed: '2', removed: '3' });
    const parameters = {
      ReplaceTags: tagList({ changed: '4', added: '5' }).map((tag) => ({ ...tag, Category: 'Custom' })),
      DeleteTags: [{ TagKey: 'removed' }, { TagKey: 'absent' }],
    };
    expect(await tagCall(owner, 'ModifyResourceTags', { Resource: resourceOf(imageId), ...parameters })).toEqual({
      RequestId: expect.any(String),
    });
    expect(await tagsOf(imageId)).toEqual({ kept: '1', changed: '4', added: '5' });
  });

  it.each<[string, (imageId: string) => string]>([
    ['its account', (imageId) => resourceOf(imageId, { uin: owner.account })],
    ['an empty account', (imageId) => `qcs::cvm:${region}::image/${imageId}`],
    ['a project', (imageId) => `qcs:id/0:cvm:${region}:uin/:image/${imageId}`],
  ])('takes an image with %s, and removes tags without adding any', async (_, describe) => {
    const imageId = await taggedImage({ kept: '1', removed: '2' });
    const parameters = { Resource: describe(imageId), DeleteTags: [{ TagKey: 'removed' }] };
    expect((await tagCall(owner, 'ModifyResourceTags', parameters)).Error).toBeUndefined();
    expect(await tagsOf(imageId)).toEqual({ kept: '1' });
  });

  it('keeps all tags of concurrent calls', async () => {
    const imageId = await taggedImage();
    const keys = Array.from({ length: 10 }, (_, index) => `key-${index}`);
    const responses = await Promise.all(
      keys.map((key) =>
        tagCall(owner, 'ModifyResourceTags', { Resource: resourceOf(imageId), ReplaceTags: tagList({ [key]: key }) }),
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
      { ReplaceTags: tagList({ a: '1' }), DeleteTags: [{ TagKey: 'a' }] },
      'InvalidParameterValue.DeleteTagsParamError',
    ],
    ['an empty key', { ReplaceTags: tagList({ '': '1' }) }, 'InvalidParameterValue.TagKeyEmpty'],
    ['a long key', { ReplaceTags: tagList({ ['k'.repeat(33)]: '1' }) }, 'InvalidParameterValue.TagKeyLengthExceeded'],
    ['a key with a colon', { ReplaceTags: tagList({ 'a:b': '1' }) }, 'InvalidParameterValue.TagKeyCharacterIllegal'],
    [
      'the key __proto__',
      { ReplaceTags: [{ TagKey: '__proto__', TagValue: '1' }] },
      'InvalidParameterValue.TagKeyCharacterIllegal',
    ],
    ['the reserved key', { ReplaceTags: tagList({ 'tencent-image-family': '1' }) }, 'InvalidParameter.ReservedTagKey'],
    ['a long value', { ReplaceTags: tagList({ a: 'v'.repeat(65) }) }, 'InvalidParameterValue.TagValueLengthExceeded'],
    ['a value with a line break', { ReplaceTags: tagList({ a: 'v\nw' }) }, 'InvalidParameterValue.TagValueCharacterIllegal'],
    [
      'a repeated key',
      { ReplaceTags: [...tagList({ a: '1' }), ...tagList({ a: '2' })] },
      'InvalidParameterValue.TagKeyDuplicate',
    ],
    [
      'too many tags',
      { ReplaceTags: tagList(Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v']))) },
      'LimitExceeded.ResourceAttachedTags',
    ],
    ['a tag without a value', { ReplaceTags: [{ TagKey: 'a' }] }, 'MissingParameter'],
  ])('refuses %s, and changes nothing', async (_, parameters, code) => {
    const imageId = await taggedImage({ kept: '1' });
    const { Error: error } = await tagCall(owner, 'ModifyResourceTags', { Resource: resourceOf(imageId), ...parameters });
    expect(error?.Code).toBe(code);
    expect(await tagsOf(imageId)).toEqual({ kept: '1' });
  });

  it('accepts a value of 64 bytes in NFC', async () => {
    const imageId = await taggedImage({ a: '1' });
    const Resource = resourceOf(imageId);
    const TagValue = 'e\u0301'.repeat(32);
    await tagCall(owner, 'ModifyResourceTags', { Resource, ReplaceTags: tagList({ a: TagValue }) });
    await tagCall(owner, 'AddResourceTag', { Resource, TagKey: 'b', TagValue });
    await tagCall(owner, 'AddResourceTag', { Resource, TagKey: 'c', TagValue: '1' });
    await tagCall(owner, 'UpdateResourceTagValue', { Resource, TagKey: 'c', TagValue });
    const stored = '\u00e9'.repeat(32);
    expect(await tagsOf(imageId)).toEqual({ a: stored, b: stored, c: stored });
  });

  it.each<[string, string]>([
    ['an image that does not exist', resourceOf('img-00000000')],
    ['an instance', `qcs::cvm:${region}:uin/:instance/ins-00000000`],
    ['an instance with the ID of an image', `qcs::cvm:${region}:uin/:instance/img-11111111`],
    ['another service', `qcs::cos:${region}:uin/:image/img-11111111`],
    ['an image with another text before it', `the ${resourceOf('img-11111111')}`],
    ['an image with another text after it', `${resourceOf('img-11111111')}:`],
    ['a region of another cloud', resourceOf('img-00000000', { in: 'cn-hangzhou' })],
    ['no region', resourceOf('img-00000000', { in: '' })],
    ['an ID in another format', resourceOf('web')],
    ['another text', 'img-00000000'],
    ['nothing', ''],
  ])('refuses %s as the resource, and names it', async (_, Resource) => {
    const { Error: error } = await tagCall(owner, 'ModifyResourceTags', { Resource, ReplaceTags: tagList({ a: '1' }) });
    expect(error?.Code).toBe('InvalidParameterValue.ResourceDescriptionError');
    expect(error?.Message).toContain(
      Resource === resourceOf('img-00000000') ? 'img-00000000' : JSON.stringify(Resource).slice(1, -1),
    );
  });

  it("refuses another account's image, and a recipient's change of a shared image", async () => {
    const image = await anImageOf(owner, region);
    const change = (uin: string) =>
      tagCall(recipient, 'ModifyResourceTags', {
        Resource: resourceOf(image.imageId, { uin }),
        ReplaceTags: tagList({ a: '1' }),
      });
    const codes = async () => [(await change('')).Error?.Code, (await change(owner.account)).Error?.Code];
    const notFound = 'InvalidParameterValue.ResourceDescriptionError';
    expect(await codes()).toEqual([notFound, notFound]);
    await share(owner, image, [recipient.account]);
    expect(await codes()).toEqual(['AuthFailure.UnauthorizedOperation', 'AuthFailure.UnauthorizedOperation']);
    expect((await change(recipient.account)).Error).toEqual({
      Code: notFound,
      Message: `The resource ${resourceOf(image.imageId, { uin: recipient.account })} does not exist.`,
    });
    expect(await tagsOf(image.imageId)).toEqual({});
  });
});

describe('AddResourceTag, UpdateResourceTagValue, and DeleteResourceTag', () => {
  it('add, change, and remove a tag, as the resource tencentcloud_tag_attachment of Terraform does', async () => {
    const imageId = await taggedImage({ kept: '1' });
    const Resource = resourceOf(imageId);
    const errorOf = async (action: string, parameters: object) =>
      (await tagCall(owner, action, { Resource, ...parameters })).Error;
    const call = async (action: string, parameters: object) => (await errorOf(action, parameters))?.Code;
    expect(await call('UpdateResourceTagValue', { TagKey: 'a', TagValue: '1' })).toBe('ResourceNotFound.AttachedTagKeyNotFound');
    expect(await errorOf('DeleteResourceTag', { TagKey: 'a' })).toEqual({
      Code: 'ResourceNotFound.AttachedTagKeyNotFound',
      Message: 'The resource has no tag with the key a.',
    });
    expect(await call('AddResourceTag', { TagKey: 'a', TagValue: '1' })).toBeUndefined();
    expect(await errorOf('AddResourceTag', { TagKey: 'a', TagValue: '2' })).toEqual({
      Code: 'ResourceInUse.TagKeyAttached',
      Message: 'The resource has a tag with the key a.',
    });
    expect(await tagsOf(imageId)).toEqual({ kept: '1', a: '1' });
    expect(await call('UpdateResourceTagValue', { TagKey: 'a', TagValue: '2' })).toBeUndefined();
    expect(await tagsOf(imageId)).toEqual({ kept: '1', a: '2' });
    expect(await call('DeleteResourceTag', { TagKey: 'a' })).toBeUndefined();
    expect(await tagsOf(imageId)).toEqual({ kept: '1' });
  });

  it.each([
    ['ModifyResourceTags', { DeleteTags: [{ TagKey: 'a' }] }],
    ['AddResourceTag', { TagKey: 'a', TagValue: '1' }],
    ['UpdateResourceTagValue', { TagKey: 'a', TagValue: '1' }],
    ['DeleteResourceTag', { TagKey: 'a' }],
  ])('name the parameter that is not an image: %s', async (action, tag) => {
    const { Error: error } = await tagCall(owner, action, { Resource: 'web', ...tag });
    expect(error?.Message).toMatch(/^The parameter Resource must be an image such as .*, but is "web"\./);
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
    expect(await tagCall(owner, 'TagResources', { ResourceList, Tags: tagList({ a: '1', b: '2' }) })).toEqual(done);
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
    expect((await tagCall(owner, 'TagResources', { ResourceList, Tags: tagList({ a: '1' }) })).Error?.Code).toBe(refused);
    expect((await tagCall(owner, 'UnTagResources', { ResourceList, TagKeys: ['a'] })).Error?.Code).toBe(refused);
    expect(await tagsOf(first)).toEqual({});
  });

  it('accept ten resources and ten tags, and a resource more than once', async () => {
    const imageId = await taggedImage();
    const ResourceList = Array(10).fill(resourceOf(imageId));
    const tags = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`k${index}`, 'v']));
    expect((await tagCall(owner, 'TagResources', { ResourceList, Tags: tagList(tags) })).Error).toBeUndefined();
    expect(await tagsOf(imageId)).toEqual(tags);
    expect((await tagCall(owner, 'UnTagResources', { ResourceList, TagKeys: Object.keys(tags) })).Error).toBeUndefined();
    expect(await tagsOf(imageId)).toEqual({});
  });

  it('name the resource that is not an image, by its place in the list', async () => {
    const parameters = { ResourceList: [resourceOf('img-00000000'), 'web'], Tags: tagList({ a: '1' }) };
    expect((await tagCall(owner, 'TagResources', parameters)).Error?.Message).toMatch(/^The parameter ResourceList\.1 must be/);
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
      { Tags: tagList(Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`k${i}`, 'v']))) },
      'LimitExceeded.TagNumPerRequest',
    ],
    ['TagResources', 'no tags', { Tags: [] }, 'InvalidParameterValue'],
    ['UnTagResources', '11 keys', { TagKeys: Array(11).fill('a') }, 'LimitExceeded.TagNumPerRequest'],
    ['UnTagResources', 'an empty key', { TagKeys: [''] }, 'InvalidParameterValue.TagKeyEmpty'],
    ['UnTagResources', 'no resources', { ResourceList: [] }, 'InvalidParameterValue'],
  ])('%s refuses %s', async (action, _, parameters, code) => {
    const base = {
      ResourceList: [resourceOf('img-00000000')],
      ...(action === 'TagResources' ? { Tags: tagList({ a: '1' }) } : { TagKeys: ['a'] }),
    };
    const { Error: error } = await tagCall(owner, action, { ...base, ...parameters });
    expect(error?.Code).toBe(code);
    expect(error?.Message).toContain(code === 'InvalidParameterValue.TagKeyEmpty' ? '""' : Object.keys(parameters)[0]);
  });
});

describe('an action that the tag service does not have here', () => {
  it.each(['CreateTag', 'DeleteTag', 'DescribeImages'])('is refused: %s', async (action) => {
    expect((await tagCall(owner, action, {})).Error?.Code).toBe('InvalidAction');
  });
});
