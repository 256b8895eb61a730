import { checkImageAccess } from '../../functions/check-image-access.ts';
import { copyImage } from '../../functions/copy-image.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { putAccount } from '../../functions/put-account.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { anImageIn, aPublicImageIn, noon, places, principal } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

describe.each(places)('putPublicImage under $name', (place) => {
  const { region } = place;
  const { imageId } = aPublicImageIn(place);
  const at = { region, imageId };
  const wanted = { ...at, name: 'Debian', sizeGiB: 20, os: 'Debian 12' };
  const aService = async (store = new InterruptedStore()) => new InMemoryService(store).know('owner', 'friend');

  describe('effects', () => {
    it('creates an image with the given id, visible to everyone', async () => {
      const service = await aService();
      const image = await service.call(putPublicImage, { ...wanted, tags: { a: 'b' } }, operator);

      expect(image).toEqual({
        ...at,
        name: 'Debian',
        description: '',
        state: 'available',
        owner: 'public',
        visibility: 'public',
        sizeGiB: 20,
        disksGiB: [20],
        os: 'Debian 12',
        architecture: 'x86_64',
        product: 'standard',
        products: ['standard'],
        encryption: 'none',
        tags: { a: 'b' },
        revision: 1,
        createdAt: noon.toISOString(),
      });
      expect(await service.call(getImage, at)).toEqual(image);
      expect(await service.call(getImage, at, { as: 'friend' })).toEqual(image);
    });

    it('counts toward no quota', async () => {
      const service = await aService();
      await service.call(putPublicImage, wanted, operator);

      expect((await service.contents()).filter(({ of }) => of === 'count')).toEqual([]);
    });

    it('updates name, description, tags, and deprecation, and does nothing if nothing changes', async () => {
      const service = await aService();
      await service.call(putPublicImage, wanted, operator);
      const changed = { ...wanted, name: 'new', description: 'd', tags: { c: 'd' }, deprecated: true };

      expect(await service.call(putPublicImage, changed, operator)).toMatchObject({
        name: 'new',
        description: 'd',
        tags: { c: 'd' },
        state: 'deprecated',
        revision: 2,
      });
      const before = await service.contents();
      expect(await service.call(putPublicImage, changed, operator)).toMatchObject({ revision: 2 });
      expect(await service.contents()).toEqual(before);
      expect(await service.call(putPublicImage, wanted, operator)).toMatchObject({
        name: 'Debian',
        tags: {},
        state: 'available',
      });
    });

    it('leaves a record of every change', async () => {
      const service = await aService();
      await service.call(putPublicImage, wanted, operator);
      await service.call(putPublicImage, { ...wanted, name: 'new' }, operator);

      expect(await service.recordsOf(principal('public'), place.policy.principalKind)).toMatchObject([
        { action: 'PutPublicImage', actor: 'operator', imageId },
        { action: 'PutPublicImage', actor: 'operator', imageId },
      ]);
    });

    it('lets everyone launch the image, but nobody act as its owner', async () => {
      const service = await aService();
      await service.call(putPublicImage, wanted, operator);

      expect(await service.call(checkImageAccess, { ...at, use: 'launch' })).toMatchObject({
        allowed: true,
        rule: 'received.use',
      });
      expect(
        await service.refusalOf(shareImage, { ...at, recipients: [place.principalOf('friend')], acknowledgeRisk: true }),
      ).toMatchObject({
        code: 'ImageNotShareable',
        details: { rule: 'share.custom-only' },
      });
      expect(await service.refusalOf(updateImage, { ...at, name: 'mine' })).toMatchObject({ code: 'NotOwner' });
      expect(await service.refusalOf(deleteImage, at)).toMatchObject({ code: 'NotOwner' });
      expect(await service.refusalOf(copyImage, { ...at, destinationRegion: place.elsewhere })).toMatchObject({
        code: 'NotOwner',
      });
      expect(await service.refusalOf(listImageShares, at)).toMatchObject({ code: 'NotOwner' });
    });

    it('does nothing in a dry run', async () => {
      const service = await aService();
      const before = await service.contents();
      await service.call(putPublicImage, wanted, { ...operator, isDryRun: true });

      expect(await service.contents()).toEqual(before);
    });
  });

  describe('refusals', () => {
    it.each([
      ['sizeGiB', { sizeGiB: 21 }],
      ['os', { os: 'Rocky' }],
      ['architecture', { architecture: 'arm64' }],
      ['product', { product: 'lightweight' }],
    ])('refuses to change %s of an existing image with InvalidRequest', async (field, parts) => {
      const service = await aService();
      await service.call(putPublicImage, wanted, operator);

      expect(await service.refusalOf(putPublicImage, { ...wanted, ...parts }, operator)).toMatchObject({
        code: 'InvalidRequest',
        details: { offenders: [{ id: field }] },
      });
    });

    it("refuses the id of a principal's image with ImageNotUsable", async () => {
      const service = await (await aService()).put(anImageIn(place));

      expect(await service.refusalOf(putPublicImage, { ...wanted, imageId: anImageIn(place).imageId }, operator)).toMatchObject({
        code: 'ImageNotUsable',
      });
    });

    it('refuses an unknown region with RegionNotFound', async () => {
      expect(await (await aService()).refusalOf(putPublicImage, { ...wanted, region: 'nowhere' }, operator)).toMatchObject({
        code: 'RegionNotFound',
      });
    });
  });

  describe('races', () => {
    it('updates an image that is created concurrently', async () => {
      const store = new InterruptedStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.call(putPublicImage, wanted, operator));

      expect(await service.call(putPublicImage, { ...wanted, name: 'new' }, operator)).toMatchObject({
        name: 'new',
        revision: 2,
      });
      expect(await service.store.image(at)).toMatchObject({ name: 'new', detailsRevision: 2 });
    });
  });
});

describe('the owner id of public images', () => {
  it('is refused as an account id', async () => {
    expect(await new InMemoryService().refusalOf(putAccount, { accountId: 'public', name: 'Public' }, operator)).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'accountId' }] },
    });
  });
});
