import { getImage } from '../../../functions/get-image.ts';
import { updateImage } from '../../../functions/update-image.ts';
import { ActionError } from '../../../lib/model/error.ts';
import { changeResourceTags } from '../../../lib/sdk/alibaba/taggable-resources.ts';
import type { Service } from '../../../lib/sdk/service.ts';
import { anImageOf, share } from '../../support/client.ts';
import { service } from '../../support/in-process.ts';
import { type EcsAccount, entriesOf, freshEcsAccount, type Parameters, RegionId } from './in-process.ts';

const region = RegionId;

let owner: EcsAccount;
let recipient: EcsAccount;
let ImageId: string;
let snapshotId: string;

beforeEach(async () => {
  [owner, recipient] = await Promise.all([freshEcsAccount(), freshEcsAccount()]);
  ImageId = (await anImageOf(owner.api, region, { tags: { role: 'web', stage: 'test' } })).imageId;
  snapshotId = `s-${ImageId.slice(2)}`;
});

const tagsOf = async (imageId = ImageId) => (await owner.api.ok(getImage, { region, imageId })).tags;
const anImage = async (tags = {}) => (await anImageOf(owner.api, region, { tags })).imageId;
const tagResources = async (account: EcsAccount, parameters: Parameters) =>
  entriesOf(await account.ok('ListTagResources', { ResourceType: 'image', ...parameters }), 'TagResources', 'TagResource').map(
    ({ ResourceId, ResourceType, TagKey, TagValue }) => [ResourceType, ResourceId, TagKey, TagValue].join(' '),
  );
const notFound = { status: 404, code: 'InvalidResourceId.NotFound' };

describe.each([
  ['TagResources', (id: string): Parameters => ({ ResourceId: [id] })],
  ['AddTags', (id: string): Parameters => ({ ResourceId: id })],
])('%s', (action, resource) => {
  const tag = (parameters: Parameters, id = ImageId) =>
    owner.ok(action, { ResourceType: 'image', ...resource(id), ...parameters });
  const refused = (parameters: Parameters, id = ImageId, account = owner) =>
    account.refused(action, { ResourceType: 'image', ...resource(id), ...parameters });
  const Tag = [{ Key: 'owner', Value: 'ops' }];

  it('adds tags, overwrites values, and keeps the other tags', async () => {
    await tag({ Tag: [{ Key: 'role', Value: 'db' }, { Key: 'cafe\u0301', Value: 'o\u0302' }, { Key: 'empty' }] });

    expect(await tagsOf()).toEqual({ role: 'db', stage: 'test', 'caf\u00e9': '\u00f4', empty: '' });
  });

  it('accepts the older lowercase spelling', async () => {
    await tag({ 'Tag.1.key': 'owner', 'Tag.1.value': 'ops' });

    expect(await tagsOf()).toMatchObject({ owner: 'ops' });
  });

  it('changes the tags of the image through its snapshots', async () => {
    await tag({ ResourceType: 'snapshot', Tag }, snapshotId);

    expect(await tagsOf()).toEqual({ role: 'web', stage: 'test', owner: 'ops' });
    expect(await tagResources(owner, { ResourceType: 'snapshot', ResourceId: [snapshotId] })).toContain(
      `snapshot ${snapshotId} owner ops`,
    );
  });

  it('refuses images and snapshots that the caller does not own', async () => {
    await share(owner.api, { region, imageId: ImageId }, [recipient.account]);

    expect(await refused({ Tag }, 'm-missing')).toMatchObject({
      ...notFound,
      message: expect.stringContaining('ResourceId: "m-missing"'),
    });
    expect(await refused({ Tag }, '../x')).toMatchObject(notFound);
    expect(await refused({ Tag }, ImageId, recipient)).toMatchObject(notFound);
    expect(await refused({ Tag, ResourceType: 'snapshot' }, 's-missing')).toMatchObject(notFound);
    expect(await refused({ Tag, ResourceType: 'snapshot' }, `${snapshotId}-1`)).toMatchObject(notFound);
    expect(await refused({ Tag, ResourceType: 'snapshot' }, snapshotId, recipient)).toMatchObject(notFound);
    expect(await tagsOf()).toEqual({ role: 'web', stage: 'test' });
  });

  it('refuses resources that have no tags here, and unknown types', async () => {
    expect(await refused({ Tag, ResourceType: 'instance' }, 'i-1')).toMatchObject({
      status: 403,
      code: 'InvalidResourceId.NotSupported',
      message: expect.stringContaining('ResourceType: "instance"'),
    });
    expect(await refused({ Tag, ResourceType: 'Image' })).toMatchObject({
      status: 404,
      code: 'InvalidResourceType.NotFound',
      message: expect.stringContaining('"Image"'),
    });
  });

  it.each<[string, Parameters, number, string, string?]>([
    [
      'no tags',
      {},
      ...((action === 'AddTags'
        ? [400, 'MissingParameter', '"Tag.1.Key"']
        : [404, 'MissingParameter.Tags', 'Tags should not be null']) as [number, string, string]),
    ],
    ['a value without a key', { Tag: [{ Key: 'a' }, { Value: 'x' }] }, 400, 'MissingParameter', '"Tag.2.Key"'],
    ['the same key twice', { Tag: [{ Key: 'a' }, { Key: 'a', Value: 'b' }] }, 400, 'Duplicate.TagKey', 'Tag.2.Key: "a"'],
    ['the same key in two forms', { Tag: [{ Key: 'caf\u00e9' }, { Key: 'cafe\u0301' }] }, 400, 'Duplicate.TagKey'],
    ['a malformed key', { Tag: [{ Key: 'a:b' }] }, 400, 'InvalidTagKey.Malformed', '"Tag.1.Key"'],
    ['a key that has a meaning in JavaScript', { Tag: [{ Key: '__proto__' }] }, 400, 'InvalidTagKey.Malformed', '"Tag.1.Key"'],
    ['a long value', { Tag: [{ Key: 'a', Value: 'x'.repeat(65) }] }, 400, 'InvalidTagValue.Malformed', '"Tag.1.Value"'],
    ['21 tags', { Tag: Array.from({ length: 21 }, (_, index) => ({ Key: `k${index}` })) }, 400, 'InvalidTagCount'],
    ['17 tags', { Tag: Array.from({ length: 17 }, (_, index) => ({ Key: `k${index}` })) }, 400, 'OperationDenied.QuotaExceed'],
    [
      '15 more tags',
      { Tag: Array.from({ length: 15 }, (_, index) => ({ Key: `k${index}` })) },
      400,
      'OperationDenied.QuotaExceed',
    ],
  ])('refuses %s', async (_, parameters, status, code, message = '') => {
    expect(await refused(parameters)).toEqual({ status, code, message: expect.stringContaining(message) });
    expect(await tagsOf()).toEqual({ role: 'web', stage: 'test' });
  });

  it('loses no tag of concurrent calls', async () => {
    await Promise.all(Array.from({ length: 5 }, (_, index) => tag({ Tag: [{ Key: `k${index}`, Value: 'v' }] })));

    expect(Object.keys(await tagsOf()).sort()).toEqual(['k0', 'k1', 'k2', 'k3', 'k4', 'role', 'stage']);
  });
});

