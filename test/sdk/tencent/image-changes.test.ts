import { importImage, newImage } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let owner: Caller;
let recipient: Caller;
beforeAll(async () => {
  [owner, recipient] = await Promise.all([freshCaller(), freshCaller()]);
});

describe('ImportImage', () => {
  it('accepts data disks, which have no size either', async () => {
    const imageId = await importImage(owner.call, {
      Architecture: 'arm_64',
      ImportImageDataDiskList: [{ ImageUrl: 'https://e.example/data' }],
    });
    expect(await owner.call('DescribeImages', { ImageIds: [imageId] })).toMatchObject({
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
    ['a name that is not a string', { ImageName: { a: 1 } }, 'InvalidParameterValue'],
    ['a description of 257 characters', { ImageDescription: 'x'.repeat(257) }, 'InvalidParameterValue'],
    ['a description with control characters', { ImageDescription: 'a\u0007' }, 'InvalidParameterValue'],
    ['an unknown architecture', { Architecture: 'i386' }, 'InvalidParameterValue'],
    ['an invalid URL', { ImageUrl: 'web.qcow2' }, 'InvalidParameter.InvalidParameterUrlError'],
    [
      'a repeated tag key',
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
      'an unsupported tag key',
      { TagSpecification: [{ ResourceType: 'image', Tags: [{ Key: '__proto__', Value: 'a' }] }] },
      'InvalidParameterValue',
    ],
    ['tags of another resource type', { TagSpecification: [{ ResourceType: 'disk', Tags: [] }] }, 'InvalidParameterValue'],
    [
      'too many tags',
      {
        TagSpecification: [
          { ResourceType: 'image', Tags: Array.from({ length: 17 }, (_, index) => ({ Key: `k${index}`, Value: 'v' })) },
        ],
      },
      'InvalidParameterValue',
    ],
  ])('refuses %s', async (_, change, code) => {
    expect((await owner.call('ImportImage', { ...newImage, ImageName: 'web', ...change })).Error?.Code).toBe(code);
  });
});

describe('ModifyImageAttribute', () => {
  it('changes only the given attributes, of a shared image too', async () => {
    const ImageId = await importImage(owner.call, { ImageDescription: 'before' });
    await owner.call('ModifyImageSharePermission', { ImageId, AccountIds: [recipient.account], Permission: 'SHARE' });
    await owner.call('ModifyImageAttribute', { ImageId, ImageName: 'renamed' });
    expect(await recipient.call('DescribeImages', { ImageIds: [ImageId] })).toMatchObject({
      ImageSet: [{ ImageName: 'renamed', ImageDescription: 'before' }],
    });
    await owner.call('ModifyImageAttribute', { ImageId, ImageDescription: '' });
    expect(await owner.call('DescribeImages', { ImageIds: [ImageId] })).toMatchObject({
      ImageSet: [{ ImageName: 'renamed', ImageDescription: '' }],
    });
  });

  it('refuses a missing image and an invalid flag', async () => {
    expect((await owner.call('ModifyImageAttribute', { ImageId: 'img-00000000', ImageName: 'x' })).Error?.Code).toBe(
      'InvalidImageId.NotFound',
    );
    expect((await owner.call('ModifyImageAttribute', { ImageId: 'img-00000000', ImageDeprecated: 'perhaps' })).Error?.Code).toBe(
      'InvalidParameterValue',
    );
  });
});

describe('DeleteImages', () => {
  it('deletes several images, with repeated ids', async () => {
    const ids = [await importImage(owner.call), await importImage(owner.call)];
    await owner.call('DeleteImages', { ImageIds: [...ids, ...ids], DeleteBindedSnap: true });
    expect(await owner.call('DescribeImages', { ImageIds: ids })).toMatchObject({ TotalCount: 0 });
  });

  it('deletes none if one of them cannot be deleted', async () => {
    const [unshared, shared] = [await importImage(owner.call), await importImage(owner.call)];
    await owner.call('ModifyImageSharePermission', { ImageId: shared, AccountIds: [recipient.account], Permission: 'SHARE' });
    for (const [ImageIds, code] of [
      [[unshared, shared], 'InvalidImageId.InShared'],
      [[unshared, 'img-00000000'], 'InvalidImageId.NotFound'],
    ] as const) {
      expect((await owner.call('DeleteImages', { ImageIds })).Error?.Code).toBe(code);
    }
    expect(await owner.call('DescribeImages', { ImageIds: [unshared, shared] })).toMatchObject({ TotalCount: 2 });
  });

  it('deletes nothing with DryRun, and reports the result of the call', async () => {
    const [unshared, shared] = [await importImage(owner.call), await importImage(owner.call)];
    await owner.call('ModifyImageSharePermission', { ImageId: shared, AccountIds: [recipient.account], Permission: 'SHARE' });
    expect(await owner.call('DeleteImages', { ImageIds: [unshared], DryRun: true })).toEqual({ RequestId: expect.any(String) });
    expect((await owner.call('DeleteImages', { ImageIds: [unshared, shared], DryRun: true })).Error?.Code).toBe(
      'InvalidImageId.InShared',
    );
    expect(await owner.call('DescribeImages', { ImageIds: [unshared] })).toMatchObject({ TotalCount: 1 });
  });

  it.each([
    ['no list', {}, 'MissingParameter'],
    ['an empty list', { ImageIds: [] }, 'InvalidParameterValue'],
    ['an invalid id', { ImageIds: ['web'] }, 'InvalidImageId.Malformed'],
  ])('refuses %s', async (_, parameters, code) => {
    expect((await owner.call('DeleteImages', parameters)).Error?.Code).toBe(code);
  });
});
