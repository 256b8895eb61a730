import { reportImageState } from '../../../functions/report-image-state.ts';
import { freshId } from '../../support/client.ts';
import { compute } from '../../support/in-process.ts';
import { type ImageList, idsIn, importImage, region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let owner: Caller;
let recipient: Caller;
beforeAll(async () => {
  [owner, recipient] = await Promise.all([freshCaller(), freshCaller()]);
});

const makeAvailable = (imageId: string, inRegion = region) =>
  compute().ok(reportImageState, { region: inRegion, imageId, state: 'available' });

describe('SyncImages', () => {
  const inShanghai = (caller: Caller) => (action: string, parameters: object) =>
    caller.call(action, parameters, { region: 'ap-shanghai' });

  it('copies an owned image to another region, where it can be shared once it is available', async () => {
    const ImageId = await importImage(owner.call);
    const { ImageSet } = (await owner.call('SyncImages', {
      ImageIds: [ImageId],
      DestinationRegions: ['ap-shanghai'],
      ImageName: 'copy',
      KmsKeyId: '',
      ImageSetRequired: true,
    })) as unknown as ImageList;
    expect(ImageSet).toEqual([{ ImageId: expect.stringMatching(/^img-[a-z0-9]{8}$/), Region: 'ap-shanghai' }]);
    const [copy] = idsIn({ ImageSet }) as [string];
    const sharing = { ImageId: copy, AccountIds: [recipient.account], Permission: 'SHARE' };
    expect((await inShanghai(owner)('ModifyImageSharePermission', sharing)).Error?.Code).toBe(
      'InvalidParameterValue.InvalidImageState',
    );
    await makeAvailable(copy, 'ap-shanghai');
    await inShanghai(owner)('ModifyImageSharePermission', sharing);
    expect(await inShanghai(recipient)('DescribeImages', { ImageIds: [copy] })).toMatchObject({
      ImageSet: [{ ImageName: 'copy', ImageType: 'SHARED_IMAGE', ImageState: 'NORMAL' }],
    });
  });

  it("saves a shared image in its region as the recipient's own, which outlives the share", async () => {
    const ImageId = await importImage(owner.call);
    const sharing = { ImageId, AccountIds: [recipient.account] };
    await owner.call('ModifyImageSharePermission', { ...sharing, Permission: 'SHARE' });
    const { ImageSet } = (await recipient.call('SyncImages', {
      ImageIds: [ImageId],
      DestinationRegions: [region, region],
      ImageName: 'saved',
      ImageSetRequired: true,
    })) as unknown as ImageList;
    const [saved] = idsIn({ ImageSet }) as [string];
    await makeAvailable(saved);
    await owner.call('ModifyImageSharePermission', { ...sharing, Permission: 'CANCEL' });
    expect(await recipient.call('DescribeImages', { ImageIds: [ImageId, saved] })).toMatchObject({
      TotalCount: 1,
      ImageSet: [{ ImageId: saved, ImageName: 'saved', ImageType: 'PRIVATE_IMAGE', ImageState: 'NORMAL' }],
    });
    const renamed = await recipient.call('ModifyImageAttribute', { ImageId: saved, ImageName: 'mine' });
    expect(renamed.Error).toBeUndefined();
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
    const ImageId = await importImage(owner.call);
    expect((await owner.call('SyncImages', { ImageIds: [ImageId], ImageName, ...change })).Error?.Code).toBe(code);
    const byName = { Filters: [{ Name: 'image-name', Values: [ImageName] }] };
    expect(await owner.call('DescribeImages', byName)).toMatchObject({ TotalCount: 0 });
    expect(await inShanghai(owner)('DescribeImages', byName)).toMatchObject({ TotalCount: 0 });
  });
});