describe('TagResources with several images', () => {
  it('changes all of them, or none', async () => {
    const [second, full] = [
      await anImage(),
      await anImage(Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`k${at}`, 'v']))),
    ];
    const Tag = [{ Key: 'owner', Value: 'ops' }];
    const tag = (ResourceId: readonly string[]): Parameters => ({ ResourceType: 'image', ResourceId, Tag });

    for (const ids of [
      [ImageId, second, full],
      [ImageId, 'm-missing'],
      ['m-missing', ImageId],
    ]) {
      await owner.refused('TagResources', tag(ids));
    }
    expect(await tagsOf()).not.toHaveProperty('owner');
    expect(await tagsOf(second)).not.toHaveProperty('owner');
    await owner.ok('TagResources', tag([ImageId, second, ImageId]));
    expect(await tagsOf()).toHaveProperty('owner', 'ops');
    expect(await tagsOf(second)).toHaveProperty('owner', 'ops');
  });

  it('refuses more than 50', async () => {
    const ofMissing = (length: number) =>
      owner.refused('TagResources', {
        ResourceType: 'image',
        ResourceId: Array.from({ length }, (_, index) => `m-${index}`),
        Tag: [{ Key: 'a' }],
      });

    expect(await ofMissing(51)).toEqual({
      status: 400,
      code: 'NumberExceed.ResourceIds',
      message: "The ResourceIds parameter's number is exceed , Valid : 50",
    });
    expect(await ofMissing(50)).toMatchObject(notFound);
  });
});

