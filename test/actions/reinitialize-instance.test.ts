import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { deletePublicImage } from '../../functions/delete-public-image.ts';
import { getInstance } from '../../functions/get-instance.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { reinitializeInstance } from '../../functions/reinitialize-instance.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import {
  anImageIn,
  anInstanceIn,
  aPublicImageIn,
  heldBy,
  imageId,
  instanceId,
  noon,
  noonSeconds,
  type Place,
  places,
} from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

/** Creates an instance of `friend`, launched from an image that `owner` shares with it. */
async function serviceWith(place: Place, end = 0) {
  const store = new InterruptedStore();
  const friend = place.principalOf('friend');
  const image = anImageIn(place, { recipients: { [friend]: end } });
  const instance = anInstanceIn(place, { principal: friend, imageId: image.imageId, disksGiB: [20, 500] });
  const service = await (await (await new InMemoryService(store).know('owner', 'friend', 'guest')).put(image)).run(instance);
  const at = { region: place.region, instanceId: instance.instanceId };
  return { service, store, image, ofImage: { region: image.region, imageId: image.imageId }, instance, at, friend };
}

describe.each(places)('reinitializeInstance under $name', (place) => {
  const { region } = place;
  const as = { as: 'friend' };
  const notShared = { code: 'ImageNotUsable', details: { rule: 'cancel.instances-live' } };

  describe('effects', () => {
    it('reinitializes the instance from its image without changing it otherwise', async () => {
      const { service, at } = await serviceWith(place);
      const before = await service.call(getInstance, at, as);

      expect(await service.call(reinitializeInstance, at, as)).toEqual(before);
      expect(await service.call(getInstance, at, as)).toEqual(before);
    });

    it("succeeds for the image's owner after all shares are cancelled", async () => {
      const { service, ofImage, image } = await serviceWith(place);
      const own = anInstanceIn(place, { instanceId: instanceId('ins-own'), imageId: image.imageId });
      await service.run(own);
      await service.call(cancelImageShares, { ...ofImage, all: 'true' });

      expect(await service.call(reinitializeInstance, { region, instanceId: own.instanceId })).toMatchObject({
        imageId: image.imageId,
      });
    });

    it('records the use of the share', async () => {
      const { service, at, ofImage } = await serviceWith(place);
      await service.call(reinitializeInstance, at, as);

      expect((await service.call(listImageShares, ofImage)).shares).toMatchObject([{ lastUsedAt: noon.toISOString() }]);
    });

    it('succeeds again once the image is shared again', async () => {
      const { service, at, ofImage, friend } = await serviceWith(place);
      await service.call(cancelImageShares, { ...ofImage, all: 'true' });
      await service.refusalOf(reinitializeInstance, at, as);
      await service.call(shareImage, { ...ofImage, recipients: [friend], acknowledgeRisk: true });

      expect(await service.call(reinitializeInstance, at, as)).toMatchObject(ofImage);
    });
  });

  describe('refusals', () => {
    it('refuses after a cancel with ImageNotUsable by cancel.instances-live, while the instance keeps running', async () => {
      const { service, at, ofImage } = await serviceWith(place);
      await service.call(cancelImageShares, { ...ofImage, all: 'true' });

      expect(await service.refusalOf(reinitializeInstance, at, as)).toMatchObject(notShared);
      expect(await service.call(getInstance, at, as)).toMatchObject({ state: 'running' });
    });

    it('refuses from the second in which the share ends', async () => {
      const { service, at } = await serviceWith(place, noonSeconds + 10);
      service.passSeconds(9);
      await service.call(reinitializeInstance, at, as);
      service.passSeconds(1);

      expect(await service.refusalOf(reinitializeInstance, at, as)).toMatchObject(notShared);
    });

    it('refuses after a deletion with ImageNotUsable by delete.instances-live, while the instance keeps running', async () => {
      const { service, at, ofImage } = await serviceWith(place);
      await service.call(cancelImageShares, { ...ofImage, all: 'true' });
      await service.call(deleteImage, ofImage);

      expect(await service.refusalOf(reinitializeInstance, at, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'delete.instances-live' },
      });
      expect(await service.call(getInstance, at, as)).toMatchObject({ state: 'running' });
    });

    it('refuses after the deletion of a public image by delete.instances-live', async () => {
      const { service, friend } = await serviceWith(place);
      const open = aPublicImageIn(place);
      const instance = anInstanceIn(place, { instanceId: instanceId('ins-public'), principal: friend, imageId: open.imageId });
      await (await service.provide(open)).run(instance);
      await service.call(deletePublicImage, { region, imageId: open.imageId }, { as: 'operator', scopes: ['operator'] });

      expect(await service.refusalOf(reinitializeInstance, { region, instanceId: instance.instanceId }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'delete.instances-live' },
      });
    });

    it("refuses everyone but the instance's principal with InstanceNotFound", async () => {
      const { service, at } = await serviceWith(place);

      expect(await service.refusalOf(reinitializeInstance, at)).toMatchObject({ code: 'InstanceNotFound' });
      expect(await service.refusalOf(reinitializeInstance, at, { as: 'guest' })).toMatchObject({ code: 'InstanceNotFound' });
    });
  });

  describe('races', () => {
    it('uses the image that the instance is reinstalled from concurrently', async () => {
      const { service, store, at, ofImage, friend } = await serviceWith(place);
      const other = anImageIn(place, { imageId: imageId('other'), recipients: heldBy([friend]), os: 'Rocky' });
      await service.put(other);
      store.beforeNextCommit(async () => {
        await service.call(reinstallInstance, { ...at, imageId: 'other' }, as);
        await service.call(cancelImageShares, { ...ofImage, all: 'true' });
      });

      expect(await service.call(reinitializeInstance, at, as)).toMatchObject({ imageId: 'other', os: 'Rocky' });
    });

    it('refuses if the image that the instance is reinstalled from concurrently is no longer shared', async () => {
      const { service, store, at, friend } = await serviceWith(place);
      const other = anImageIn(place, { imageId: imageId('other'), recipients: heldBy([friend]) });
      await service.put(other);
      store.beforeNextCommit(async () => {
        await service.call(reinstallInstance, { ...at, imageId: 'other' }, as);
        await service.call(cancelImageShares, { region, imageId: 'other', all: 'true' });
      });

      await expect(service.call(reinitializeInstance, at, as)).rejects.toMatchObject(notShared);
    });

    it('does not restore an instance that is terminated concurrently', async () => {
      const { service, store, at, instance } = await serviceWith(place);
      store.beforeNextCommit(() => service.call(terminateInstance, at, as));

      await expect(service.call(reinitializeInstance, at, as)).rejects.toMatchObject({ code: 'InstanceNotFound' });
      expect((await service.store.read({ instances: [instance] })).instance).toBeUndefined();
    });
  });
});
