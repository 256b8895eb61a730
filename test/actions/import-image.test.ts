import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { anImageIn, imageId, policyFixtures, sharedWith } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('importImage under $name', (fixture) => {
  const { region, policy } = fixture;
  const owner = fixture.principalOf('owner');
  const request = { region, name: 'web', sizeGiB: 20 };
  const aService = (store?: InterruptibleStore) => new InMemoryService(store).createAccounts('owner', 'friend');

  describe('effects', () => {
    it('creates an image of the caller with defaults and without shares', async () => {
      const service = await aService();

      expect(await service.call(importImage, request)).toMatchObject({
        owner,
        visibility: 'owned',
        state: 'available',
        product: 'standard',
        encryption: 'none',
        disksGiB: [20],
        shareCount: 0,
      });
    });

    it("assigns an id in the policy's format", async () => {
      const { prefix, length } = policy.imageId;

      expect((await (await aService()).call(importImage, request)).imageId).toMatch(new RegExp(`^${prefix}[a-z0-9]{${length}}$`));
    });

    it('adds up its data disks', async () => {
      expect(await (await aService()).call(importImage, { ...request, disks: [{ sizeGiB: 30 }] })).toMatchObject({
        disksGiB: [20, 30],
        sizeGiB: 50,
      });
    });

    it('makes it visible immediately, but only to its owner', async () => {
      const service = await aService();
      const image = await service.call(importImage, request);

      expect(await service.call(getImage, image)).toEqual(image);
      await expect(service.call(getImage, image, { as: 'friend' })).rejects.toMatchObject({ code: 'ImageNotFound' });
    });

    it('leaves a record', async () => {
      const service = await aService();
      const image = await service.call(importImage, request);

      expect(await service.recordsOf(owner, policy.principalKind)).toMatchObject([
        { action: 'ImportImage', imageId: image.imageId },
      ]);
    });

    it('counts only owned images, not received ones', async () => {
      const service = await aService();
      await service.setImageCount(region, owner, policy.imagesPerPrincipalMax - 1);
      await service.putImages(
        anImageIn(fixture, {
          imageId: imageId('received'),
          owner: fixture.principalOf('friend'),
          recipients: sharedWith([owner]),
        }),
      );

      expect(await service.call(importImage, request)).toMatchObject({ owner });
    });
  });

  describe('refusals', () => {
    it('refuses an image beyond the quota with ImageQuotaExceeded', async () => {
      const service = await aService();
      await service.setImageCount(region, owner, policy.imagesPerPrincipalMax);

      expect(await service.refusalOf(importImage, request)).toMatchObject({
        code: 'ImageQuotaExceeded',
        details: { rule: 'quota.images', cap: policy.imagesPerPrincipalMax, used: policy.imagesPerPrincipalMax, remaining: 0 },
      });
    });

    it('refuses a closed account with Forbidden or its closed project with ProjectNotFound', async () => {
      const service = await aService();
      await service.close('owner');

      expect(await service.refusalOf(importImage, request, { project: 'org-owner' })).toMatchObject({
        code: policy.principalKind === 'account' ? 'Forbidden' : 'ProjectNotFound',
      });
    });
  });

  describe('races', () => {
    it('refuses an image when a concurrent one uses up the quota', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      await service.setImageCount(region, owner, policy.imagesPerPrincipalMax - 1);
      store.beforeNextCommit(() => service.call(importImage, request));

      await expect(service.call(importImage, request)).rejects.toMatchObject({ code: 'ImageQuotaExceeded' });
    });

    it('creates nothing for a principal that is closed concurrently', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.close('owner'));

      await expect(service.call(importImage, request)).rejects.toMatchObject({
        code: expect.stringMatching(/Forbidden|ProjectNotFound/),
      });
      expect((await service.contents()).filter((stored) => stored.of === 'image')).toEqual([]);
    });
  });
});
