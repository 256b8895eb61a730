import { anImageOf, share } from '../../support/client.ts';
import { importImage, region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let owner: Caller;
let recipient: Caller;
let other: Caller;
beforeAll(async () => {
  [owner, recipient, other] = await Promise.all([freshCaller(), freshCaller(), freshCaller()]);
});

/** Imports an image with the HTTP API and returns its blueprint id. */
async function aBlueprint(fields: object = {}): Promise<string> {
  const { imageId } = await anImageOf(owner, region, { product: 'lightweight', os: 'Ubuntu 24.04', ...fields });
  return imageId.replace(/^img-/, 'lhbp-');
}

const byId = (BlueprintId: string) => ({ BlueprintIds: [BlueprintId] });
const withAccounts = (BlueprintId: string, ...AccountIds: readonly string[]) => ({ BlueprintId, AccountIds });
const onLighthouse = (caller: Caller, action: string, parameters: object) =>
  caller.call(action, parameters, { product: 'lighthouse' });

describe('a blueprint', () => {
  it('lists the accounts of several blueprints, with filters and pages', async () => {
    const [first, second] = [await aBlueprint(), await aBlueprint()];
    const [account1 = '', account2 = ''] = [recipient.account, other.account].sort();
    await onLighthouse(owner, 'ShareBlueprintAcrossAccounts', withAccounts(first, account1));
    await share(owner, { region, imageId: first.replace(/^lhbp-/, 'img-') }, [account2]);
    await onLighthouse(owner, 'ShareBlueprintAcrossAccounts', withAccounts(second, account1));
    expect(await onLighthouse(owner, 'DescribeBlueprints', byId(first))).toMatchObject({
      BlueprintSet: [{ BlueprintShared: true }],
    });
    const list = (parameters: object) =>
      onLighthouse(owner, 'DescribeBlueprintsShareAcrossAccountInfos', { BlueprintIds: [first, second, first], ...parameters });
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

  it.each([
    ['blueprint-type', ['APP_OS', 'DOCKER', 'GAME_PORTAL']],
    ['blueprint-state', ['OFFLINE', 'SYNCING_FAILED', 'ISOLATING', 'ISOLATED', 'DELETING', 'DESTROYING']],
  ])('has none of the other values of %s that the cloud documents', async (Name, Values) => {
    expect(await onLighthouse(owner, 'DescribeBlueprints', { Filters: [{ Name, Values }] })).toMatchObject({ TotalCount: 0 });
  });

  it('refuses owner-only operations for the recipient', async () => {
    const BlueprintId = await aBlueprint();
    await onLighthouse(owner, 'ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, recipient.account));
    for (const [action, parameters, code] of [
      ['ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, other.account), 'ResourceNotFound.PrivateBlueprintNotFound'],
      [
        'CancelShareBlueprintAcrossAccounts',
        withAccounts(BlueprintId, recipient.account),
        'ResourceNotFound.PrivateBlueprintNotFound',
      ],
      ['DescribeBlueprintsShareAcrossAccountInfos', byId(BlueprintId), 'ResourceNotFound.PrivateBlueprintNotFound'],
      ['ModifyBlueprintAttribute', { BlueprintId, BlueprintName: 'mine' }, 'UnsupportedOperation.NotSupportSharedBlueprint'],
      ['DeleteBlueprints', byId(BlueprintId), 'UnsupportedOperation.NotSupportSharedBlueprint'],
    ] as const) {
      expect((await onLighthouse(recipient, action, parameters)).Error?.Code).toBe(code);
    }
    expect(await onLighthouse(recipient, 'DescribeBlueprints', byId(BlueprintId))).toMatchObject({
      BlueprintSet: [{ BlueprintName: 'web' }],
    });
  });

  it('refuses invalid recipients', async () => {
    const BlueprintId = await aBlueprint();
    const refused = async (...ids: readonly string[]) =>
      (await onLighthouse(owner, 'ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, ...ids))).Error?.Code;
    expect(await refused('100999999999')).toBe('InvalidParameterValue.AccountIdsNotExist');
    expect(await refused('no account')).toBe('InvalidParameterValue.AccountIdsNotExist');
    expect(await refused(owner.account)).toBe('InvalidParameterValue.AccountIdSameWithUin');
  });

  it('deletes several blueprints, or none if one of them cannot be deleted', async () => {
    const [shared, unshared] = [await aBlueprint(), await aBlueprint()];
    await onLighthouse(owner, 'ShareBlueprintAcrossAccounts', withAccounts(shared, recipient.account));
    expect((await onLighthouse(owner, 'DeleteBlueprints', { BlueprintIds: [unshared, shared] })).Error?.Code).toBe(
      'UnsupportedOperation.BlueprintOccupied',
    );
    expect(await onLighthouse(owner, 'DescribeBlueprints', { BlueprintIds: [unshared, shared] })).toMatchObject({
      TotalCount: 2,
    });
  });

  it('changes only the description, and deletes several blueprints', async () => {
    const [first, second] = [await aBlueprint({ name: 'blog' }), await aBlueprint()];
    await onLighthouse(owner, 'ModifyBlueprintAttribute', { BlueprintId: first, Description: 'a blog' });
    expect(await onLighthouse(owner, 'DescribeBlueprints', byId(first))).toMatchObject({
      BlueprintSet: [{ BlueprintName: 'blog', Description: 'a blog' }],
    });
    await onLighthouse(owner, 'DeleteBlueprints', { BlueprintIds: [first, second, first] });
    expect(await onLighthouse(owner, 'DescribeBlueprints', { BlueprintIds: [first, second] })).toMatchObject({ TotalCount: 0 });
  });

  it('changes the name and description of a blueprint', async () => {
    const BlueprintId = await aBlueprint();
    await onLighthouse(owner, 'ModifyBlueprintAttribute', { BlueprintId, BlueprintName: 'shop', Description: 'a shop' });
    expect(
      await onLighthouse(owner, 'DescribeBlueprints', { Filters: [{ Name: 'blueprint-id', Values: [BlueprintId] }] }),
    ).toMatchObject({
      BlueprintSet: [{ BlueprintName: 'shop', DisplayTitle: 'shop', Description: 'a shop' }],
    });
    expect((await onLighthouse(owner, 'ModifyBlueprintAttribute', { BlueprintId })).Error?.Code).toBe(
      'InvalidParameter.MustSpecifyOneAttributeToModify',
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
      'both ids and filters of CVM images',
      'DescribeImagesToShare',
      { ImageIds: ['img-6jc6l8yb'], Filters: [{ Name: 'image-type', Values: ['PRIVATE_IMAGE'] }] },
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
    expect((await onLighthouse(owner, action, parameters)).Error?.Code).toBe(code);
  });
});

describe('a CVM image in Lighthouse', () => {
  it('is a blueprint while its owner shares it with Lighthouse', async () => {
    const ImageId = await importImage(owner.call);
    const BlueprintId = ImageId.replace(/^img-/, 'lhbp-');
    const describeImageToShare = () => onLighthouse(owner, 'DescribeImagesToShare', { ImageIds: [ImageId] });
    expect(await onLighthouse(owner, 'DescribeBlueprints', byId(BlueprintId))).toMatchObject({ TotalCount: 0 });
    expect(
      (await onLighthouse(owner, 'ShareBlueprintAcrossAccounts', withAccounts(BlueprintId, recipient.account))).Error?.Code,
    ).toBe('ResourceNotFound.BlueprintIdNotFound');
    expect(await describeImageToShare()).toMatchObject({
      TotalCount: 1,
      ImageSet: [{ ImageId, ImageClass: 'SystemImage', ImageState: 'NORMAL', IsShareable: true, UnshareableReason: '' }],
    });

    expect(await onLighthouse(owner, 'ModifyImageSharePermission', { ImageId, Permission: 'SHARE' })).toMatchObject({
      BlueprintId,
    });
    expect(await onLighthouse(owner, 'DescribeBlueprints', byId(BlueprintId))).toMatchObject({
      BlueprintSet: [{ BlueprintId, ImageId }],
    });
    expect(await describeImageToShare()).toMatchObject({
      ImageSet: [{ IsShareable: false, UnshareableReason: expect.stringMatching(/already/) }],
    });

    expect(await onLighthouse(owner, 'ModifyImageSharePermission', { ImageId, Permission: 'CANCEL' })).toMatchObject({
      BlueprintId: null,
    });
    expect(await onLighthouse(owner, 'DescribeBlueprints', byId(BlueprintId))).toMatchObject({ TotalCount: 0 });
    expect(await owner.call('DescribeImages', { ImageIds: [ImageId] })).toMatchObject({ TotalCount: 1 });
  });

  it('can be shared with Lighthouse only by its owner', async () => {
    const ImageId = await importImage(owner.call);
    const sharing = { ImageId, Permission: 'SHARE' };
    expect((await onLighthouse(recipient, 'ModifyImageSharePermission', sharing)).Error?.Code).toBe(
      'ResourceNotFound.ImageIdNotFound',
    );
    await owner.call('ModifyImageSharePermission', { ImageId, AccountIds: [recipient.account], Permission: 'SHARE' });
    expect((await onLighthouse(recipient, 'ModifyImageSharePermission', sharing)).Error?.Code).toBe(
      'UnsupportedOperation.ImageUnableToShare',
    );
    expect(
      await onLighthouse(recipient, 'DescribeImagesToShare', { Filters: [{ Name: 'image-id', Values: [ImageId] }] }),
    ).toMatchObject({
      TotalCount: 1,
      ImageSet: [{ ImageId, IsShareable: false }],
    });
  });

  it('does not exist for a blueprint that only Lighthouse supports', async () => {
    const BlueprintId = await aBlueprint();
    const ImageId = BlueprintId.replace(/^lhbp-/, 'img-');
    expect(await owner.call('DescribeImages', { ImageIds: [ImageId] })).toMatchObject({ TotalCount: 0 });
    expect((await owner.call('RunInstances', { ImageId })).Error?.Code).toBe(
      'InvalidParameterValue.InvalidImageForGivenInstanceType',
    );
    expect((await onLighthouse(owner, 'ModifyImageSharePermission', { ImageId, Permission: 'CANCEL' })).Error?.Code).toBe(
      'ResourceNotFound.ImageIdNotFound',
    );
  });
});
