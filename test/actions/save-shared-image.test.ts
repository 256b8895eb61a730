import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { Image } from '../../lib/model/image.ts';
import { anImageIn, aPublicImageIn, heldBy, noonSeconds, type Place, places, principals, problem } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

async function worldWith(place: Place, parts: Partial<Image> = {}) {
  const store = new InterruptedStore();
  const friend = place.principalOf('friend');
  const image = anImageIn(place, { recipients: heldBy([friend, ...principals(49)]), disksGiB: [20, 40], ...parts });
  const world = await (await new InMemoryService(store).know('owner', 'friend', 'guest')).put(image);
  return { world, store, image, friend, at: { region: image.region, imageId: image.imageId } };
}

describe.each(places)('saveSharedImage under $name', (place) => {
  const { policy, region } = place;
  const as = { as: 'friend' };

  describe('effects', () => {
    it("makes an image that is the recipient's own, in the same region, with no shares, in state copying", async () => {
      const { world, at, image, friend } = await worldWith(place, { tags: { a: 'b' } });
      const saved = await world.call(saveSharedImage, { ...at, name: 'mine' }, as);
      const disksGiB = policy.dataDisksWhenShared === 'system-disk' ? [20] : [20, 40];

      expect(saved).toMatchObject({
        region,
        name: 'mine',
        tags: { a: 'b' },
        owner: friend,
        visibility: 'owned',
        state: 'copying',
        shareCount: 0,
        disksGiB,
        revision: 1,
      });
      expect(saved.imageId).not.toBe(image.imageId);
      expect(await world.call(listImageShares, { region, imageId: saved.imageId }, as)).toMatchObject({ used: 0, remaining: 50 });
    });

    it('keeps what is not stated of name, description and tags, and takes what is', async () => {
      const { world, at, image } = await worldWith(place, { description: 'as it was', tags: { role: 'web' } });
      const kept = { name: image.name, description: 'as it was', tags: { role: 'web' } };

      expect(await world.call(saveSharedImage, at, as)).toMatchObject(kept);
      expect(await world.call(saveSharedImage, { ...at, description: 'saved' }, as)).toMatchObject({
        ...kept,
        description: 'saved',
      });
      expect((await world.call(saveSharedImage, { ...at, tags: {} }, as)).tags).toEqual({});
    });

    it("counts toward the recipient's quota, and not toward the owner's", async () => {
      const { world, at, image, friend } = await worldWith(place);
      await world.call(saveSharedImage, at, as);

      expect(await world.counted('images', region, friend)).toBe(1);
      expect(await world.counted('images', region, image.owner)).toBe(1);
    });

    it('leaves the image and its shares as they are, and its owner without a record of it', async () => {
      const { world, at, image, friend } = await worldWith(place);
      const { imageId } = await world.call(saveSharedImage, at, as);

      expect(await world.store.image(image)).toEqual(image);
      expect(await world.recordsOf(image.owner, policy.principalKind)).toEqual([]);
      expect(await world.recordsOf(friend, policy.principalKind)).toMatchObject([
        { action: 'SaveSharedImage', imageId, source: at },
      ]);
    });

    it('stays when the image is cancelled and deleted, and can be shared further', async () => {
      const { world, at } = await worldWith(place, { disksGiB: [20] });
      const { imageId } = await world.call(saveSharedImage, at, as);
      await world.call(cancelImageShares, { ...at, all: 'true' });
      await world.call(deleteImage, at);
      await world.call(reportImageState, { region, imageId, state: 'available' }, { scopes: ['compute'] });
      const sharing = { region, imageId, recipients: [place.principalOf('guest')], acknowledgeRisk: true };

      expect(await world.call(shareImage, sharing, as)).toMatchObject({ used: 1 });
      expect(await world.call(getImage, { region, imageId }, { as: 'guest' })).toMatchObject({ visibility: 'shared' });
    });

    it('is saved once by a call that is repeated with its Idempotency-Key', async () => {
      const { world, at, friend } = await worldWith(place);
      const first = await world.call(saveSharedImage, at, { ...as, key: 'once' });

      expect(await world.call(saveSharedImage, at, { ...as, key: 'once' })).toEqual(first);
      expect(await world.counted('images', region, friend)).toBe(1);
    });
  });

  describe('refusals', () => {
    it('refuses a stranger, and a recipient after the cancel, as it does for an image that never was', async () => {
      const { world, at } = await worldWith(place);
      const never = problem(await (await new InMemoryService().know('friend')).refusalOf(saveSharedImage, at, as));
      expect(never).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(problem(await world.refusalOf(saveSharedImage, at, { as: 'guest' }))).toEqual(never);

      await world.call(cancelImageShares, { ...at, all: 'true' });
      expect(problem(await world.refusalOf(saveSharedImage, at, as))).toEqual(never);
    });

    it('refuses a recipient from the second on in which its share ends', async () => {
      const { world, at } = await worldWith(place, { recipients: { [place.principalOf('friend')]: noonSeconds + 1 } });
      world.passSeconds(1);

      expect(await world.refusalOf(saveSharedImage, at, as)).toMatchObject({ code: 'ImageNotFound' });
    });

    it('refuses the owner, who copies instead, with ImageNotUsable', async () => {
      const { world, at } = await worldWith(place);

      expect(await world.refusalOf(saveSharedImage, at)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.save' },
      });
    });

    it('refuses a public image with ImageNotUsable', async () => {
      const { world } = await worldWith(place);
      await world.provide(aPublicImageIn(place));

      expect(await world.refusalOf(saveSharedImage, { region, imageId: aPublicImageIn(place).imageId }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.save' },
      });
    });

    it('refuses an image whose data are not there with ImageNotUsable', async () => {
      const { world, at } = await worldWith(place, { state: 'failed' });

      expect(await world.refusalOf(saveSharedImage, at, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.use' },
      });
    });

    it('refuses one more than the quota allows with ImageQuotaExceeded', async () => {
      const { world, at, friend } = await worldWith(place);
      await world.own(region, friend, policy.imagesPerPrincipalMax);

      expect(await world.refusalOf(saveSharedImage, at, as)).toMatchObject({
        code: 'ImageQuotaExceeded',
        details: { rule: 'quota.images', used: policy.imagesPerPrincipalMax, remaining: 0 },
      });
    });
  });

  describe('races', () => {
    it('takes the last place in the quota, and is refused when another one takes it meanwhile', async () => {
      const { world, store, at, friend } = await worldWith(place);
      await world.own(region, friend, policy.imagesPerPrincipalMax - 1);
      store.beforeNextCommit(() => world.call(importImage, { region, name: 'x', sizeGiB: 1 }, as));

      await expect(world.call(saveSharedImage, at, as)).rejects.toMatchObject({ code: 'ImageQuotaExceeded' });
      expect(await world.counted('images', region, friend)).toBe(policy.imagesPerPrincipalMax);
    });

    it('is saved for no principal that is closed meanwhile', async () => {
      const { world, store, at, friend } = await worldWith(place);
      store.beforeNextCommit(() => world.close('friend'));

      await expect(world.call(saveSharedImage, at, as)).rejects.toMatchObject({ code: 'Forbidden' });
      expect(await world.counted('images', region, friend)).toBe(0);
    });
  });
});
