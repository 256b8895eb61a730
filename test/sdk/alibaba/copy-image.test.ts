import { getImage } from '../../../functions/get-image.ts';
import { listImages } from '../../../functions/list-images.ts';
import { putPublicImage } from '../../../functions/put-public-image.ts';
import { anImageOf, freshId, share } from '../../support/client.ts';
import { operator } from '../../support/in-process.ts';
import { type EcsAccount, freshEcsAccount, otherRegion, type Parameters, RegionId } from './in-process.ts';

const region = RegionId;
const notFound = { status: 404, code: 'InvalidImageId.NotFound' };

let owner: EcsAccount;
let recipient: EcsAccount;
let ImageId: string;

beforeEach(async () => {
  [owner, recipient] = await Promise.all([freshEcsAccount(), freshEcsAccount()]);
  ({ imageId: ImageId } = await anImageOf(owner.api, region, { description: 'as it was', tags: { role: 'web' } }));
});

const copy = async (parameters: Parameters, account = owner) =>
  (await account.ok('CopyImage', { ImageId, ...parameters }))['ImageId'];
const refused = (parameters: Parameters, account = owner) => account.refused('CopyImage', { ImageId, ...parameters });
const imageOf = (imageId: unknown, account = owner, imageRegion = region) =>
  account.api.ok(getImage, { region: imageRegion, imageId });
const namesIn = async (imageRegion: string, account = owner) =>
  (await account.api.ok(listImages, { region: imageRegion, scope: 'owned' })).images.map(({ name }) => name);
const details = {
  DestinationImageName: 'mine',
  DestinationDescription: 'new',
  Tag: [{ Key: 'stage', Value: 'test' }],
};

describe('CopyImage', () => {
  it('copies an own image to any region, with its details or new ones', async () => {
    const elsewhere = await imageOf(await copy({ DestinationRegionId: otherRegion }), owner, otherRegion);
    const here = await imageOf(await copy(details));

    expect(elsewhere).toMatchObject({ name: 'web', description: 'as it was', tags: { role: 'web' }, state: 'copying' });
    expect(here).toMatchObject({ name: 'mine', description: 'new', tags: { stage: 'test' }, revision: 1 });
  });

  it('saves a shared image, with its details or new ones, but only in its region', async () => {
    await share(owner.api, { region, imageId: ImageId }, [recipient.account]);
    const saved = await copy({ DestinationRegionId: region, ...details }, recipient);

    expect(await imageOf(saved, recipient)).toMatchObject({
      name: 'mine',
      description: 'new',
      tags: { stage: 'test' },
      owner: recipient.account,
      revision: 1,
    });
    expect(await refused({ DestinationRegionId: otherRegion }, recipient)).toMatchObject({
      status: 403,
      code: 'OperationDenied.SameRegionOnly',
    });
    expect(await namesIn(otherRegion, recipient)).toEqual([]);
  });

  it('creates nothing in a dry run, and one image per ClientToken, even if the source was deleted since', async () => {
    const once = { DestinationRegionId: otherRegion, ClientToken: freshId() };
    expect(await refused({ DestinationRegionId: otherRegion, DryRun: true })).toMatchObject({ code: 'DryRunOperation' });
    expect(await namesIn(otherRegion)).toEqual([]);

    const first = await copy(once);
    expect(await copy(once)).toBe(first);
    await owner.ok('DeleteImage', { ImageId });
    expect(await copy(once)).toBe(first);
    expect(await namesIn(otherRegion)).toEqual(['web']);
  });

  it('saves a shared image once per ClientToken, even if the share was canceled or the image deleted since', async () => {
    await share(owner.api, { region, imageId: ImageId }, [recipient.account]);
    const once = { ClientToken: freshId() };
    const first = await copy(once, recipient);

    await owner.ok('ModifyImageSharePermission', { ImageId, RemoveAccount: [recipient.account] });
    expect(await copy(once, recipient)).toBe(first);
    await owner.ok('DeleteImage', { ImageId });
    expect(await copy(once, recipient)).toBe(first);
    expect(await namesIn(region, recipient)).toEqual(['web']);
  });

  it('refuses an image that is missing, public, or not ready, and a region of another cloud', async () => {
    const { imageId: pending } = await anImageOf(owner.api, region, { state: 'pending' });
    const publicId = freshId('m-');
    await operator().ok(putPublicImage, { region, imageId: publicId, name: publicId, sizeGiB: 20 });

    expect(await refused({ ImageId: 'm-missing' })).toMatchObject(notFound);
    expect(await refused({ ImageId: publicId })).toMatchObject(notFound);
    expect(await refused({ ImageId: pending })).toMatchObject({ status: 400, code: 'IncorrectImageStatus' });
    expect(await refused({ Encrypted: true })).toMatchObject({ status: 400, code: 'InvalidParameter' });
    expect(await refused({ DestinationRegionId: 'ap-guangzhou' })).toMatchObject({
      status: 400,
      code: 'DestinationRegion.NotFound',
      message: 'The destination region not found. DestinationRegionId: "ap-guangzhou".',
    });
    expect(await namesIn(region)).toHaveLength(2);
  });
});