describe('UntagResources', () => {
  const untag = (parameters: Parameters) =>
    owner.ok('UntagResources', { ResourceType: 'image', ResourceId: [ImageId], ...parameters });

  it('removes the tags with these keys, and ignores others', async () => {
    await untag({ TagKey: ['role', 'no-such'], All: true });
    expect(await tagsOf()).toEqual({ stage: 'test' });

    await untag({ TagKey: Array.from({ length: 20 }, (_, index) => (index === 0 ? 'stage' : `k${index}`)) });
    expect(await tagsOf()).toEqual({});
  });

  it('removes all tags', async () => {
    await untag({ All: true });

    expect(await tagsOf()).toEqual({});
  });

  it('refuses a call that removes nothing, too many keys, and images of others', async () => {
    const call = { ResourceType: 'image', ResourceId: [ImageId] };
    const TagKey = Array.from({ length: 21 }, (_, index) => `k${index}`);

    expect(await owner.refused('UntagResources', call)).toMatchObject({ status: 404, code: 'MissingParameter.Tags' });
    expect(await owner.refused('UntagResources', { ...call, All: false })).toMatchObject({ code: 'MissingParameter.Tags' });
    expect(await owner.refused('UntagResources', { ...call, TagKey })).toMatchObject({ status: 400, code: 'NumberExceed.Tags' });
    expect(await recipient.refused('UntagResources', { ...call, All: true })).toMatchObject(notFound);
    expect(await tagsOf()).toEqual({ role: 'web', stage: 'test' });
  });
});

describe('RemoveTags', () => {
  const remove = (Tag: Parameters[]) => owner.ok('RemoveTags', { ResourceType: 'image', ResourceId: ImageId, Tag });

  it('removes tags by key, and by value if one is given', async () => {
    await remove([{ Key: 'role', Value: 'db' }, { Key: 'no-such' }]);
    expect(await tagsOf()).toEqual({ role: 'web', stage: 'test' });

    await remove([{ Key: 'role', Value: 'web' }, { Key: 'stage' }]);
    expect(await tagsOf()).toEqual({});
  });

  it('refuses a call without tags', async () => {
    expect(await owner.refused('RemoveTags', { ResourceType: 'image', ResourceId: ImageId })).toMatchObject({
      status: 400,
      code: 'MissingParameter',
      message: expect.stringContaining('"Tag.1.Key"'),
    });
  });

  it('refuses a value without a key, and more than 20 tags', async () => {
    const refused = (Tag: Parameters[]) => owner.refused('RemoveTags', { ResourceType: 'image', ResourceId: ImageId, Tag });
    const keys = Array.from({ length: 21 }, (_, index) => ({ Key: `k${index}` }));

    expect(await refused([{ Key: 'role' }, { Value: 'x' }])).toEqual({
      status: 400,
      code: 'InvalidTag.Mismatch',
      message: 'The specified Tag.n.Key and Tag.n.Value are not match. Tag.2: {"Value":"x"}.',
    });
    expect(await refused(keys)).toMatchObject({ status: 400, code: 'InvalidTagCount' });
    await remove(keys.slice(1));
    expect(await tagsOf()).toEqual({ role: 'web', stage: 'test' });
  });
});

describe('ListTagResources', () => {
  it('lists the tags of images by ID, also of shared ones', async () => {
    await share(owner.api, { region, imageId: ImageId }, [recipient.account]);
    await owner.api.ok(updateImage, { region, imageId: ImageId, tags: { stage: 'test', role: 'web', a: '', tier: '1' } });
    const found = ['a ', 'role web', 'stage test', 'tier 1'].map((tag) => `image ${ImageId} ${tag}`);

    expect(await tagResources(owner, { ResourceId: [ImageId] })).toEqual(found);
    expect(await tagResources(recipient, { ResourceId: [ImageId, 'm-missing'] })).toEqual(found);
    expect(await tagResources(recipient, { ResourceType: 'snapshot', ResourceId: [snapshotId] })).toEqual([]);
    expect(await tagResources(recipient, { ResourceType: 'snapshot', Tag: [{ Key: 'role' }] })).toEqual([]);
    expect(await tagResources(await freshEcsAccount(), { ResourceId: [ImageId] })).toEqual([]);
  });

  it('lists the tags of snapshots by ID', async () => {
    const { imageId } = await anImageOf(owner.api, region, { tags: { a: 'b' }, disks: [{ sizeGiB: 5 }] });
    const data = `s-${imageId.slice(2)}-1`;

    expect(await tagResources(owner, { ResourceType: 'snapshot', ResourceId: [data, 's-missing', '../x'] })).toEqual([
      `snapshot ${data} a b`,
    ]);
  });

  it('finds images by tags and by patterns', async () => {
    const db = await anImage({ role: 'db', tier: '1' });
    const ofDb = [`image ${db} role db`, `image ${db} tier 1`];
    const patterns = (...TagFilter: Parameters[]) => tagResources(owner, { TagFilter });

    expect(await tagResources(owner, { Tag: [{ Key: 'role', Value: 'db' }] })).toEqual(ofDb);
    expect(await tagResources(owner, { Tag: [{ Key: 'role' }, { Key: 'tier' }] })).toEqual(ofDb);
    expect(await patterns({ TagKey: 'ti*' })).toEqual(ofDb);
    expect(await patterns({ TagKey: 'ti' })).toEqual([]);
    expect(await patterns({ TagKey: 'role', TagValues: ['x', 'd*'] })).toEqual(ofDb);
    expect(await patterns({ TagKey: 'role', TagValues: ['test'] })).toEqual([]);
    expect(await patterns({ TagKey: 'role' }, { TagKey: 'stage' })).toHaveLength(2);
    expect(
      await owner.refused('ListTagResources', { ResourceType: 'image', Tag: [{ Key: 'a' }], TagFilter: [{ TagKey: 'a' }] }),
    ).toMatchObject({ status: 400, code: 'InvalidParameter', message: expect.stringContaining('"TagFilter"') });
  });

  it('returns pages of 1,000 tags', async () => {
    for (let image = 0; image < 70; image += 1) {
      await anImage(Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`key${index}`, `v${image}`])));
    }
    const page = (parameters: Parameters) =>
      owner.ok('ListTagResources', { ResourceType: 'image', TagFilter: [{ TagKey: 'key*' }], ...parameters });
    const first = await page({});
    const second = await page({ NextToken: first['NextToken'] });

    expect(entriesOf(first, 'TagResources', 'TagResource')).toHaveLength(1_000);
    expect(entriesOf(second, 'TagResources', 'TagResource')).toHaveLength(50);
    expect(second['NextToken']).toBe('');
    expect(await page({ NextToken: '50' })).toMatchObject({ NextToken: '' });
    expect(await page({ NextToken: '49' })).toMatchObject({ NextToken: '1049' });
  });
});

