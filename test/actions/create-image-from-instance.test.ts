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
async function serviceWith(place: Place) {
  const store = new InterruptedStore();
  const friend = place.principalOf('friend');
  const image = anImageIn(place, { recipients: heldBy([friend]) });
  const service = await (await new InMemoryService(store).know('owner', 'friend', 'guest')).put(image);
  const ofImage = { region: image.region, imageId: image.imageId };
  const { region, instanceId } = await service.call(runInstance, ofImage, { as: 'friend' });
  return { service, store, image, ofImage, friend, at: { region, instanceId } };
}

describe.each(places)('createImageFromInstance under $name', (place) => {
  const { region, policy } = place;
  const as = { as: 'friend' };

  describe('effects', () => {
    it("makes the server's principal an image of its own in state pending, which nobody else sees", async () => {
      const { service, at, friend, image } = await serviceWith(place);
      const made = await service.call(createImageFromInstance, { ...at, name: 'mine', tags: { a: 'b' } }, as);

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
      expect(await service.refusalOf(getImage, { region, imageId: made.imageId })).toMatchObject({ code: 'ImageNotFound' });
    });

    it("counts toward the quota of the server's principal alone", async () => {
      const { service, at, friend, image } = await serviceWith(place);
      await service.call(createImageFromInstance, { ...at, name: 'mine' }, as);

      expect(await service.counted('images', region, friend)).toBe(1);
      expect(await service.counted('images', region, image.owner)).toBe(1);
    });

    it('makes an image that can be shared once it is available', async () => {
      const { service, at } = await serviceWith(place);
      const { imageId } = await service.call(createImageFromInstance, { ...at, name: 'mine' }, as);
      await service.call(reportImageState, { region, imageId, state: 'available' }, { scopes: ['compute'] });
      const sharing = { region, imageId, recipients: [place.principalOf('guest')], acknowledgeRisk: true };

      expect(await service.call(shareImage, sharing, as)).toMatchObject({ used: 1 });
    });

    it('goes on when the image that the server was made from is not shared any more', async () => {
      const { service, at, ofImage } = await serviceWith(place);
      await service.call(cancelImageShares, { ...ofImage, all: 'true' });

      expect(await service.call(createImageFromInstance, { ...at, name: 'mine' }, as)).toMatchObject({ visibility: 'owned' });
    });

    it('leaves a record with the image that the server was made from, and none with its owner', async () => {
      const { service, at, friend, image, ofImage } = await serviceWith(place);
      const { imageId } = await service.call(createImageFromInstance, { ...at, name: 'mine' }, as);

      expect(await service.recordsOf(friend, policy.principalKind)).toMatchObject([
        { action: 'CreateImageFromInstance', imageId, source: ofImage },
      ]);
      expect(await service.recordsOf(image.owner, policy.principalKind)).toEqual([]);
    });
  });

  describe('refusals', () => {
    it('refuses the owner of the image, whose server it is not, and what is no server, with InstanceNotFound', async () => {
      const { service, at } = await serviceWith(place);
      const never = { ...at, instanceId: 'ins-never' };

      expect(await service.refusalOf(createImageFromInstance, { ...at, name: 'mine' })).toMatchObject({
        code: 'InstanceNotFound',
      });
      expect(await service.refusalOf(createImageFromInstance, { ...never, name: 'mine' }, as)).toMatchObject({
        code: 'InstanceNotFound',
      });
    });

    it('refuses one more than the quota allows with ImageQuotaExceeded', async () => {
      const { service, at, friend } = await serviceWith(place);
      await service.own(region, friend, policy.imagesPerPrincipalMax);

      expect(await service.refusalOf(createImageFromInstance, { ...at, name: 'mine' }, as)).toMatchObject({
        code: 'ImageQuotaExceeded',
        details: { rule: 'quota.images', used: policy.imagesPerPrincipalMax, remaining: 0 },
      });
    });
  });

  describe('races', () => {
    it('is refused when an import takes the last place meanwhile', async () => {
      const { service, store, at, friend } = await serviceWith(place);
      await service.own(region, friend, policy.imagesPerPrincipalMax - 1);
      store.beforeNextCommit(() => service.call(importImage, { region, name: 'x', sizeGiB: 1 }, as));

      await expect(service.call(createImageFromInstance, { ...at, name: 'mine' }, as)).rejects.toMatchObject({
        code: 'ImageQuotaExceeded',
      });
      expect(await service.counted('images', region, friend)).toBe(policy.imagesPerPrincipalMax);
    });

    it('makes no image for a principal that is closed meanwhile', async () => {
      const { service, store, at, friend } = await serviceWith(place);
      store.beforeNextCommit(() => service.close('friend'));

      await expect(service.call(createImageFromInstance, { ...at, name: 'mine' }, as)).rejects.toMatchObject({
        code: 'Forbidden',
      });
      expect(await service.counted('images', region, friend)).toBe(0);
    });

    it('counts an image whose making began before the server was terminated as before it', async () => {
      const { service, store, at } = await serviceWith(place);
      store.beforeNextCommit(() => service.call(terminateInstance, at, as));

      expect(await service.call(createImageFromInstance, { ...at, name: 'mine' }, as)).toMatchObject({ state: 'pending' });
    });
  });
});
