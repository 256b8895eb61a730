import { getImage } from '../../../functions/get-image.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { anImageOf, share } from '../../support/client.ts';
import { compute } from '../../support/in-process.ts';
import { type EcsAccount, freshEcsAccount, otherRegion, RegionId } from './in-process.ts';

const region = RegionId;

let owner: EcsAccount;
let recipient: EcsAccount;
let source: string;

beforeEach(async () => {
  [owner, recipient] = await Promise.all([freshEcsAccount(), freshEcsAccount()]);
  source = (await anImageOf(owner.api, region)).imageId;
});

const copy = async (): Promise<string> => (await owner.ok('CopyImage', { ImageId: source }))['ImageId'] as string;

describe('CancelCopyImage', () => {
  it('deletes a copy that is not finished, in the region of the copy, and keeps the source', async () => {
    const { ImageId } = await owner.ok('CopyImage', { ImageId: source, DestinationRegionId: otherRegion });
    expect(await owner.refused('CancelCopyImage', { ImageId })).toMatchObject({ status: 404, code: 'InvalidImageId.NotFound' });

    await owner.ok('CancelCopyImage', { RegionId: otherRegion, ImageId });
    await owner.api.refused(getImage, { region: otherRegion, imageId: ImageId });
    await owner.api.ok(getImage, { region, imageId: source });
    expect(await owner.refused('CancelCopyImage', { RegionId: otherRegion, ImageId })).toMatchObject({
      code: 'InvalidImageId.NotFound',
    });
  });

  it('refuses a copy that is available or failed, and images that are not copies', async () => {
    const [available, failed] = [await copy(), await copy()];
    await compute().ok(reportImageState, { region, imageId: available, state: 'available' });
    await compute().ok(reportImageState, { region, imageId: failed, state: 'failed' });
    const { imageId: imported } = await anImageOf(owner.api, region, { state: 'pending' });

    expect(await owner.refused('CancelCopyImage', { ImageId: available })).toEqual({
      status: 400,
      code: 'IncorrectImageStatus',
      message: 'The image has completed copy.',
    });
    expect(await owner.refused('CancelCopyImage', { ImageId: failed })).toEqual({
      status: 400,
      code: 'IncorrectImageStatus',
      message: 'The Image copy has been failed.',
    });
    for (const ImageId of [source, imported]) {
      expect(await owner.refused('CancelCopyImage', { ImageId })).toMatchObject({ status: 400, code: 'ImageCreatedNotFromCopy' });
    }
  });

  it('refuses a shared copy, and a copy of another account', async () => {
    const ImageId = await copy();
    await share(owner.api, { region, imageId: ImageId }, [recipient.account]);

    expect(await owner.refused('CancelCopyImage', { ImageId })).toMatchObject({ status: 403, code: 'ImageUseShared' });
    expect(await recipient.refused('CancelCopyImage', { ImageId })).toMatchObject({ code: 'InvalidImageId.NotFound' });
    await owner.ok('ModifyImageSharePermission', { ImageId, RemoveAccount: [recipient.account] });
    await owner.ok('CancelCopyImage', { ImageId });
  });

  it('does not delete a copy that becomes available at the same time', async () => {
    const ImageId = await copy();
    const [cancelled] = await Promise.allSettled([
      owner.ok('CancelCopyImage', { ImageId }),
      compute().try(reportImageState, { region, imageId: ImageId, state: 'available' }),
    ]);
    const exists = await owner.api.try(getImage, { region, imageId: ImageId });

    expect(cancelled.status === 'fulfilled').toBe(exists.status === 404);
  });
});
