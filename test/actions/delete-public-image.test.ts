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
  const theWorld = async (store = new InterruptedStore()) =>
    (await new InMemoryService(store).know('owner', 'friend')).provide(image);

  describe('effects', () => {
    it('withdraws the image from everybody at once', async () => {
      const world = await theWorld();

      expect(await world.call(deletePublicImage, at, operator)).toBeNull();
      expect(await world.refusalOf(getImage, at)).toMatchObject({ code: 'ImageNotFound' });
      expect(await world.call(checkImageAccess, at, { as: 'friend' })).toMatchObject({
        allowed: false,
        rule: 'received.visible',
      });
    });

    it('lets the servers made from it go on', async () => {
      const world = await theWorld();
      const instance = await world.call(runInstance, at);
      await world.call(deletePublicImage, at, operator);

      expect(await world.call(getInstance, instance)).toEqual(instance);
    });

    it('keeps what the image was, so that its id is not given again', async () => {
      const world = await theWorld();
      await world.call(deletePublicImage, at, operator);

      expect(await world.store.image(image)).toMatchObject({ state: 'deleted', deletedAt: world.now() });
      expect(await world.refusalOf(putPublicImage, { ...at, name: 'again', sizeGiB: 20 }, operator)).toMatchObject({
        code: 'ImageNotUsable',
      });
    });

    it('leaves a record and counts nothing', async () => {
      const world = await theWorld();
      await world.call(deletePublicImage, at, operator);

      expect(await world.recordsOf(principal('public'), place.policy.principalKind)).toMatchObject([
        { action: 'DeletePublicImage', actor: 'operator' },
      ]);
      expect((await world.contents()).filter(({ of }) => of === 'count')).toEqual([]);
    });
  });

  describe('refusals', () => {
    it("refuses a principal's image, and the same one again, as it does for an image that never was", async () => {
      const world = await (await theWorld()).put(anImageIn(place));
      const never = problem(await new InMemoryService().refusalOf(deletePublicImage, at, operator));
      await world.call(deletePublicImage, at, operator);

      expect(never).toMatchObject({ code: 'ImageNotFound' });
      expect(problem(await world.refusalOf(deletePublicImage, at, operator))).toEqual(never);
      expect(await world.refusalOf(deletePublicImage, { region, imageId: anImageIn(place).imageId }, operator)).toMatchObject({
        code: 'ImageNotFound',
      });
    });
  });

  describe('races', () => {
    it('withdraws once', async () => {
      const store = new InterruptedStore();
      const world = await theWorld(store);
      store.beforeNextCommit(() => world.call(deletePublicImage, at, operator));

      await expect(world.call(deletePublicImage, at, operator)).rejects.toMatchObject({ code: 'ImageNotFound' });
      expect(await world.recordsOf(principal('public'), place.policy.principalKind)).toHaveLength(1);
    });

    it('lets no change of the image win over it', async () => {
      const store = new InterruptedStore();
      const world = await theWorld(store);
      store.beforeNextCommit(() => world.call(deletePublicImage, at, operator));

      await expect(world.call(putPublicImage, { ...at, name: 'new', sizeGiB: 20, os: image.os }, operator)).rejects.toMatchObject(
        { code: 'ImageNotUsable' },
      );
      expect(await world.store.image(image)).toMatchObject({ name: image.name, state: 'deleted' });
    });
  });
});
