import { reportImageState } from '../../../functions/report-image-state.ts';
import { exceptionOf, exceptionWith, type ImageList, idsIn, importImage, region } from '../../sdk/tencent/calls.ts';
import { compute } from '../../support/api.ts';
import { freshId } from '../../support/client.ts';
import { cvmCalls, freshPrincipals, type Principal } from './cvm-client.ts';

let owner: Principal;
let recipient: Principal;
beforeAll(async () => {
  [owner, recipient] = (await freshPrincipals(2)) as [Principal, Principal];
});

const makeAvailable = (imageId: string, inRegion = region) =>
  compute().ok(reportImageState, { region: inRegion, imageId, state: 'available' });

describe('SyncImages', () => {
  const inShanghai = (principal: Principal) => cvmCalls(principal.key, { region: 'ap-shanghai' });

  it('copies an owned image to another region, where it can be shared once it is available', async () => {
    const ImageId = await importImage(owner.cvm);
    const { ImageSet } = (await owner.cvm('SyncImages', {
      ImageIds: [ImageId],
      DestinationRegions: ['ap-shanghai'],
      ImageName: 'copy',
      ImageSetRequired: true,
    })) as ImageList;
    expect(ImageSet).toEqual([{ ImageId: expect.stringMatching(/^img-[a-z0-9]{8}$/), Region: 'ap-shanghai' }]);
    const [copy] = idsIn({ ImageSet }) as [string];
    const sharing = { ImageId: copy, AccountIds: [recipient.account], Permission: 'SHARE' };
    expect(await exceptionOf(inShanghai(owner)('ModifyImageSharePermission', sharing))).toEqual(
      exceptionWith('InvalidParameterValue.InvalidImageState'),
    );
    await makeAvailable(copy, 'ap-shanghai');
    await inShanghai(owner)('ModifyImageSharePermission', sharing);
    expect(await inShanghai(recipient)('DescribeImages', { ImageIds: [copy] })).toMatchObject({
      ImageSet: [{ ImageName: 'copy', ImageType: 'SHARED_IMAGE', ImageState: 'NORMAL' }],
    });
  });

  it("saves a shared image in its region as the recipient's own, which outlives the share", async () => {
    const ImageId = await importImage(owner.cvm);
    const sharing = { ImageId, AccountIds: [recipient.account] };
    await owner.cvm('ModifyImageSharePermission', { ...sharing, Permission: 'SHARE' });
    const { ImageSet } = (await recipient.cvm('SyncImages', {
      ImageIds: [ImageId],
      DestinationRegions: [region, region],
      ImageSetRequired: true,
    })) as ImageList;
    const [saved] = idsIn({ ImageSet }) as [string];
    await makeAvailable(saved);
    await owner.cvm('ModifyImageSharePermission', { ...sharing, Permission: 'CANCEL' });
    expect(await recipient.cvm('DescribeImages', { ImageIds: [ImageId, saved] })).toMatchObject({
      TotalCount: 1,
      ImageSet: [{ ImageId: saved, ImageType: 'PRIVATE_IMAGE', ImageState: 'NORMAL' }],
    });
    await recipient.cvm('ModifyImageAttribute', { ImageId: saved, ImageName: 'mine' });
  });

  it('returns the copies only on request', async () => {
    const ImageId = await importImage(owner.cvm);
    const response = await owner.cvm('SyncImages', { ImageIds: [ImageId], DestinationRegions: ['ap-shanghai'] });
    expect(response).toEqual({ ImageSet: [], RequestId: expect.any(String) });
  });

  it('copies nothing with DryRun', async () => {
    const ImageName = freshId('dry-');
    const ImageId = await importImage(owner.cvm);
    const parameters = { ImageIds: [ImageId], DestinationRegions: ['ap-shanghai'], ImageName, DryRun: true };
    expect(await owner.cvm('SyncImages', parameters)).toEqual({ ImageSet: [], RequestId: expect.any(String) });
    expect(await inShanghai(owner)('DescribeImages', { Filters: [{ Name: 'image-name', Values: [ImageName] }] })).toMatchObject({
      TotalCount: 0,
    });
  });

  it.each<[string, object, string]>([
    ["an owned image's own region", { DestinationRegions: [region] }, 'InvalidParameterValue.InvalidImageId'],
    [
      'its own region together with others',
      { DestinationRegions: [region, 'ap-shanghai'] },
      'InvalidParameterValue.InvalidRegion',
    ],
    ['a region of another cloud', { DestinationRegions: ['ap-shanghai', 'cn-hangzhou'] }, 'InvalidRegion.NotFound'],
    [
      'two images',
      { ImageIds: ['img-00000000', 'img-00000001'], DestinationRegions: ['ap-shanghai'] },
      'InvalidImageId.TooLarge',
    ],
    ['a missing image', { ImageIds: ['img-00000000'], DestinationRegions: ['ap-shanghai'] }, 'InvalidImageId.NotFound'],
    ['encryption', { DestinationRegions: ['ap-shanghai'], Encrypt: true }, 'UnsupportedOperation.SyncEncryptImageNotSupport'],
    ['no region', {}, 'MissingParameter'],
  ])('refuses %s, and copies nothing', async (_, change, code) => {
    const ImageName = freshId('copy-');
    const ImageId = await importImage(owner.cvm);
    expect(await exceptionOf(owner.cvm('SyncImages', { ImageIds: [ImageId], ImageName, ...change }))).toEqual(
      exceptionWith(code),
    );
    const byName = { Filters: [{ Name: 'image-name', Values: [ImageName] }] };
    expect(await owner.cvm('DescribeImages', byName)).toMatchObject({ TotalCount: 0 });
    expect(await inShanghai(owner)('DescribeImages', byName)).toMatchObject({ TotalCount: 0 });
  });
});
