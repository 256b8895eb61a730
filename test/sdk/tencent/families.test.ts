import { getImage } from '../../../functions/get-image.ts';
import { anImageOf, share } from '../../support/client.ts';
import { newImage, region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let caller: Caller;
beforeAll(async () => {
  caller = await freshCaller();
});

const imageOf = async (family: string) => {
  const { Image } = await caller.call('DescribeImageFromFamily', { ImageFamily: family });
  return Image as Record<string, unknown> | null;
};
const importInto = async (ImageFamily: string, parameters: object = {}) =>
  (await caller.call('ImportImage', { ...newImage, ImageName: 'web', ImageFamily, ...parameters }))['ImageId'] as string;
const imageWith = async (imageId: string) =>
  ((await caller.call('DescribeImages', { ImageIds: [imageId] }))['ImageSet'] as Record<string, unknown>[])[0];
const modify = (ImageId: string, parameters: object) => caller.call('ModifyImageAttribute', { ImageId, ...parameters });

describe('DescribeImageFromFamily', () => {
  it('returns the newest available image of the family', async () => {
    const first = await importInto('web-base');
    expect(await imageOf('web-base')).toMatchObject({ ImageId: first, ImageFamily: 'web-base', ImageState: 'NORMAL' });
    const second = await importInto('web-base');
    await importInto('other');
    await anImageOf(caller, region, { state: 'pending', tags: { 'tencent-image-family': 'web-base' } });
    expect(await imageOf('web-base')).toMatchObject({ ImageId: second });
    await modify(second, { ImageDeprecated: true });
    expect(await imageOf('web-base')).toMatchObject({ ImageId: first });
  });

  it('returns null for a family without images, as the cloud does', async () => {
    expect(await imageOf('empty')).toBeNull();
  });

  it('returns no image that another account shares', async () => {
    const other = await freshCaller();
    const image = await anImageOf(other, region, { tags: { 'tencent-image-family': 'shared-base' } });
    await share(other, image, [caller.account]);
    expect(await imageOf('shared-base')).toBeNull();
  });

  it.each<[object, string]>([
    [{}, 'MissingParameter'],
    [{ ImageFamily: '' }, 'InvalidParameterValue.InvalidImageFamily'],
    [{ ImageFamily: 'x'.repeat(65) }, 'InvalidParameterValue.InvalidImageFamily'],
    [{ ImageFamily: 'a\nb' }, 'InvalidParameterValue.InvalidImageFamily'],
  ])('refuses %j', async (parameters, code) => {
    expect((await caller.call('DescribeImageFromFamily', parameters)).Error?.Code).toBe(code);
  });
});

describe('ImageFamily', () => {
  it('can be set, changed, and removed, and is not a tag', async () => {
    const TagSpecification = [{ ResourceType: 'image', Tags: [{ Key: 'tier', Value: 'web' }] }];
    const imageId = await importInto('a', { TagSpecification });
    const tags = [{ Key: 'tier', Value: 'web' }];
    expect(await imageWith(imageId)).toMatchObject({ ImageFamily: 'a', Tags: tags });
    await modify(imageId, { ImageFamily: 'b', ImageName: 'renamed' });
    expect(await imageWith(imageId)).toMatchObject({ ImageFamily: 'b', ImageName: 'renamed', Tags: tags });
    await modify(imageId, { ImageName: 'again' });
    expect(await imageWith(imageId)).toMatchObject({ ImageFamily: 'b', ImageName: 'again' });
    await modify(imageId, { ImageName: 'again', ImageDescription: '', ImageFamily: '' });
    expect(await imageWith(imageId)).toMatchObject({ ImageFamily: '', Tags: tags });
    expect((await caller.ok(getImage, { region, imageId })).tags).toEqual({ tier: 'web' });
  });

  it('is kept when tags change, and hidden from tags and their filters', async () => {
    const imageId = await importInto('kept');
    const Resource = `qcs::cvm:${region}:uin/:image/${imageId}`;
    const tagCall = (action: string, parameters: object) => caller.call(action, parameters, { product: 'tag' });
    await tagCall('ModifyResourceTags', { Resource, ReplaceTags: [{ TagKey: 'a', TagValue: '1' }] });
    expect(await imageWith(imageId)).toMatchObject({ ImageFamily: 'kept', Tags: [{ Key: 'a', Value: '1' }] });
    expect(await tagCall('DescribeResourceTags', { ResourceId: imageId })).toMatchObject({ TotalCount: 1 });
    for (const [Name, value] of [
      ['tag-key', 'tencent-image-family'],
      ['tag-value', 'kept'],
      ['tag:tencent-image-family', 'kept'],
    ]) {
      expect(await caller.call('DescribeImages', { Filters: [{ Name, Values: [value] }] })).toMatchObject({ TotalCount: 0 });
    }
  });

  it('of an image of an instance is set too', async () => {
    const { InstanceIdSet } = await caller.call('RunInstances', { ImageId: await importInto('') });
    const [InstanceId] = InstanceIdSet as [string];
    const create = async (parameters: object) =>
      (await caller.call('CreateImage', { InstanceId, ImageName: 'made', ...parameters }))['ImageId'] as string;
    expect(await imageWith(await create({ ImageFamily: 'made' }))).toMatchObject({ ImageFamily: 'made' });
    expect(await imageWith(await create({}))).toMatchObject({ ImageFamily: '' });
  });

  it('is empty by default', async () => {
    const { ImageId } = await caller.call('ImportImage', { ...newImage, ImageName: 'web' });
    expect(await imageWith(ImageId as string)).toMatchObject({ ImageFamily: '' });
  });

  it('cannot be changed by a recipient', async () => {
    const other = await freshCaller();
    const image = await anImageOf(other, region);
    await share(other, image, [caller.account]);
    expect((await modify(image.imageId, { ImageFamily: 'mine' })).Error?.Code).toBe(
      'UnsupportedOperation.SharedImageModifyUnsupported',
    );
  });
});

describe('TagSpecification', () => {
  it('says that it is only for images', async () => {
    const parameters = { ...newImage, ImageName: 'x', TagSpecification: [{ ResourceType: 'disk', Tags: [] }] };
    expect((await caller.call('ImportImage', parameters)).Error?.Message).toBe(
      'The parameter TagSpecification.0.ResourceType must be image, but is "disk".',
    );
  });

  it.each(['\u00e9', 'e\u0301'])('accepts keys of 32 and values of 64 bytes in NFC: %j', async (letter) => {
    const Tags = [{ Key: letter.repeat(16), Value: letter.repeat(32) }];
    expect(await imageWith(await importInto('', { TagSpecification: [{ ResourceType: 'image', Tags }] }))).toMatchObject({
      Tags: [{ Key: '\u00e9'.repeat(16), Value: '\u00e9'.repeat(32) }],
    });
  });

  it.each<[object[], string]>([
    [[{ Key: '', Value: 'a' }], 'InvalidParameterValue'],
    [[{ Key: 'k'.repeat(33), Value: 'a' }], 'InvalidParameterValue'],
    [[{ Key: '__proto__', Value: 'a' }], 'InvalidParameterValue'],
    [[{ Key: 'a', Value: 'v'.repeat(65) }], 'InvalidParameterValue'],
    [[{ Key: 'tencent-image-family', Value: 'a' }], 'InvalidParameterValue'],
    [
      [
        { Key: 'a', Value: '1' },
        { Key: 'a', Value: '2' },
      ],
      'InvalidParameterValue.DuplicateTags',
    ],
    [
      [
        { Key: '\u00e9', Value: '1' },
        { Key: 'e\u0301', Value: '2' },
      ],
      'InvalidParameterValue.DuplicateTags',
    ],
    [Array.from({ length: 17 }, (_, index) => ({ Key: `k${index}`, Value: '' })), 'InvalidParameterValue'],
  ])('refuses the tags %j', async (Tags, code) => {
    const TagSpecification = [{ ResourceType: 'image', Tags }];
    const { Error: error } = await caller.call('ImportImage', { ...newImage, ImageName: 'x', TagSpecification });
    expect(error).toEqual({ Code: code, Message: expect.stringMatching(Tags.length > 2 ? /16 tags/ : /tag/) });
  });
});

describe('DescribeImportImageOs', () => {
  it('lists operating systems and versions that ImportImage accepts', async () => {
    const { ImportImageOsListSupported, ImportImageOsVersionSet } = await caller.call('DescribeImportImageOs');
    expect(ImportImageOsListSupported).toEqual({
      Linux: ['CentOS', 'Ubuntu', 'Debian', 'OpenSUSE', 'SUSE', 'CoreOS', 'FreeBSD', 'Other Linux'],
      Windows: ['Windows Server 2008', 'Windows Server 2012', 'Windows Server 2016'],
    });
    for (const { OsName, OsVersions, Architecture } of ImportImageOsVersionSet as {
      OsName: string;
      OsVersions: [string];
      Architecture: [string];
    }[]) {
      const parameters = {
        OsType: OsName,
        OsVersion: OsVersions[0],
        Architecture: Architecture.at(-1),
        ImageName: 'x',
        DryRun: true,
      };
      expect((await caller.call('ImportImage', { ...newImage, ...parameters })).Error).toBeUndefined();
      expect(OsVersions).toEqual(['-']);
    }
  });

  it('refuses parameters', async () => {
    expect((await caller.call('DescribeImportImageOs', { OsType: 'CentOS' })).Error?.Code).toBe('UnknownParameter');
  });
});
