import { listImageShares } from '../../../functions/list-image-shares.ts';
import { listImages } from '../../../functions/list-images.ts';
import { type Call, exceptionOf, exceptionWith, importImage, region } from '../../sdk/tencent/calls.ts';
import { freshMembers } from '../../support/api.ts';
import { anImageOf, type Member, share } from '../../support/client.ts';
import { cvmCalls, freshPrincipals, type Principal } from './cvm-client.ts';
import { lighthouseCalls } from './lighthouse-client.ts';

let owner: Principal;
let recipient: Principal;
let others: readonly Member[];
let callAsOwner: Call;
let callAsRecipient: Call;
beforeAll(async () => {
  [owner, recipient] = (await freshPrincipals(2)) as [Principal, Principal];
  others = await freshMembers(51);
  callAsOwner = lighthouseCalls(owner.key);
  callAsRecipient = lighthouseCalls(recipient.key);
});

/** Imports an image with the HTTP API and returns its blueprint id. */
async function aBlueprint(fields: object = {}): Promise<string> {
  const { imageId } = await anImageOf(owner, region, { product: 'lightweight', os: 'Ubuntu 24.04', ...fields });
  return imageId.replace(/^img-/, 'lhbp-');
}

const byId = (BlueprintId: string) => ({ BlueprintIds: [BlueprintId] });
const withAccounts = (BlueprintId: string, ...AccountIds: readonly string[]) => ({ BlueprintId, AccountIds });
const accounts = (count: number): string[] => [recipient, ...others].slice(0, count).map(({ account }) => account);

