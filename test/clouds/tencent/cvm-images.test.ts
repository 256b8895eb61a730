import { reportImageState } from '../../../functions/report-image-state.ts';
import { anImageOf, compute, freshId, share } from '../../support/api.ts';
import { type Call, caught, cvmCalls, exceptionWith, freshHolders, type Holder, imported, newImage, region } from './clients.ts';

let owner: Holder;
let recipient: Holder;
let owning: Call;
let receiving: Call;
beforeAll(async () => {
  [owner, recipient] = (await freshHolders(2)) as [Holder, Holder];
  owning = cvmCalls(owner.key);
  receiving = cvmCalls(recipient.key);
});

interface Listed {
  readonly TotalCount: number;
  readonly ImageSet: readonly { readonly ImageId: string }[];
}
const idsIn = ({ ImageSet }: Listed): string[] => ImageSet.map(({ ImageId }) => ImageId);
const listed = async (call: Call, parameters: object): Promise<Listed> => (await call('DescribeImages', parameters)) as Listed;
const madeAvailable = (imageId: string, inRegion = region) =>
  compute().ok(reportImageState, { region: inRegion, imageId, state: 'available' });

describe('DescribeImages', () => {
  let tagged: string;
  let plain: string;
  let received: string;
  let lister: Holder;
  let listing: Call;
  beforeAll(async () => {
    [lister] = (await freshHolders(1)) as [Holder];
    listing = cvmCalls(lister.key);
    ({ imageId: tagged } = await anImageOf(lister, region, {
      name: 'Shop Front',
      os: 'CentOS 7',
      labels: { tier: 'web', team: 'a' },
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
    const found = await listed(listing, { Filters: [...filters()], Limit: 100 });
    const own = [tagged, plain, received];
    expect(idsIn(found).filter((id) => own.includes(id))).toEqual(expected());
    expect(found.TotalCount).toBe(found.ImageSet.length);
  });

  it('counts what matches and cuts it by offset and limit', async () => {
    const mine = { Filters: [filter('image-type', 'PRIVATE_IMAGE', 'SHARED_IMAGE')] };
    const page = await listed(listing, { ...mine, Offset: 1, Limit: 1 });
    expect([page.TotalCount, idsIn(page)]).toEqual([3, [plain]]);
    const after = await listed(listing, { ...mine, Offset: 3 });
    expect([after.TotalCount, idsIn(after)]).toEqual([3, []]);
  });

  it('answers 20 images unless it is told another number', async () => {
    const [many] = (await freshHolders(1)) as [Holder];
    await Promise.all(Array.from({ length: 21 }, () => anImageOf(many, region)));
    const mine = { Filters: [filter('image-type', 'PRIVATE_IMAGE')] };
    const call = cvmCalls(many.key);
    const [page, all] = [await listed(call, mine), await listed(call, { ...mine, Limit: 21 })];
    expect([page.TotalCount, page.ImageSet.length, all.ImageSet.length]).toEqual([21, 20, 21]);
  });

  it('gives of the images that are named those that there are, once each, in their order', async () => {
    const found = await listed(listing, { ImageIds: [received, 'img-00000000', tagged, received] });
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
    expect(await caught(listing('DescribeImages', parameters))).toEqual(exceptionWith(code));
  });

  it('tells a deprecated image by its flag, and one that is copied by its state', async () => {
    const imageId = await imported(owning);
    await owning('ModifyImageAttribute', { ImageId: imageId, ImageDeprecated: true });
    expect(await owning('DescribeImages', { ImageIds: [imageId] })).toMatchObject({
      ImageSet: [{ ImageState: 'NORMAL', ImageDeprecated: true, SyncPercent: 100 }],
    });
    const { ImageSet } = (await owning('SyncImages', {
      ImageIds: [imageId],
      DestinationRegions: ['ap-shanghai'],
      ImageSetRequired: true,
    })) as Listed;
    expect(
      await cvmCalls(owner.key, { region: 'ap-shanghai' })('DescribeImages', { ImageIds: idsIn({ TotalCount: 1, ImageSet }) }),
    ).toMatchObject({
      ImageSet: [{ ImageState: 'SYNCING', SyncPercent: null }],
    });
  });
});

describe('ImportImage', () => {
  it('takes data disks, whose sizes it does not state either', async () => {
    const imageId = await imported(owning, {
      Architecture: 'arm_64',
      ImportImageDataDiskList: [{ ImageUrl: 'https://e.example/data' }],
    });
    expect(await owning('DescribeImages', { ImageIds: [imageId] })).toMatchObject({
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
    expect(await caught(owning('ImportImage', { ...newImage, ImageName: 'web', ...change }))).toEqual(exceptionWith(code));
  });

  it('imports nothing with DryRun, and tells that it would with DryRunOperation', async () => {
    const ImageName = freshId('dry-');
    expect(await caught(owning('ImportImage', { ...newImage, ImageName, DryRun: true }))).toEqual(
      exceptionWith('DryRunOperation'),
    );
    expect(await owning('DescribeImages', { Filters: [{ Name: 'image-name', Values: [ImageName] }] })).toMatchObject({
      TotalCount: 0,
    });
    expect(await caught(owning('ImportImage', { ...newImage, ImageName: ' ', DryRun: true }))).toEqual(
      exceptionWith('InvalidParameterValue'),
    );
  });
});

describe('ModifyImageAttribute', () => {
  it('changes what it states and leaves the rest, of a shared image too', async () => {
    const ImageId = await imported(owning, { ImageDescription: 'before' });
    await owning('ModifyImageSharePermission', { ImageId, AccountIds: [recipient.account], Permission: 'SHARE' });
    await owning('ModifyImageAttribute', { ImageId, ImageName: 'renamed' });
    expect(await receiving('DescribeImages', { ImageIds: [ImageId] })).toMatchObject({
      ImageSet: [{ ImageName: 'renamed', ImageDescription: 'before' }],
    });
    await owning('ModifyImageAttribute', { ImageId, ImageDescription: '' });
    expect(await owning('DescribeImages', { ImageIds: [ImageId] })).toMatchObject({
      ImageSet: [{ ImageName: 'renamed', ImageDescription: '' }],
    });
  });

  it('refuses an image that is not there, and a flag that is none', async () => {
    expect(await caught(owning('ModifyImageAttribute', { ImageId: 'img-00000000', ImageName: 'x' }))).toEqual(
      exceptionWith('InvalidImageId.NotFound'),
    );
    expect(await caught(owning('ModifyImageAttribute', { ImageId: 'img-00000000', ImageDeprecated: 'perhaps' }))).toEqual(
      exceptionWith('InvalidParameterValue'),
    );
  });
});

describe('DeleteImages', () => {
  it('deletes several images, one of them named twice', async () => {
    const ids = [await imported(owning), await imported(owning)];
    await owning('DeleteImages', { ImageIds: [...ids, ...ids], DeleteBindedSnap: true });
    expect(await owning('DescribeImages', { ImageIds: ids })).toMatchObject({ TotalCount: 0 });
  });

  it('deletes none where one of them cannot be', async () => {
    const [free, shared] = [await imported(owning), await imported(owning)];
    await owning('ModifyImageSharePermission', { ImageId: shared, AccountIds: [recipient.account], Permission: 'SHARE' });
    for (const [ImageIds, code] of [
      [[free, shared], 'InvalidImageId.InShared'],
      [[free, 'img-00000000'], 'InvalidImageId.NotFound'],
    ] as const) {
      expect(await caught(owning('DeleteImages', { ImageIds }))).toEqual(exceptionWith(code));
    }
    expect(await owning('DescribeImages', { ImageIds: [free, shared] })).toMatchObject({ TotalCount: 2 });
  });

  it('deletes nothing with DryRun, and tells what would come of it', async () => {
    const [free, shared] = [await imported(owning), await imported(owning)];
    await owning('ModifyImageSharePermission', { ImageId: shared, AccountIds: [recipient.account], Permission: 'SHARE' });
    expect(await caught(owning('DeleteImages', { ImageIds: [free], DryRun: true }))).toEqual(exceptionWith('DryRunOperation'));
    expect(await caught(owning('DeleteImages', { ImageIds: [free, shared], DryRun: true }))).toEqual(
      exceptionWith('InvalidImageId.InShared'),
    );
    expect(await owning('DescribeImages', { ImageIds: [free] })).toMatchObject({ TotalCount: 1 });
  });

  it.each([
    ['no list', {}, 'MissingParameter'],
    ['an empty list', { ImageIds: [] }, 'InvalidParameterValue'],
    ['an id that is none', { ImageIds: ['web'] }, 'InvalidImageId.Malformed'],
  ])('refuses %s', async (_, parameters, code) => {
    expect(await caught(owning('DeleteImages', parameters))).toEqual(exceptionWith(code));
  });
});

describe('SyncImages', () => {
  const inShanghai = (holder: Holder) => cvmCalls(holder.key, { region: 'ap-shanghai' });

  it('copies an own image to another region, where it can be shared when it is there', async () => {
    const ImageId = await imported(owning);
    const { ImageSet } = (await owning('SyncImages', {
      ImageIds: [ImageId],
      DestinationRegions: ['ap-shanghai'],
      ImageName: 'copy',
      ImageSetRequired: true,
    })) as Listed;
    expect(ImageSet).toEqual([{ ImageId: expect.stringMatching(/^img-[a-z0-9]{8}$/), Region: 'ap-shanghai' }]);
    const [copy] = idsIn({ TotalCount: 1, ImageSet }) as [string];
    const sharing = { ImageId: copy, AccountIds: [recipient.account], Permission: 'SHARE' };
    expect(await caught(inShanghai(owner)('ModifyImageSharePermission', sharing))).toEqual(
      exceptionWith('InvalidParameterValue.InvalidImageState'),
    );
    await madeAvailable(copy, 'ap-shanghai');
    await inShanghai(owner)('ModifyImageSharePermission', sharing);
    expect(await inShanghai(recipient)('DescribeImages', { ImageIds: [copy] })).toMatchObject({
      ImageSet: [{ ImageName: 'copy', ImageType: 'SHARED_IMAGE', ImageState: 'NORMAL' }],
    });
  });

  it('saves a shared image in its own region as one of the recipient, which outlives the share', async () => {
    const ImageId = await imported(owning);
    const sharing = { ImageId, AccountIds: [recipient.account] };
    await owning('ModifyImageSharePermission', { ...sharing, Permission: 'SHARE' });
    const { ImageSet } = (await receiving('SyncImages', {
      ImageIds: [ImageId],
      DestinationRegions: [region, region],
      ImageSetRequired: true,
    })) as Listed;
    const [saved] = idsIn({ TotalCount: 1, ImageSet }) as [string];
    await madeAvailable(saved);
    await owning('ModifyImageSharePermission', { ...sharing, Permission: 'CANCEL' });
    expect(await receiving('DescribeImages', { ImageIds: [ImageId, saved] })).toMatchObject({
      TotalCount: 1,
      ImageSet: [{ ImageId: saved, ImageType: 'PRIVATE_IMAGE', ImageState: 'NORMAL' }],
    });
    await receiving('ModifyImageAttribute', { ImageId: saved, ImageName: 'mine' });
  });

  it('tells the copies only where they are asked for', async () => {
    const ImageId = await imported(owning);
    const answer = await owning('SyncImages', { ImageIds: [ImageId], DestinationRegions: ['ap-shanghai'] });
    expect(answer).toEqual({ RequestId: expect.any(String) });
  });

  it('copies nothing with DryRun', async () => {
    const ImageName = freshId('dry-');
    const ImageId = await imported(owning);
    const parameters = { ImageIds: [ImageId], DestinationRegions: ['ap-shanghai'], ImageName, DryRun: true };
    expect(await caught(owning('SyncImages', parameters))).toEqual(exceptionWith('DryRunOperation'));
    expect(await inShanghai(owner)('DescribeImages', { Filters: [{ Name: 'image-name', Values: [ImageName] }] })).toMatchObject({
      TotalCount: 0,
    });
  });

  it.each<[string, object, string]>([
    ['its own region, for an own image', { DestinationRegions: [region] }, 'InvalidParameterValue.InvalidImageId'],
    ['its own region beside others', { DestinationRegions: [region, 'ap-shanghai'] }, 'InvalidParameterValue.InvalidRegion'],
    ['a region of another cloud', { DestinationRegions: ['ap-shanghai', 'cn-hangzhou'] }, 'InvalidRegion.NotFound'],
    [
      'two images',
      { ImageIds: ['img-00000000', 'img-00000001'], DestinationRegions: ['ap-shanghai'] },
      'InvalidImageId.TooLarge',
    ],
    [
      'an image that is not there',
      { ImageIds: ['img-00000000'], DestinationRegions: ['ap-shanghai'] },
      'InvalidImageId.NotFound',
    ],
    ['encryption', { DestinationRegions: ['ap-shanghai'], Encrypt: true }, 'UnsupportedOperation.SyncEncryptImageNotSupport'],
    ['no region', {}, 'MissingParameter'],
  ])('refuses %s, and copies nothing', async (_, change, code) => {
    const ImageName = freshId('copy-');
    const ImageId = await imported(owning);
    expect(await caught(owning('SyncImages', { ImageIds: [ImageId], ImageName, ...change }))).toEqual(exceptionWith(code));
    const byName = { Filters: [{ Name: 'image-name', Values: [ImageName] }] };
    expect(await owning('DescribeImages', byName)).toMatchObject({ TotalCount: 0 });
    expect(await inShanghai(owner)('DescribeImages', byName)).toMatchObject({ TotalCount: 0 });
  });
});

describe('ModifyImageSharePermission', () => {
  const sharing = (ImageId: string, ...AccountIds: readonly string[]) => ({ ImageId, AccountIds, Permission: 'SHARE' });

  it('shares with all accounts that it names or with none', async () => {
    const ImageId = await imported(owning);
    for (const [account, code] of [
      ['100999999999', 'InvalidAccountId.NotFound'],
      ['no account', 'InvalidAccountId.NotFound'],
      [owner.account, 'InvalidAccountIs.YourSelf'],
    ] as const) {
      expect(await caught(owning('ModifyImageSharePermission', sharing(ImageId, recipient.account, account)))).toEqual(
        exceptionWith(code),
      );
    }
    expect(await owning('DescribeImageSharePermission', { ImageId })).toMatchObject({ SharePermissionSet: [] });
  });

  it('shares again and cancels what is not shared, without harm', async () => {
    const ImageId = await imported(owning);
    await owning('ModifyImageSharePermission', { ...sharing(ImageId, recipient.account), Permission: 'CANCEL' });
    await owning('ModifyImageSharePermission', sharing(ImageId, recipient.account, recipient.account));
    await owning('ModifyImageSharePermission', sharing(ImageId, recipient.account));
    expect(await owning('DescribeImageSharePermission', { ImageId })).toMatchObject({
      SharePermissionSet: [{ AccountId: recipient.account }],
    });
  });

  it('refuses images with data disks and encrypted ones by codes of their own', async () => {
    const whole = await anImageOf(owner, region, { disks: [{ sizeGiB: 10 }] });
    const encrypted = await anImageOf(owner, region, { encryption: 'customer' });
    expect(await caught(owning('ModifyImageSharePermission', sharing(whole.imageId, recipient.account)))).toEqual(
      exceptionWith('InvalidParameter.InstanceImageNotSupport'),
    );
    expect(await caught(owning('ModifyImageSharePermission', sharing(encrypted.imageId, recipient.account)))).toEqual(
      exceptionWith('UnsupportedOperation.EncryptedImagesNotSupported'),
    );
  });

  it('takes ids of accounts that are numbers', async () => {
    const ImageId = await imported(owning);
    const call = owning('ModifyImageSharePermission', { ImageId, AccountIds: [100_999_999_999], Permission: 'SHARE' });
    expect((await caught(call)).message).toContain('100999999999');
  });

  it.each<[string, object, string]>([
    ['no accounts', { AccountIds: undefined }, 'MissingParameter'],
    ['an empty list of accounts', { AccountIds: [] }, 'InvalidParameterValue'],
    [
      'more accounts than one call takes',
      { AccountIds: Array.from({ length: 51 }, (_, at) => `${at}`) },
      'InvalidParameterValue.LimitExceeded',
    ],
    ['another permission', { Permission: 'share' }, 'InvalidParameterValue'],
    ['an image that is not there', { ImageId: 'img-00000000' }, 'InvalidImageId.NotFound'],
    ['an image id that is none', { ImageId: 'img-1' }, 'InvalidImageId.Malformed'],
  ])('refuses %s', async (_, change, code) => {
    const parameters = { ...sharing('img-00000000', recipient.account), ...change };
    expect(await caught(owning('ModifyImageSharePermission', parameters))).toEqual(exceptionWith(code));
  });
});

describe('DescribeImageQuota', () => {
  it('tells how many images an account may have in a region', async () => {
    expect(await owning('DescribeImageQuota')).toEqual({ ImageNumQuota: 500, RequestId: expect.any(String) });
    expect(await caught(cvmCalls(owner.key, { region: 'cn-hangzhou' })('DescribeImageQuota'))).toEqual(
      exceptionWith('UnsupportedRegion'),
    );
  });
});