describe('DescribeTags', () => {
  const tags = async (parameters: Parameters = {}) =>
    entriesOf(await owner.ok('DescribeTags', parameters), 'Tags', 'Tag').map(({ TagKey, TagValue, ResourceTypeCount }) => {
      const { Image, Snapshot } = ResourceTypeCount as { Image: number; Snapshot: number };
      return [TagKey, TagValue, Image, Snapshot].join(' ');
    });

  it('lists different tags, with the number of images and snapshots', async () => {
    await anImageOf(owner.api, region, { tags: { role: 'web' }, disks: [{ sizeGiB: 5 }] });
    const db = await anImage({ role: 'db' });

    expect((await tags()).sort()).toEqual(['role db 1 1', 'role web 2 3', 'stage test 1 1']);
    expect((await tags({ ResourceType: 'image' })).sort()).toEqual(['role db 1 0', 'role web 2 0', 'stage test 1 0']);
    expect(await tags({ ResourceType: 'image', ResourceId: db })).toEqual(['role db 1 0']);
    expect(await tags({ Tag: [{ Key: 'role', Value: 'web' }] })).toEqual(['role web 2 3']);
    expect(entriesOf(await owner.ok('DescribeTags', { ResourceId: db, ResourceType: 'image' }), 'Tags', 'Tag')).toEqual([
      {
        TagKey: 'role',
        TagValue: 'db',
        ResourceTypeCount: {
          Instance: 0,
          Disk: 0,
          Securitygroup: 0,
          Volume: 0,
          Eni: 0,
          Ddh: 0,
          KeyPair: 0,
          LaunchTemplate: 0,
          ReservedInstance: 0,
          SnapshotPolicy: 0,
          Image: 1,
          Snapshot: 0,
        },
      },
    ]);
    expect((await tags({ Tag: [{ Key: 'role' }] })).sort()).toEqual(['role db 1 1', 'role web 2 3']);
  });

  it('returns pages of 50 by default', async () => {
    const page = (parameters: Parameters) => owner.ok('DescribeTags', parameters);

    expect(await page({})).toMatchObject({ TotalCount: 2, PageNumber: 1, PageSize: 50 });
    expect(await page({ PageSize: 1, PageNumber: 2 })).toMatchObject({ TotalCount: 2, PageNumber: 2, PageSize: 1 });
    expect(entriesOf(await page({ PageSize: 1, PageNumber: 2 }), 'Tags', 'Tag')).toHaveLength(1);
  });
});

describe('a change of tags', () => {
  it('reports a failure of the service as such, and not as a missing image', async () => {
    const failure = new ActionError('Unavailable', { detail: 'Try again.' });
    const failing = { withOptions: () => failing, getImage: () => Promise.reject(failure) };
    const change = { ResourceType: 'image', ids: [ImageId] } as const;

    await expect(changeResourceTags(change, (tags) => tags, failing as unknown as Service)).rejects.toBe(failure);
  });

  it('is recorded as a change of the image', async () => {
    await owner.ok('TagResources', { ResourceType: 'image', ResourceId: [ImageId], Tag: [{ Key: 'a' }] });
    const [latest] = await service.recordsOf(owner.account as never);

    expect(latest).toMatchObject({ action: 'UpdateImage', imageId: ImageId });
  });
});
