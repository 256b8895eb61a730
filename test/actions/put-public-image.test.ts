import { checkImageAccess } from '../../functions/check-image-access.ts';
import { copyImage } from '../../functions/copy-image.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { putAccount } from '../../functions/put-account.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { anImageIn, aPublicImageIn, noon, policyFixtures, principal } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

describe.each(policyFixtures)('putPublicImage under $name', (fixture) => {
  const { region } = fixture;
  const { imageId } = aPublicImageIn(fixture);
  const key = { region, imageId };
  const request = { ...key, name: 'Debian', sizeGiB: 20, os: 'Debian 12' };
  const aService = async (store = new InterruptibleStore()) => new InMemoryService(store).createAccounts('owner', 'friend');

  describe('effects', () => {
    it('creates an image with the given id, visible to everyone', async () => {
      const service = await aService();
      const image = await service.call(putPublicImage, { ...request, tags: { a: 'b' } }, operator);

      expect(image).toEqual({
        ...key,
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
      expect(await service.call(getImage, key)).toEqual(image);
      expect(await service.call(getImage, key, { as: 'friend' })).toEqual(image);
    });

    it('counts toward no quota', async () => {
      const service = await aService();
      await service.call(putPublicImage, request, operator);

      expect((await service.contents()).filter(({ of }) => of === 'count')).toEqual([]);
    });

    it('updates name, description, tags, and deprecation, and does nothing if nothing changes', async () => {
      const service = await aService();
      await service.call(putPublicImage, request, operator);
      const changedRequest = { ...request, name: 'new', description: 'd', tags: { c: 'd' }, deprecated: true };

      expect(await service.call(putPublicImage, changedRequest, operator)).toMatchObject({
        name: 'new',
        description: 'd',
        tags: { c: 'd' },
        state: 'deprecated',
        revision: 2,
      });
      const before = await service.contents();
      expect(await service.call(putPublicImage, changedRequest, operator)).toMatchObject({ revision: 2 });
      expect(await service.contents()).toEqual(before);
      expect(await service.call(putPublicImage, request, operator)).toMatchObject({
        name: 'Debian',
        tags: {},
        state: 'available',
      });
    });

    it('leaves a record of every change', async () => {
      const service = await aService();
      await service.call(putPublicImage, request, operator);
      await service.call(putPublicImage, { ...request, name: 'new' }, operator);

      expect(await service.recordsOf(principal('public'), fixture.policy.principalKind)).toMatchObject([
        { action: 'PutPublicImage', actor: 'operator', imageId },
        { action: 'PutPublicImage', actor: 'operator', imageId },
      ]);
    });

    it('lets everyone launch the image, but nobody act as its owner', async () => {
      const service = await aService();
      await service.call(putPublicImage, request, operator);

      expect(await service.call(checkImageAccess, { ...key, use: 'launch' })).toMatchObject({
        allowed: true,
        rule: 'received.use',
      });
      expect(
        await service.refusalOf(shareImage, { ...key, recipients: [fixture.principalOf('friend')], acknowledgeRisk: true }),
      ).toMatchObject({
        code: 'ImageNotShareable',
        details: { rule: 'share.custom-only' },
      });
      expect(await service.refusalOf(updateImage, { ...key, name: 'mine' })).toMatchObject({ code: 'NotOwner' });
      expect(await service.refusalOf(deleteImage, key)).toMatchObject({ code: 'NotOwner' });
      expect(await service.refusalOf(copyImage, { ...key, destinationRegion: fixture.otherRegion })).toMatchObject({
        code: 'NotOwner',
      });
      expect(await service.refusalOf(listImageShares, key)).toMatchObject({ code: 'NotOwner' });
    });

    it('does nothing in a dry run', async () => {
      const service = await aService();
      const before = await service.contents();
      await service.call(putPublicImage, request, { ...operator, isDryRun: true });

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
      await service.call(putPublicImage, request, operator);

      expect(await service.refusalOf(putPublicImage, { ...request, ...parts }, operator)).toMatchObject({
        code: 'InvalidRequest',
        details: { offenders: [{ id: field }] },
      });
    });

    it("refuses the id of a principal's image with ImageNotUsable", async () => {
      const service = await (await aService()).putImages(anImageIn(fixture));

      expect(
        await service.refusalOf(putPublicImage, { ...request, imageId: anImageIn(fixture).imageId }, operator),
      ).toMatchObject({
        code: 'ImageNotUsable',
      });
    });

    it('refuses an unknown region with RegionNotFound', async () => {
      expect(await (await aService()).refusalOf(putPublicImage, { ...request, region: 'nowhere' }, operator)).toMatchObject({
        code: 'RegionNotFound',
      });
    });
  });

  describe('races', () => {
    it('updates an image that is created concurrently', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.call(putPublicImage, request, operator));

      expect(await service.call(putPublicImage, { ...request, name: 'new' }, operator)).toMatchObject({
        name: 'new',
        revision: 2,
      });
      expect(await service.store.image(key)).toMatchObject({ name: 'new', detailsRevision: 2 });
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
