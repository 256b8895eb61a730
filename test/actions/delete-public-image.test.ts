import { checkImageAccess } from '../../functions/check-image-access.ts';
import { deletePublicImage } from '../../functions/delete-public-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { getInstance } from '../../functions/get-instance.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { anImageIn, aPublicImageIn, policyFixtures, principal, refusalFields } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

describe.each(policyFixtures)('deletePublicImage under $name', (fixture) => {
  const { region } = fixture;
  const image = aPublicImageIn(fixture);
  const key = { region, imageId: image.imageId };
  const aService = async (store = new InterruptibleStore()) =>
    (await new InMemoryService(store).createAccounts('owner', 'friend')).putPublicImages(image);

  describe('effects', () => {
    it('hides the image from everyone immediately', async () => {
      const service = await aService();

      expect(await service.call(deletePublicImage, key, operator)).toBeNull();
      expect(await service.refusalOf(getImage, key)).toMatchObject({ code: 'ImageNotFound' });
      expect(await service.call(checkImageAccess, key, { as: 'friend' })).toMatchObject({
        allowed: false,
        rule: 'received.visible',
      });
    });

    it('keeps its instances running', async () => {
      const service = await aService();
      const instance = await service.call(runInstance, key);
      await service.call(deletePublicImage, key, operator);

      expect(await service.call(getInstance, instance)).toMatchObject({ state: 'running', imageStatus: 'deleted' });
    });

    it("keeps the deleted image's item, so that its id is not reused", async () => {
      const service = await aService();
      await service.call(deletePublicImage, key, operator);

      expect(await service.store.image(image)).toMatchObject({ state: 'deleted', deletedAt: service.now() });
      expect(await service.refusalOf(putPublicImage, { ...key, name: 'again', sizeGiB: 20 }, operator)).toMatchObject({
        code: 'ImageNotUsable',
      });
    });

    it('leaves a record and changes no count', async () => {
      const service = await aService();
      await service.call(deletePublicImage, key, operator);

      expect(await service.recordsOf(principal('public'), fixture.policy.principalKind)).toMatchObject([
        { action: 'DeletePublicImage', actor: 'operator' },
      ]);
      expect((await service.contents()).filter(({ of }) => of === 'count')).toEqual([]);
    });
  });

  describe('refusals', () => {
    it("refuses a principal's image, and a second call, exactly as for an image that never existed", async () => {
      const service = await (await aService()).putImages(anImageIn(fixture));
      const notFound = refusalFields(await new InMemoryService().refusalOf(deletePublicImage, key, operator));
      await service.call(deletePublicImage, key, operator);

      expect(notFound).toMatchObject({ code: 'ImageNotFound' });
      expect(refusalFields(await service.refusalOf(deletePublicImage, key, operator))).toEqual(notFound);
      expect(await service.refusalOf(deletePublicImage, { region, imageId: anImageIn(fixture).imageId }, operator)).toMatchObject(
        {
          code: 'ImageNotFound',
        },
      );
    });
  });

  describe('races', () => {
    it('deletes an image only once', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.call(deletePublicImage, key, operator));

      await expect(service.call(deletePublicImage, key, operator)).rejects.toMatchObject({ code: 'ImageNotFound' });
      expect(await service.recordsOf(principal('public'), fixture.policy.principalKind)).toHaveLength(1);
    });

    it('wins over a concurrent update of the image', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.call(deletePublicImage, key, operator));

      await expect(
        service.call(putPublicImage, { ...key, name: 'new', sizeGiB: 20, os: image.os }, operator),
      ).rejects.toMatchObject({ code: 'ImageNotUsable' });
      expect(await service.store.image(image)).toMatchObject({ name: image.name, state: 'deleted' });
    });
  });
});
