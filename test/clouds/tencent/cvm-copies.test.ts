import { reportImageState } from '../../../functions/report-image-state.ts';
import { compute, freshId } from '../../support/api.ts';
import { type Call, caught, cvmCalls, exceptionWith, freshHolders, type Holder, imported, region } from './clients.ts';

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
const madeAvailable = (imageId: string, inRegion = region) =>
  compute().ok(reportImageState, { region: inRegion, imageId, state: 'available' });

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
