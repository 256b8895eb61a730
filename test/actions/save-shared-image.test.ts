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

async function serviceWith(place: Place, parts: Partial<Image> = {}) {
  const store = new InterruptedStore();
  const friend = place.principalOf('friend');
  const image = anImageIn(place, { recipients: heldBy([friend, ...principals(49)]), disksGiB: [20, 40], ...parts });
  const service = await (await new InMemoryService(store).know('owner', 'friend', 'guest')).put(image);
  return { service, store, image, friend, at: { region: image.region, imageId: image.imageId } };
}

describe.each(places)('saveSharedImage under $name', (place) => {
  const { policy, region } = place;
  const as = { as: 'friend' };

  describe('effects', () => {
    it("creates an image that the recipient owns, in the same region, without shares, in state copying", async () => {
      const { service, at, image, friend } = await serviceWith(place, { tags: { a: 'b' } });
      const saved = await service.call(saveSharedImage, { ...at, name: 'mine' }, as);
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
      expect(await service.call(listImageShares, { region, imageId: saved.imageId }, as)).toMatchObject({
        used: 0,
        remaining: 50,
      });
    });

    it("uses the request's name, description, and tags, and copies those that it omits", async () => {
      const { service, at, image } = await serviceWith(place, { description: 'original', tags: { role: 'web' } });
      const kept = { name: image.name, description: 'original', tags: { role: 'web' } };

      expect(await service.call(saveSharedImage, at, as)).toMatchObject(kept);
      expect(await service.call(saveSharedImage, { ...at, description: 'saved' }, as)).toMatchObject({
        ...kept,
        description: 'saved',
      });
      expect((await service.call(saveSharedImage, { ...at, tags: {} }, as)).tags).toEqual({});
    });

    it("counts toward the recipient's quota, not the owner's", async () => {
      const { service, at, image, friend } = await serviceWith(place);
      await service.call(saveSharedImage, at, as);

      expect(await service.counted('images', region, friend)).toBe(1);
      expect(await service.counted('images', region, image.owner)).toBe(1);
    });

    it('leaves the image and its shares unchanged, without a record for its owner', async () => {
      const { service, at, image, friend } = await serviceWith(place);
      const { imageId } = await service.call(saveSharedImage, at, as);

      expect(await service.store.image(image)).toEqual(image);
      expect(await service.recordsOf(image.owner, policy.principalKind)).toEqual([]);
      expect(await service.recordsOf(friend, policy.principalKind)).toMatchObject([
        { action: 'SaveSharedImage', imageId, source: at },
      ]);
    });

    it('remains when the source is cancelled and deleted, and can be shared', async () => {
      const { service, at } = await serviceWith(place, { disksGiB: [20] });
      const { imageId } = await service.call(saveSharedImage, at, as);
      await service.call(cancelImageShares, { ...at, all: 'true' });
      await service.call(deleteImage, at);
      await service.call(reportImageState, { region, imageId, state: 'available' }, { scopes: ['compute'] });
      const sharing = { region, imageId, recipients: [place.principalOf('guest')], acknowledgeRisk: true };

      expect(await service.call(shareImage, sharing, as)).toMatchObject({ used: 1 });
      expect(await service.call(getImage, { region, imageId }, { as: 'guest' })).toMatchObject({ visibility: 'shared' });
    });

    it('saves once for calls with the same Idempotency-Key', async () => {
      const { service, at, friend } = await serviceWith(place);
      const first = await service.call(saveSharedImage, at, { ...as, key: 'once' });

      expect(await service.call(saveSharedImage, at, { ...as, key: 'once' })).toEqual(first);
      expect(await service.counted('images', region, friend)).toBe(1);
    });
  });

  describe('refusals', () => {
    it('refuses a stranger, and a recipient after a cancel, exactly as for an image that never existed', async () => {
      const { service, at } = await serviceWith(place);
      const never = problem(await (await new InMemoryService().know('friend')).refusalOf(saveSharedImage, at, as));
      expect(never).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(problem(await service.refusalOf(saveSharedImage, at, { as: 'guest' }))).toEqual(never);

      await service.call(cancelImageShares, { ...at, all: 'true' });
      expect(problem(await service.refusalOf(saveSharedImage, at, as))).toEqual(never);
    });

    it('refuses a recipient from the second in which its share ends', async () => {
      const { service, at } = await serviceWith(place, { recipients: { [place.principalOf('friend')]: noonSeconds + 1 } });
      service.passSeconds(1);

      expect(await service.refusalOf(saveSharedImage, at, as)).toMatchObject({ code: 'ImageNotFound' });
    });

    it('refuses the owner, who can copy instead, with ImageNotUsable', async () => {
      const { service, at } = await serviceWith(place);

      expect(await service.refusalOf(saveSharedImage, at)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.save' },
      });
    });

    it('refuses a public image with ImageNotUsable', async () => {
      const { service } = await serviceWith(place);
      await service.provide(aPublicImageIn(place));

      expect(await service.refusalOf(saveSharedImage, { region, imageId: aPublicImageIn(place).imageId }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.save' },
      });
    });

    it('refuses an image without data with ImageNotUsable', async () => {
      const { service, at } = await serviceWith(place, { state: 'failed' });

      expect(await service.refusalOf(saveSharedImage, at, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.use' },
      });
    });

    it('refuses an image beyond the quota with ImageQuotaExceeded', async () => {
      const { service, at, friend } = await serviceWith(place);
      await service.own(region, friend, policy.imagesPerPrincipalMax);

      expect(await service.refusalOf(saveSharedImage, at, as)).toMatchObject({
        code: 'ImageQuotaExceeded',
        details: { rule: 'quota.images', used: policy.imagesPerPrincipalMax, remaining: 0 },
      });
    });
  });

  describe('races', () => {
    it('is refused when a concurrent import uses up the quota', async () => {
      const { service, store, at, friend } = await serviceWith(place);
      await service.own(region, friend, policy.imagesPerPrincipalMax - 1);
      store.beforeNextCommit(() => service.call(importImage, { region, name: 'x', sizeGiB: 1 }, as));

      await expect(service.call(saveSharedImage, at, as)).rejects.toMatchObject({ code: 'ImageQuotaExceeded' });
      expect(await service.counted('images', region, friend)).toBe(policy.imagesPerPrincipalMax);
    });

    it('saves nothing for a principal that is closed concurrently', async () => {
      const { service, store, at, friend } = await serviceWith(place);
      store.beforeNextCommit(() => service.close('friend'));

      await expect(service.call(saveSharedImage, at, as)).rejects.toMatchObject({ code: 'Forbidden' });
      expect(await service.counted('images', region, friend)).toBe(0);
    });
  });
});
