import { caught, exceptionWith, imported, newImage } from '../../sdk/tencent/calls.ts';
import { freshId } from '../../support/client.ts';
import { freshPrincipals, type Principal } from './cvm-client.ts';

let owner: Principal;
let recipient: Principal;
beforeAll(async () => {
  [owner, recipient] = (await freshPrincipals(2)) as [Principal, Principal];
});

describe('ImportImage', () => {
  it('takes data disks, whose sizes it does not state either', async () => {
    const imageId = await imported(owner.cvm, {
      Architecture: 'arm_64',
      ImportImageDataDiskList: [{ ImageUrl: 'https://e.example/data' }],
    });
    expect(await owner.cvm('DescribeImages', { ImageIds: [imageId] })).toMatchObject({
      ImageSet: [
        {
          Architecture: 'arm',
          ImageSize: 100,
          SnapshotSet: [
            { DiskUsage: 'SYSTEM_DISK', DiskSize: 50 },
            { DiskUsage: 'DATA_DISK', DiskSize: 50 },
          ],
        },
      ],
    });
  });

  it.each([
    ['no name', { ImageName: undefined }, 'MissingParameter'],
    ['a blank name', { ImageName: '  ' }, 'InvalidParameterValue'],
    ['a name of 61 characters', { ImageName: 'x'.repeat(61) }, 'InvalidParameterValue'],
    ['a name that is no text', { ImageName: { a: 1 } }, 'InvalidParameterValue'],
    ['a description of 257 characters', { ImageDescription: 'x'.repeat(257) }, 'InvalidParameterValue'],
    ['a description with control characters', { ImageDescription: 'a\u0007' }, 'InvalidParameterValue'],
    ['an architecture that is not known', { Architecture: 'i386' }, 'InvalidParameterValue'],
    ['an address that is none', { ImageUrl: 'web.qcow2' }, 'InvalidParameter.InvalidParameterUrlError'],
    [
      'a tag twice',
      {
        TagSpecification: [
          {
            ResourceType: 'image',
            Tags: [
              { Key: 'a', Value: '1' },
              { Key: 'a', Value: '2' },
            ],
          },
        ],
      },
      'InvalidParameterValue.DuplicateTags',
    ],
    [
      'a tag that cannot be kept',
      { TagSpecification: [{ ResourceType: 'image', Tags: [{ Key: '__proto__', Value: 'a' }] }] },
      'InvalidParameterValue',
    ],
    ['tags of something else', { TagSpecification: [{ ResourceType: 'disk', Tags: [] }] }, 'InvalidParameterValue'],
    [
      'more tags than an image may have',
      {
        TagSpecification: [
          { ResourceType: 'image', Tags: Array.from({ length: 17 }, (_, at) => ({ Key: `k${at}`, Value: 'v' })) },
        ],
      },
      'InvalidParameterValue',
    ],
  ])('refuses %s', async (_, change, code) => {
    expect(await caught(owner.cvm('ImportImage', { ...newImage, ImageName: 'web', ...change }))).toEqual(exceptionWith(code));
  });

  it('imports nothing with DryRun, and tells that it would with DryRunOperation', async () => {
    const ImageName = freshId('dry-');
    expect(await caught(owner.cvm('ImportImage', { ...newImage, ImageName, DryRun: true }))).toEqual(
      exceptionWith('DryRunOperation'),
    );
    expect(await owner.cvm('DescribeImages', { Filters: [{ Name: 'image-name', Values: [ImageName] }] })).toMatchObject({
      TotalCount: 0,
    });
    expect(await caught(owner.cvm('ImportImage', { ...newImage, ImageName: ' ', DryRun: true }))).toEqual(
      exceptionWith('InvalidParameterValue'),
    );
  });
});

describe('ModifyImageAttribute', () => {
  it('changes what it states and leaves the rest, of a shared image too', async () => {
    const ImageId = await imported(owner.cvm, { ImageDescription: 'before' });
    await owner.cvm('ModifyImageSharePermission', { ImageId, AccountIds: [recipient.account], Permission: 'SHARE' });
    await owner.cvm('ModifyImageAttribute', { ImageId, ImageName: 'renamed' });
    expect(await recipient.cvm('DescribeImages', { ImageIds: [ImageId] })).toMatchObject({
      ImageSet: [{ ImageName: 'renamed', ImageDescription: 'before' }],
    });
    await owner.cvm('ModifyImageAttribute', { ImageId, ImageDescription: '' });
    expect(await owner.cvm('DescribeImages', { ImageIds: [ImageId] })).toMatchObject({
      ImageSet: [{ ImageName: 'renamed', ImageDescription: '' }],
    });
  });

  it('refuses an image that is not there, and a flag that is none', async () => {
    expect(await caught(owner.cvm('ModifyImageAttribute', { ImageId: 'img-00000000', ImageName: 'x' }))).toEqual(
      exceptionWith('InvalidImageId.NotFound'),
    );
    expect(await caught(owner.cvm('ModifyImageAttribute', { ImageId: 'img-00000000', ImageDeprecated: 'perhaps' }))).toEqual(
      exceptionWith('InvalidParameterValue'),
    );
  });
});

describe('DeleteImages', () => {
  it('deletes several images, one of them named twice', async () => {
    const ids = [await imported(owner.cvm), await imported(owner.cvm)];
    await owner.cvm('DeleteImages', { ImageIds: [...ids, ...ids], DeleteBindedSnap: true });
    expect(await owner.cvm('DescribeImages', { ImageIds: ids })).toMatchObject({ TotalCount: 0 });
  });

  it('deletes none where one of them cannot be', async () => {
    const [free, shared] = [await imported(owner.cvm), await imported(owner.cvm)];
    await owner.cvm('ModifyImageSharePermission', { ImageId: shared, AccountIds: [recipient.account], Permission: 'SHARE' });
    for (const [ImageIds, code] of [
      [[free, shared], 'InvalidImageId.InShared'],
      [[free, 'img-00000000'], 'InvalidImageId.NotFound'],
    ] as const) {
      expect(await caught(owner.cvm('DeleteImages', { ImageIds }))).toEqual(exceptionWith(code));
    }
    expect(await owner.cvm('DescribeImages', { ImageIds: [free, shared] })).toMatchObject({ TotalCount: 2 });
  });

  it('deletes nothing with DryRun, and tells what would come of it', async () => {
    const [free, shared] = [await imported(owner.cvm), await imported(owner.cvm)];
    await owner.cvm('ModifyImageSharePermission', { ImageId: shared, AccountIds: [recipient.account], Permission: 'SHARE' });
    expect(await caught(owner.cvm('DeleteImages', { ImageIds: [free], DryRun: true }))).toEqual(exceptionWith('DryRunOperation'));
    expect(await caught(owner.cvm('DeleteImages', { ImageIds: [free, shared], DryRun: true }))).toEqual(
      exceptionWith('InvalidImageId.InShared'),
    );
    expect(await owner.cvm('DescribeImages', { ImageIds: [free] })).toMatchObject({ TotalCount: 1 });
  });

  it.each([
    ['no list', {}, 'MissingParameter'],
    ['an empty list', { ImageIds: [] }, 'InvalidParameterValue'],
    ['an id that is none', { ImageIds: ['web'] }, 'InvalidImageId.Malformed'],
  ])('refuses %s', async (_, parameters, code) => {
    expect(await caught(owner.cvm('DeleteImages', parameters))).toEqual(exceptionWith(code));
  });
});
