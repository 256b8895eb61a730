import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { anImageIn, heldBy, noon, type Place, places } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

/** A friend's server, made from an image that is shared with the friend. */
async function worldWith(place: Place) {
  const store = new InterruptedStore();
  const friend = place.principalOf('friend');
  const image = anImageIn(place, { recipients: heldBy([friend]) });
  const world = await (await new InMemoryService(store).know('owner', 'friend', 'guest')).put(image);
  const ofImage = { region: image.region, imageId: image.imageId };
  const { region, instanceId } = await world.call(runInstance, ofImage, { as: 'friend' });
  return { world, store, image, ofImage, friend, at: { region, instanceId } };
}

describe.each(places)('createImageFromInstance under $name', (place) => {
  const { region, policy } = place;
  const as = { as: 'friend' };

  describe('effects', () => {
    it("makes the server's principal an image of its own in state pending, which nobody else sees", async () => {
      const { world, at, friend, image } = await worldWith(place);
      const made = await world.call(createImageFromInstance, { ...at, name: 'mine', tags: { a: 'b' } }, as);

      expect(made).toMatchObject({
        region,
        name: 'mine',
        description: '',
        tags: { a: 'b' },
        owner: friend,
        visibility: 'owned',
        state: 'pending',
        disksGiB: [20],
        os: image.os,
        shareCount: 0,
        revision: 1,
        createdAt: noon.toISOString(),
      });
      expect(await world.refusalOf(getImage, { region, imageId: made.imageId })).toMatchObject({ code: 'ImageNotFound' });
    });

    it("counts toward the quota of the server's principal alone", async () => {
      const { world, at, friend, image } = await worldWith(place);
      await world.call(createImageFromInstance, { ...at, name: 'mine' }, as);

      expect(await world.counted('images', region, friend)).toBe(1);
      expect(await world.counted('images', region, image.owner)).toBe(1);
    });

    it('makes an image that can be shared once it is available', async () => {
      const { world, at } = await worldWith(place);
      const { imageId } = await world.call(createImageFromInstance, { ...at, name: 'mine' }, as);
      await world.call(reportImageState, { region, imageId, state: 'available' }, { scopes: ['compute'] });
      const sharing = { region, imageId, recipients: [place.principalOf('guest')], acknowledgeRisk: true };

      expect(await world.call(shareImage, sharing, as)).toMatchObject({ used: 1 });
    });

    it('goes on when the image that the server was made from is not shared any more', async () => {
      const { world, at, ofImage } = await worldWith(place);
      await world.call(cancelImageShares, { ...ofImage, all: 'true' });

      expect(await world.call(createImageFromInstance, { ...at, name: 'mine' }, as)).toMatchObject({ visibility: 'owned' });
    });

    it('leaves a record with the image that the server was made from, and none with its owner', async () => {
      const { world, at, friend, image, ofImage } = await worldWith(place);
      const { imageId } = await world.call(createImageFromInstance, { ...at, name: 'mine' }, as);

      expect(await world.recordsOf(friend, policy.principalKind)).toMatchObject([
        { action: 'CreateImageFromInstance', imageId, source: ofImage },
      ]);
      expect(await world.recordsOf(image.owner, policy.principalKind)).toEqual([]);
    });
  });

  describe('refusals', () => {
    it('refuses the owner of the image, whose server it is not, and what is no server, with InstanceNotFound', async () => {
      const { world, at } = await worldWith(place);
      const never = { ...at, instanceId: 'ins-never' };

      expect(await world.refusalOf(createImageFromInstance, { ...at, name: 'mine' })).toMatchObject({ code: 'InstanceNotFound' });
      expect(await world.refusalOf(createImageFromInstance, { ...never, name: 'mine' }, as)).toMatchObject({
        code: 'InstanceNotFound',
      });
    });

    it('refuses one more than the quota allows with ImageQuotaExceeded', async () => {
      const { world, at, friend } = await worldWith(place);
      await world.own(region, friend, policy.imagesPerPrincipalMax);

      expect(await world.refusalOf(createImageFromInstance, { ...at, name: 'mine' }, as)).toMatchObject({
        code: 'ImageQuotaExceeded',
        details: { rule: 'quota.images', used: policy.imagesPerPrincipalMax, remaining: 0 },
      });
    });
  });

  describe('races', () => {
    it('is refused when an import takes the last place meanwhile', async () => {
      const { world, store, at, friend } = await worldWith(place);
      await world.own(region, friend, policy.imagesPerPrincipalMax - 1);
      store.beforeNextCommit(() => world.call(importImage, { region, name: 'x', sizeGiB: 1 }, as));

      await expect(world.call(createImageFromInstance, { ...at, name: 'mine' }, as)).rejects.toMatchObject({
        code: 'ImageQuotaExceeded',
      });
      expect(await world.counted('images', region, friend)).toBe(policy.imagesPerPrincipalMax);
    });

    it('makes no image for a principal that is closed meanwhile', async () => {
      const { world, store, at, friend } = await worldWith(place);
      store.beforeNextCommit(() => world.close('friend'));

      await expect(world.call(createImageFromInstance, { ...at, name: 'mine' }, as)).rejects.toMatchObject({ code: 'Forbidden' });
      expect(await world.counted('images', region, friend)).toBe(0);
    });

    it('counts an image whose making began before the server was terminated as before it', async () => {
      const { world, store, at } = await worldWith(place);
      store.beforeNextCommit(() => world.call(terminateInstance, at, as));

      expect(await world.call(createImageFromInstance, { ...at, name: 'mine' }, as)).toMatchObject({ state: 'pending' });
    });
  });
});
