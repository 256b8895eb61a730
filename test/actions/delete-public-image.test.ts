import { checkImageAccess } from '../../functions/check-image-access.ts';
import { deletePublicImage } from '../../functions/delete-public-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { getInstance } from '../../functions/get-instance.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { anImageIn, aPublicImageIn, places, principal, problem } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

describe.each(places)('deletePublicImage under $name', (place) => {
  const { region } = place;
  const image = aPublicImageIn(place);
  const at = { region, imageId: image.imageId };
  const aService = async (store = new InterruptedStore()) =>
    (await new InMemoryService(store).know('owner', 'friend')).provide(image);

  describe('effects', () => {
    it('hides the image from everyone immediately', async () => {
      const service = await aService();

      expect(await service.call(deletePublicImage, at, operator)).toBeNull();
      expect(await service.refusalOf(getImage, at)).toMatchObject({ code: 'ImageNotFound' });
      expect(await service.call(checkImageAccess, at, { as: 'friend' })).toMatchObject({
        allowed: false,
        rule: 'received.visible',
      });
    });

    it('keeps its instances running', async () => {
      const service = await aService();
      const instance = await service.call(runInstance, at);
      await service.call(deletePublicImage, at, operator);

      expect(await service.call(getInstance, instance)).toEqual(instance);
    });

    it("keeps the deleted image's item, so that its id is not reused", async () => {
      const service = await aService();
      await service.call(deletePublicImage, at, operator);

      expect(await service.store.image(image)).toMatchObject({ state: 'deleted', deletedAt: service.now() });
      expect(await service.refusalOf(putPublicImage, { ...at, name: 'again', sizeGiB: 20 }, operator)).toMatchObject({
        code: 'ImageNotUsable',
      });
    });

    it('leaves a record and changes no count', async () => {
      const service = await aService();
      await service.call(deletePublicImage, at, operator);

      expect(await service.recordsOf(principal('public'), place.policy.principalKind)).toMatchObject([
        { action: 'DeletePublicImage', actor: 'operator' },
      ]);
      expect((await service.contents()).filter(({ of }) => of === 'count')).toEqual([]);
    });
  });

  describe('refusals', () => {
    it("refuses a principal's image, and a second call, exactly as for an image that never existed", async () => {
      const service = await (await aService()).put(anImageIn(place));
      const never = problem(await new InMemoryService().refusalOf(deletePublicImage, at, operator));
      await service.call(deletePublicImage, at, operator);

      expect(never).toMatchObject({ code: 'ImageNotFound' });
      expect(problem(await service.refusalOf(deletePublicImage, at, operator))).toEqual(never);
      expect(await service.refusalOf(deletePublicImage, { region, imageId: anImageIn(place).imageId }, operator)).toMatchObject({
        code: 'ImageNotFound',
      });
    });
  });

  describe('races', () => {
    it('deletes an image only once', async () => {
      const store = new InterruptedStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.call(deletePublicImage, at, operator));

      await expect(service.call(deletePublicImage, at, operator)).rejects.toMatchObject({ code: 'ImageNotFound' });
      expect(await service.recordsOf(principal('public'), place.policy.principalKind)).toHaveLength(1);
    });

    it('wins over a concurrent update of the image', async () => {
      const store = new InterruptedStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.call(deletePublicImage, at, operator));

      await expect(
        service.call(putPublicImage, { ...at, name: 'new', sizeGiB: 20, os: image.os }, operator),
      ).rejects.toMatchObject({ code: 'ImageNotUsable' });
      expect(await service.store.image(image)).toMatchObject({ name: image.name, state: 'deleted' });
    });
  });
});
