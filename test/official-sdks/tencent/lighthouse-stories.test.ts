import { listImageShares } from '../../../functions/list-image-shares.ts';
import { listImages } from '../../../functions/list-images.ts';
import { type Call, caught, exceptionWith, imported, region } from '../../sdk/tencent/calls.ts';
import { freshMembers } from '../../support/api.ts';
import { anImageOf, type Member, share } from '../../support/client.ts';
import { cvmCalls, freshPrincipals, type Principal } from './cvm-client.ts';
import { lighthouseCalls } from './lighthouse-client.ts';

let owner: Principal;
let recipient: Principal;
let others: readonly Member[];
let owning: Call;
let receiving: Call;
beforeAll(async () => {
  [owner, recipient] = (await freshPrincipals(2)) as [Principal, Principal];
  others = await freshMembers(51);
  owning = lighthouseCalls(owner.key);
  receiving = lighthouseCalls(recipient.key);
});

/** The id of a blueprint that the owner imports over the HTTP API. */
async function aBlueprint(fields: object = {}): Promise<string> {
  const { imageId } = await anImageOf(owner, region, { product: 'lightweight', os: 'Ubuntu 24.04', ...fields });
  return imageId.replace(/^img-/, 'lhbp-');
}

const named = (BlueprintId: string) => ({ BlueprintIds: [BlueprintId] });
const withAccounts = (BlueprintId: string, ...AccountIds: readonly string[]) => ({ BlueprintId, AccountIds });
const accounts = (count: number): string[] => [recipient, ...others].slice(0, count).map(({ account }) => account);