describe('Lighthouse with the CommonClient of tencentcloud-sdk-nodejs-common', () => {
  it('shows an image of the lightweight product as a private blueprint', async () => {
    const BlueprintId = await aBlueprint({ name: 'blog', description: 'a blog' });
    expect(await callAsOwner('DescribeBlueprints', byId(BlueprintId))).toEqual({
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
          ImageId: '',
        }),
      ],
      RequestId: expect.any(String),
    });
  });

  it('shares a blueprint, which the recipient then sees as shared, in the HTTP API too', async () => {
    const BlueprintId = await aBlueprint();
    await callAsOwner('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, recipient.account));
    expect(
      await callAsRecipient('DescribeBlueprints', { Filters: [{ Name: 'blueprint-type', Values: ['SHARED'] }], Limit: 100 }),
    ).toMatchObject({
      BlueprintSet: expect.arrayContaining([
        expect.objectContaining({ BlueprintId, BlueprintType: 'SHARED', BlueprintShared: false }),
      ]),
    });
    expect(await callAsOwner('DescribeBlueprints', byId(BlueprintId))).toMatchObject({
      BlueprintSet: [{ BlueprintShared: true }],
    });
    const imageId = BlueprintId.replace(/^lhbp-/, 'img-');
    const { shares } = await owner.ok(listImageShares, { region, imageId });
    expect(shares.map((share) => share.recipient)).toEqual([recipient.account]);
    const { images } = await recipient.ok(listImages, { region, scope: 'shared', limit: 100 });
    expect(images.map((image) => image.imageId)).toContain(imageId);
  });

  it('lists the accounts of several blueprints, with filters and pages', async () => {
    const [first, second] = [await aBlueprint(), await aBlueprint()];
    const [account1, account2] = accounts(2) as [string, string];
    await callAsOwner('ShareBlueprintAcrossAccounts', withAccounts(first, account1));
    await share(owner, { region, imageId: first.replace(/^lhbp-/, 'img-') }, [account2]);
    await callAsOwner('ShareBlueprintAcrossAccounts', withAccounts(second, account1));
    const list = (parameters: object) =>
      callAsOwner('DescribeBlueprintsShareAcrossAccountInfos', { BlueprintIds: [first, second, first], ...parameters });
    const info = (BlueprintId: string, AccountId: string) => ({
      BlueprintId,
      AccountId,
      CreatedTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    const all = [info(first, account1), info(first, account2), info(second, account1)];
    expect(await list({})).toMatchObject({ TotalCount: 3, BlueprintShareAcrossAccountInfoSet: all });
    expect(await list({ Filters: [{ Name: 'account-id', Values: [account1] }] })).toMatchObject({
      TotalCount: 2,
      BlueprintShareAcrossAccountInfoSet: [all[0], all[2]],
    });
    expect(await list({ Offset: 1, Limit: 1 })).toMatchObject({ TotalCount: 3, BlueprintShareAcrossAccountInfoSet: [all[1]] });
  });

  it('refuses owner-only operations for the recipient', async () => {
    const BlueprintId = await aBlueprint();
    const [, other] = accounts(2) as [string, string];
    await callAsOwner('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, recipient.account));
    for (const [action, parameters, code] of [
      ['ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, other), 'ResourceNotFound.PrivateBlueprintNotFound'],
      [
        'CancelShareBlueprintAcrossAccounts',
        withAccounts(BlueprintId, recipient.account),
        'ResourceNotFound.PrivateBlueprintNotFound',
      ],
      ['DescribeBlueprintsShareAcrossAccountInfos', byId(BlueprintId), 'ResourceNotFound.PrivateBlueprintNotFound'],
      ['ModifyBlueprintAttribute', { BlueprintId, BlueprintName: 'mine' }, 'UnsupportedOperation.NotSupportSharedBlueprint'],
      ['DeleteBlueprints', byId(BlueprintId), 'UnsupportedOperation.NotSupportSharedBlueprint'],
    ] as const) {
      expect(await exceptionOf(callAsRecipient(action, parameters))).toEqual(exceptionWith(code));
    }
    expect(await callAsRecipient('DescribeBlueprints', byId(BlueprintId))).toMatchObject({
      BlueprintSet: [{ BlueprintName: 'web' }],
    });
  });

  it('refuses the 51st account, and then shares with none of the call', async () => {
    const BlueprintId = await aBlueprint();
    const all = accounts(51);
    for (let start = 0; start < 49; start += 10) {
      await callAsOwner('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, ...all.slice(start, Math.min(start + 10, 49))));
    }
    expect(await exceptionOf(callAsOwner('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, ...all.slice(49))))).toEqual(
      exceptionWith('LimitExceeded.ShareBlueprintAcrossAccountQuotaLimitExceeded'),
    );
    expect(await callAsOwner('DescribeBlueprintsShareAcrossAccountInfos', byId(BlueprintId))).toMatchObject({ TotalCount: 49 });
  });

  it('refuses invalid recipients, and more than ten accounts', async () => {
    const BlueprintId = await aBlueprint();
    const refused = (...ids: readonly string[]) =>
      exceptionOf(callAsOwner('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, ...ids)));
    expect(await refused('100999999999')).toEqual(exceptionWith('InvalidParameterValue.AccountIdsNotExist'));
    expect(await refused('no account')).toEqual(exceptionWith('InvalidParameterValue.AccountIdsNotExist'));
    expect(await refused(owner.account)).toEqual(exceptionWith('InvalidParameterValue.AccountIdSameWithUin'));
    expect(await refused(...accounts(11))).toEqual(exceptionWith('InvalidParameterValue.LimitExceeded'));
  });

  it('refuses to delete a blueprint while it is shared, and deletes it after its shares are cancelled', async () => {
    const BlueprintId = await aBlueprint();
    await callAsOwner('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, recipient.account));
    expect(await exceptionOf(callAsOwner('DeleteBlueprints', byId(BlueprintId)))).toEqual(
      exceptionWith('UnsupportedOperation.BlueprintOccupied'),
    );
    await callAsOwner('CancelShareBlueprintAcrossAccounts', withAccounts(BlueprintId, recipient.account));
    expect(await callAsRecipient('DescribeBlueprints', byId(BlueprintId))).toMatchObject({ TotalCount: 0, BlueprintSet: [] });
    await callAsOwner('DeleteBlueprints', byId(BlueprintId));
    expect(await callAsOwner('DescribeBlueprints', byId(BlueprintId))).toMatchObject({ TotalCount: 0 });
    expect(await exceptionOf(callAsOwner('DeleteBlueprints', byId(BlueprintId)))).toEqual(
      exceptionWith('ResourceNotFound.BlueprintIdNotFound'),
    );
  });

  it('deletes several blueprints, or none if one of them cannot be deleted', async () => {
    const [shared, unshared] = [await aBlueprint(), await aBlueprint()];
    await callAsOwner('ShareBlueprintAcrossAccounts', withAccounts(shared, recipient.account));
    expect(await exceptionOf(callAsOwner('DeleteBlueprints', { BlueprintIds: [unshared, shared] }))).toEqual(
      exceptionWith('UnsupportedOperation.BlueprintOccupied'),
    );
    expect(await callAsOwner('DescribeBlueprints', { BlueprintIds: [unshared, shared] })).toMatchObject({ TotalCount: 2 });
  });

  it('changes the name and description of a blueprint', async () => {
    const BlueprintId = await aBlueprint();
    await callAsOwner('ModifyBlueprintAttribute', { BlueprintId, BlueprintName: 'shop', Description: 'a shop' });
    expect(await callAsOwner('DescribeBlueprints', { Filters: [{ Name: 'blueprint-id', Values: [BlueprintId] }] })).toMatchObject(
      {
        BlueprintSet: [{ BlueprintName: 'shop', DisplayTitle: 'shop', Description: 'a shop' }],
      },
    );
    expect(await exceptionOf(callAsOwner('ModifyBlueprintAttribute', { BlueprintId }))).toEqual(
      exceptionWith('InvalidParameter.MustSpecifyOneAttributeToModify'),
    );
  });

  it.each([
    [
      'an invalid blueprint id',
      'DescribeBlueprints',
      { BlueprintIds: ['img-6jc6l8yb'] },
      'InvalidParameterValue.BlueprintIdMalformed',
    ],
    ['a missing blueprint', 'DeleteBlueprints', { BlueprintIds: ['lhbp-00000000'] }, 'ResourceNotFound.BlueprintIdNotFound'],
    [
      'both ids and filters',
      'DescribeBlueprints',
      { BlueprintIds: ['lhbp-6jc6l8yb'], Filters: [{ Name: 'blueprint-type', Values: ['PRIVATE'] }] },
      'InvalidParameter.ParameterConflict',
    ],
    [
      'an unknown filter',
      'DescribeBlueprints',
      { Filters: [{ Name: 'color', Values: ['red'] }] },
      'InvalidParameter.InvalidFilterNotSupportedName',
    ],
    [
      'too many filter values',
      'DescribeBlueprints',
      { Filters: [{ Name: 'blueprint-id', Values: Array(101).fill('lhbp-6jc6l8yb') }] },
      'InvalidParameter.FilterValueLimitExceeded',
    ],
    ['a limit that is too large', 'DescribeBlueprints', { Limit: 101 }, 'InvalidParameterValue.OutOfRange'],
    ['a negative offset', 'DescribeBlueprints', { Offset: -1 }, 'InvalidParameterValue.Negative'],
    ['an action of CVM', 'DescribeInstances', {}, 'InvalidAction'],
    [
      'an invalid image id',
      'ModifyImageSharePermission',
      { ImageId: 'lhbp-6jc6l8yb', Permission: 'SHARE' },
      'InvalidParameterValue.InvalidImageIdMalformed',
    ],
  ])('refuses %s', async (_, action, parameters, code) => {
    expect(await exceptionOf(callAsOwner(action, parameters))).toEqual(exceptionWith(code));
  });
});

describe('a CVM image in Lighthouse', () => {
  let callCvm: Call;
  beforeAll(() => {
    callCvm = cvmCalls(owner.key);
  });

  it('is a blueprint while its owner shares it with Lighthouse', async () => {
    const ImageId = await importImage(callCvm);
    const BlueprintId = ImageId.replace(/^img-/, 'lhbp-');
    const describeImageToShare = () => callAsOwner('DescribeImagesToShare', { ImageIds: [ImageId] });
    expect(await callAsOwner('DescribeBlueprints', byId(BlueprintId))).toMatchObject({ TotalCount: 0 });
    expect(await exceptionOf(callAsOwner('ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, recipient.account)))).toEqual(
      exceptionWith('ResourceNotFound.BlueprintIdNotFound'),
    );
    expect(await describeImageToShare()).toMatchObject({
      TotalCount: 1,
      ImageSet: [{ ImageId, ImageClass: 'SystemImage', ImageState: 'NORMAL', IsShareable: true, UnshareableReason: '' }],
    });

    expect(await callAsOwner('ModifyImageSharePermission', { ImageId, Permission: 'SHARE' })).toMatchObject({ BlueprintId });
    expect(await callAsOwner('DescribeBlueprints', byId(BlueprintId))).toMatchObject({
      BlueprintSet: [{ BlueprintId, ImageId }],
    });
    expect(await describeImageToShare()).toMatchObject({
      ImageSet: [{ IsShareable: false, UnshareableReason: expect.stringMatching(/already/) }],
    });

    expect(await callAsOwner('ModifyImageSharePermission', { ImageId, Permission: 'CANCEL' })).toMatchObject({
      BlueprintId: null,
    });
    expect(await callAsOwner('DescribeBlueprints', byId(BlueprintId))).toMatchObject({ TotalCount: 0 });
    expect(await callCvm('DescribeImages', { ImageIds: [ImageId] })).toMatchObject({ TotalCount: 1 });
  });

  it('can be shared with Lighthouse only by its owner', async () => {
    const ImageId = await importImage(callCvm);
    const sharing = { ImageId, Permission: 'SHARE' };
    expect(await exceptionOf(callAsRecipient('ModifyImageSharePermission', sharing))).toEqual(
      exceptionWith('ResourceNotFound.ImageIdNotFound'),
    );
    await callCvm('ModifyImageSharePermission', { ImageId, AccountIds: [recipient.account], Permission: 'SHARE' });
    expect(await exceptionOf(callAsRecipient('ModifyImageSharePermission', sharing))).toEqual(
      exceptionWith('UnsupportedOperation.ImageUnableToShare'),
    );
    expect(await callAsRecipient('DescribeImagesToShare', { Filters: [{ Name: 'image-id', Values: [ImageId] }] })).toMatchObject({
      TotalCount: 1,
      ImageSet: [{ ImageId, IsShareable: false }],
    });
  });

  it('does not exist for a blueprint that only Lighthouse supports', async () => {
    const BlueprintId = await aBlueprint();
    const ImageId = BlueprintId.replace(/^lhbp-/, 'img-');
    expect(await callCvm('DescribeImages', { ImageIds: [ImageId] })).toMatchObject({ TotalCount: 0 });
    expect(await exceptionOf(callCvm('RunInstances', { ImageId }))).toEqual(
      exceptionWith('InvalidParameterValue.InvalidImageForGivenInstanceType'),
    );
    expect(await exceptionOf(callAsOwner('ModifyImageSharePermission', { ImageId, Permission: 'CANCEL' }))).toEqual(
      exceptionWith('ResourceNotFound.ImageIdNotFound'),
    );
  });
});
