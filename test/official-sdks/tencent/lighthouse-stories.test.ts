import { listImageShares } from '../../../functions/list-image-shares.ts';
import { listImages } from '../../../functions/list-images.ts';
import { type Call, exceptionOf, exceptionWith, importImage, region } from '../../sdk/tencent/calls.ts';
import { freshMembers } from '../../support/api.ts';
import { anImageOf, type Member } from '../../support/client.ts';
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
});