describe('Lighthouse by the CommonClient of tencentcloud-sdk-nodejs-common', () => {
  it('shows an image of the lightweight product as a private blueprint', async () => {
    const BlueprintId = await aBlueprint({ name: 'blog', description: 'a blog' });
    expect(await owning('DescribeBlueprints', named(BlueprintId))).toEqual({
      TotalCount: 1,
      BlueprintSet: [
        expect.objectContaining({
          BlueprintId,
          BlueprintType: 'PRIVATE',
          BlueprintState: 'NORMAL',
          BlueprintName: 'blog',
          Description: 'a blog',
          OsName: 'Ubuntu 24.04',
          Platform: 'Ubuntu',
          PlatformType: 'LINUX_UNIX',
          RequiredSystemDiskSize: 20,
          BlueprintShared: false,
          ImageId: null,
        }),
      ],
      RequestId: expect.any(String),
    });
  });

  it('shares a blueprint, which the recipient then sees as shared, as does the HTTP API', async () => {
    const BlueprintId = await aBlueprint();
    await owning('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, recipient.account));
    expect(
      await receiving('DescribeBlueprints', { Filters: [{ Name: 'blueprint-type', Values: ['SHARED'] }], Limit: 100 }),
    ).toMatchObject({
      BlueprintSet: expect.arrayContaining([
        expect.objectContaining({ BlueprintId, BlueprintType: 'SHARED', BlueprintShared: false }),
      ]),
    });
    expect(await owning('DescribeBlueprints', named(BlueprintId))).toMatchObject({ BlueprintSet: [{ BlueprintShared: true }] });
    const imageId = BlueprintId.replace(/^lhbp-/, 'img-');
    const { shares } = await owner.ok(listImageShares, { region, imageId });
    expect(shares.map((one) => one.recipient)).toEqual([recipient.account]);
    const { images } = await recipient.ok(listImages, { region, scope: 'shared', limit: 100 });
    expect(images.map((image) => image.imageId)).toContain(imageId);
  });

  it('lists the accounts of several blueprints, filtered and cut', async () => {
    const [first, second] = [await aBlueprint(), await aBlueprint()];
    const [one, two] = accounts(2) as [string, string];
    await owning('ShareBlueprintAcrossAccounts', withAccounts(first, one));
    await share(owner, { region, imageId: first.replace(/^lhbp-/, 'img-') }, [two]);
    await owning('ShareBlueprintAcrossAccounts', withAccounts(second, one));
    const list = (more: object) =>
      owning('DescribeBlueprintsShareAcrossAccountInfos', { BlueprintIds: [first, second, first], ...more });
    const info = (BlueprintId: string, AccountId: string) => ({
      BlueprintId,
      AccountId,
      CreatedTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    const all = [info(first, one), info(first, two), info(second, one)];
    expect(await list({})).toMatchObject({ TotalCount: 3, BlueprintShareAcrossAccountInfoSet: all });
    expect(await list({ Filters: [{ Name: 'account-id', Values: [one] }] })).toMatchObject({
      TotalCount: 2,
      BlueprintShareAcrossAccountInfoSet: [all[0], all[2]],
    });
    expect(await list({ Offset: 1, Limit: 1 })).toMatchObject({ TotalCount: 3, BlueprintShareAcrossAccountInfoSet: [all[1]] });
  });

  it('refuses the recipient what only the owner may do', async () => {
    const BlueprintId = await aBlueprint();
    const [, other] = accounts(2) as [string, string];
    await owning('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, recipient.account));
    for (const [action, parameters, code] of [
      ['ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, other), 'ResourceNotFound.PrivateBlueprintNotFound'],
      [
        'CancelShareBlueprintAcrossAccounts',
        withAccounts(BlueprintId, recipient.account),
        'ResourceNotFound.PrivateBlueprintNotFound',
      ],
      ['DescribeBlueprintsShareAcrossAccountInfos', named(BlueprintId), 'ResourceNotFound.PrivateBlueprintNotFound'],
      ['ModifyBlueprintAttribute', { BlueprintId, BlueprintName: 'mine' }, 'UnsupportedOperation.NotSupportSharedBlueprint'],
      ['DeleteBlueprints', named(BlueprintId), 'UnsupportedOperation.NotSupportSharedBlueprint'],
    ] as const) {
      expect(await caught(receiving(action, parameters))).toEqual(exceptionWith(code));
    }
    expect(await receiving('DescribeBlueprints', named(BlueprintId))).toMatchObject({ BlueprintSet: [{ BlueprintName: 'web' }] });
  });

  it('refuses the 51st account, and then shares with none of those named', async () => {
    const BlueprintId = await aBlueprint();
    const all = accounts(51);
    for (let from = 0; from < 49; from += 10) {
      await owning('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, ...all.slice(from, Math.min(from + 10, 49))));
    }
    expect(await caught(owning('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, ...all.slice(49))))).toEqual(
      exceptionWith('LimitExceeded.ShareBlueprintAcrossAccountQuotaLimitExceeded'),
    );
    expect(await owning('DescribeBlueprintsShareAcrossAccountInfos', named(BlueprintId))).toMatchObject({ TotalCount: 49 });
  });

  it('refuses accounts that cannot be shared with, and more than ten of them', async () => {
    const BlueprintId = await aBlueprint();
    const refused = (...ids: readonly string[]) =>
      caught(owning('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, ...ids)));
    expect(await refused('100999999999')).toEqual(exceptionWith('InvalidParameterValue.AccountIdsNotExist'));
    expect(await refused('no account')).toEqual(exceptionWith('InvalidParameterValue.AccountIdsNotExist'));
    expect(await refused(owner.account)).toEqual(exceptionWith('InvalidParameterValue.AccountIdSameWithUin'));
    expect(await refused(...accounts(11))).toEqual(exceptionWith('InvalidParameterValue.LimitExceeded'));
  });

  it('refuses to delete a blueprint while it is shared, and deletes it after its shares are cancelled', async () => {
    const BlueprintId = await aBlueprint();
    await owning('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, recipient.account));
    expect(await caught(owning('DeleteBlueprints', named(BlueprintId)))).toEqual(
      exceptionWith('UnsupportedOperation.BlueprintOccupied'),
    );
    await owning('CancelShareBlueprintAcrossAccounts', withAccounts(BlueprintId, recipient.account));
    expect(await receiving('DescribeBlueprints', named(BlueprintId))).toMatchObject({ TotalCount: 0, BlueprintSet: [] });
    await owning('DeleteBlueprints', named(BlueprintId));
    expect(await owning('DescribeBlueprints', named(BlueprintId))).toMatchObject({ TotalCount: 0 });
    expect(await caught(owning('DeleteBlueprints', named(BlueprintId)))).toEqual(
      exceptionWith('ResourceNotFound.BlueprintIdNotFound'),
    );
  });

  it('deletes several blueprints or, where one of them cannot be, none', async () => {
    const [shared, free] = [await aBlueprint(), await aBlueprint()];
    await owning('ShareBlueprintAcrossAccounts', withAccounts(shared, recipient.account));
    expect(await caught(owning('DeleteBlueprints', { BlueprintIds: [free, shared] }))).toEqual(
      exceptionWith('UnsupportedOperation.BlueprintOccupied'),
    );
    expect(await owning('DescribeBlueprints', { BlueprintIds: [free, shared] })).toMatchObject({ TotalCount: 2 });
  });

  it('renames a blueprint and describes it anew', async () => {
    const BlueprintId = await aBlueprint();
    await owning('ModifyBlueprintAttribute', { BlueprintId, BlueprintName: 'shop', Description: 'a shop' });
    expect(await owning('DescribeBlueprints', { Filters: [{ Name: 'blueprint-id', Values: [BlueprintId] }] })).toMatchObject({
      BlueprintSet: [{ BlueprintName: 'shop', DisplayTitle: 'shop', Description: 'a shop' }],
    });
    expect(await caught(owning('ModifyBlueprintAttribute', { BlueprintId }))).toEqual(
      exceptionWith('InvalidParameter.MustSpecifyOneAttributeToModify'),
    );
  });

  it.each([
    [
      'a blueprint id that is none',
      'DescribeBlueprints',
      { BlueprintIds: ['img-6jc6l8yb'] },
      'InvalidParameterValue.BlueprintIdMalformed',
    ],
    [
      'a blueprint that is not there',
      'DeleteBlueprints',
      { BlueprintIds: ['lhbp-00000000'] },
      'ResourceNotFound.BlueprintIdNotFound',
    ],
    [
      'ids and filters at once',
      'DescribeBlueprints',
      { BlueprintIds: ['lhbp-6jc6l8yb'], Filters: [{ Name: 'blueprint-type', Values: ['PRIVATE'] }] },
      'InvalidParameter.ParameterConflict',
    ],
    [
      'a filter that is not known',
      'DescribeBlueprints',
      { Filters: [{ Name: 'colour', Values: ['red'] }] },
      'InvalidParameter.InvalidFilterNotSupportedName',
    ],
    [
      'too many values',
      'DescribeBlueprints',
      { Filters: [{ Name: 'blueprint-id', Values: Array(101).fill('lhbp-6jc6l8yb') }] },
      'InvalidParameter.FilterValueLimitExceeded',
    ],
    ['a limit that is too large', 'DescribeBlueprints', { Limit: 101 }, 'InvalidParameterValue.OutOfRange'],
    ['an offset below nothing', 'DescribeBlueprints', { Offset: -1 }, 'InvalidParameterValue.Negative'],
    ['an action of CVM', 'DescribeInstances', {}, 'InvalidAction'],
    [
      'an image id that is none',
      'ModifyImageSharePermission',
      { ImageId: 'lhbp-6jc6l8yb', Permission: 'SHARE' },
      'InvalidParameterValue.InvalidImageIdMalformed',
    ],
  ])('refuses %s', async (_, action, parameters, code) => {
    expect(await caught(owning(action, parameters))).toEqual(exceptionWith(code));
  });
});

describe('an image of CVM in Lighthouse', () => {
  let inCvm: Call;
  beforeAll(() => {
    inCvm = cvmCalls(owner.key);
  });

  it('is no blueprint until its owner shares it there, and none again after', async () => {
    const ImageId = await imported(inCvm);
    const BlueprintId = ImageId.replace(/^img-/, 'lhbp-');
    const toShare = () => owning('DescribeImagesToShare', { ImageIds: [ImageId] });
    expect(await owning('DescribeBlueprints', named(BlueprintId))).toMatchObject({ TotalCount: 0 });
    expect(await caught(owning('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, recipient.account)))).toEqual(
      exceptionWith('ResourceNotFound.BlueprintIdNotFound'),
    );
    expect(await toShare()).toMatchObject({
      TotalCount: 1,
      ImageSet: [{ ImageId, ImageClass: 'SystemImage', ImageState: 'NORMAL', IsShareable: true, UnshareableReason: '' }],
    });

    expect(await owning('ModifyImageSharePermission', { ImageId, Permission: 'SHARE' })).toMatchObject({ BlueprintId });
    expect(await owning('DescribeBlueprints', named(BlueprintId))).toMatchObject({ BlueprintSet: [{ BlueprintId, ImageId }] });
    expect(await toShare()).toMatchObject({
      ImageSet: [{ IsShareable: false, UnshareableReason: expect.stringMatching(/already/) }],
    });

    expect(await owning('ModifyImageSharePermission', { ImageId, Permission: 'CANCEL' })).toMatchObject({ BlueprintId: null });
    expect(await owning('DescribeBlueprints', named(BlueprintId))).toMatchObject({ TotalCount: 0 });
    expect(await inCvm('DescribeImages', { ImageIds: [ImageId] })).toMatchObject({ TotalCount: 1 });
  });

  it('is shared there by its owner alone', async () => {
    const ImageId = await imported(inCvm);
    const sharing = { ImageId, Permission: 'SHARE' };
    expect(await caught(receiving('ModifyImageSharePermission', sharing))).toEqual(
      exceptionWith('ResourceNotFound.ImageIdNotFound'),
    );
    await inCvm('ModifyImageSharePermission', { ImageId, AccountIds: [recipient.account], Permission: 'SHARE' });
    expect(await caught(receiving('ModifyImageSharePermission', sharing))).toEqual(
      exceptionWith('UnsupportedOperation.ImageUnableToShare'),
    );
    expect(await receiving('DescribeImagesToShare', { Filters: [{ Name: 'image-id', Values: [ImageId] }] })).toMatchObject({
      TotalCount: 1,
      ImageSet: [{ ImageId, IsShareable: false }],
    });
  });

  it('is not what a blueprint is: one of Lighthouse alone is no image of CVM', async () => {
    const BlueprintId = await aBlueprint();
    const ImageId = BlueprintId.replace(/^lhbp-/, 'img-');
    expect(await inCvm('DescribeImages', { ImageIds: [ImageId] })).toMatchObject({ TotalCount: 0 });
    expect(await caught(inCvm('RunInstances', { ImageId }))).toEqual(
      exceptionWith('InvalidParameterValue.InvalidImageForGivenInstanceType'),
    );
    expect(await caught(owning('ModifyImageSharePermission', { ImageId, Permission: 'CANCEL' }))).toEqual(
      exceptionWith('ResourceNotFound.ImageIdNotFound'),
    );
  });
});
