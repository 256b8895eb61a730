import { getImage } from '../../../functions/get-image.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { ActionError } from '../../../lib/model/error.ts';
import { imageView } from '../../../lib/rules/views.ts';
import { cancelCopyImage } from '../../../lib/sdk/alibaba/copies.ts';
import type { CallOptions, Service } from '../../../lib/sdk/service.ts';
import { anImageIn, fixtureOf, noon } from '../../support/builders.ts';
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

const copying = anImageIn(fixtureOf('alibaba'), { state: 'copying', origin: 'copy' });
const viewOf = (image: typeof copying) => imageView(image, 'owned', { policy: fixtureOf('alibaba').policy, now: noon });
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
    await share(owner.api, { region, imageId: source }, [recipient.account]);
    const { ImageId: saved } = await recipient.ok('CopyImage', { ImageId: source });
    await compute().ok(reportImageState, { region, imageId: available, state: 'available' });
    await compute().ok(reportImageState, { region, imageId: saved, state: 'available' });
    await compute().ok(reportImageState, { region, imageId: failed, state: 'failed' });
    const { imageId: imported } = await anImageOf(owner.api, region, { state: 'pending' });

    const completed = { status: 400, code: 'IncorrectImageStatus', message: 'The image has completed copy.' };
    expect(await owner.refused('CancelCopyImage', { ImageId: available })).toEqual(completed);
    expect(await recipient.refused('CancelCopyImage', { ImageId: saved })).toEqual(completed);
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
    await share(owner.api, { region, imageId: source }, [recipient.account]);
    expect(await recipient.refused('CancelCopyImage', { ImageId: source })).toMatchObject({ code: 'InvalidImageId.NotFound' });
    await owner.ok('ModifyImageSharePermission', { ImageId, RemoveAccount: [recipient.account] });
    await owner.ok('CancelCopyImage', { ImageId });
  });

  it('deletes an unfinished copy of an earlier version, which did not record that it is one', async () => {
    const { origin: _, ...unmarked } = copying;
    const deleted: unknown[] = [];
    const service = {
      getImage: async () => viewOf(unmarked),
      withOptions: () => ({ deleteImage: async (imageId: unknown) => void deleted.push(imageId) }),
    } as unknown as Service;

    await cancelCopyImage.run({ ImageId: copying.imageId } as never, service);
    expect(deleted).toEqual([copying.imageId]);
  });

  it('does not delete a copy that becomes available after it was read', async () => {
    let current = copying;
    const deleted: unknown[] = [];
    const service = {
      async getImage() {
        const read = viewOf(current);
        current = { ...copying, state: 'available', detailsRevision: copying.detailsRevision + 1 };
        return read;
      },
      withOptions: ({ revision }: CallOptions) => ({
        async deleteImage(imageId: unknown) {
          if (revision !== current.detailsRevision) {
            throw new ActionError('PreconditionFailed', { detail: 'The image was modified.' });
          }
          deleted.push(imageId);
        },
      }),
    } as unknown as Service;

    await expect(cancelCopyImage.run({ ImageId: copying.imageId } as never, service)).rejects.toThrow(
      'IncorrectImageStatus: The image has completed copy.',
    );
    expect(deleted).toEqual([]);
  });
});
