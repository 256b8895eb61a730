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
  imageId,
  instanceId,
  noon,
  noonSeconds,
  type PolicyFixture,
  policyFixtures,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

/** Creates an instance of `friend`, launched from an image that `owner` shares with it. */
async function serviceWith(fixture: PolicyFixture, end = 0) {
  const store = new InterruptibleStore();
  const friend = fixture.principalOf('friend');
  const image = anImageIn(fixture, { recipients: { [friend]: end } });
  const instance = anInstanceIn(fixture, { principal: friend, imageId: image.imageId, disksGiB: [20, 500] });
  const service = await (
    await (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest')).putImages(image)
  ).putInstances(instance);
  const key = { region: fixture.region, instanceId: instance.instanceId };
  return { service, store, image, ofImage: { region: image.region, imageId: image.imageId }, instance, at: key, friend };
}

describe.each(policyFixtures)('reinitializeInstance under $name', (fixture) => {
  const { region } = fixture;
  const as = { as: 'friend' };
  const notShared = { code: 'ImageNotUsable', details: { rule: 'cancel.instances-live' } };

  describe('effects', () => {
    it('reinitializes the instance from its image without changing it otherwise', async () => {
      const { service, at: key } = await serviceWith(fixture);
      const before = await service.call(getInstance, key, as);

      expect(await service.call(reinitializeInstance, key, as)).toEqual(before);
      expect(await service.call(getInstance, key, as)).toEqual(before);
    });

    it("succeeds for the image's owner after all shares are cancelled", async () => {
      const { service, ofImage: imageKey, image } = await serviceWith(fixture);
      const ownInstance = anInstanceIn(fixture, { instanceId: instanceId('ins-own'), imageId: image.imageId });
      await service.putInstances(ownInstance);
      await service.call(cancelImageShares, { ...imageKey, all: 'true' });

      expect(await service.call(reinitializeInstance, { region, instanceId: ownInstance.instanceId })).toMatchObject({
        imageId: image.imageId,
      });
    });

    it('records the use of the share', async () => {
      const { service, at: key, ofImage: imageKey } = await serviceWith(fixture);
      await service.call(reinitializeInstance, key, as);

      expect((await service.call(listImageShares, imageKey)).shares).toMatchObject([{ lastUsedAt: noon.toISOString() }]);
    });

    it('succeeds again once the image is shared again', async () => {
      const { service, at: key, ofImage: imageKey, friend } = await serviceWith(fixture);
      await service.call(cancelImageShares, { ...imageKey, all: 'true' });
      await service.refusalOf(reinitializeInstance, key, as);
      await service.call(shareImage, { ...imageKey, recipients: [friend], acknowledgeRisk: true });

      expect(await service.call(reinitializeInstance, key, as)).toMatchObject(imageKey);
    });
  });

  describe('refusals', () => {
    it('refuses after a cancel with ImageNotUsable by cancel.instances-live, while the instance keeps running', async () => {
      const { service, at: key, ofImage: imageKey } = await serviceWith(fixture);
      await service.call(cancelImageShares, { ...imageKey, all: 'true' });

      expect(await service.refusalOf(reinitializeInstance, key, as)).toMatchObject(notShared);
      expect(await service.call(getInstance, key, as)).toMatchObject({ state: 'running' });
    });

    it('refuses from the second in which the share ends', async () => {
      const { service, at: key } = await serviceWith(fixture, noonSeconds + 10);
      service.passSeconds(9);
      await service.call(reinitializeInstance, key, as);
      service.passSeconds(1);

      expect(await service.refusalOf(reinitializeInstance, key, as)).toMatchObject(notShared);
    });

    it('refuses after a deletion with ImageNotUsable by delete.instances-live, while the instance keeps running', async () => {
      const { service, at: key, ofImage: imageKey } = await serviceWith(fixture);
      await service.call(cancelImageShares, { ...imageKey, all: 'true' });
      await service.call(deleteImage, imageKey);

      expect(await service.refusalOf(reinitializeInstance, key, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'delete.instances-live' },
      });
      expect(await service.call(getInstance, key, as)).toMatchObject({ state: 'running' });
    });

    it('refuses after the deletion of a public image by delete.instances-live', async () => {
      const { service, friend } = await serviceWith(fixture);
      const publicImage = aPublicImageIn(fixture);
      const instance = anInstanceIn(fixture, {
        instanceId: instanceId('ins-public'),
        principal: friend,
        imageId: publicImage.imageId,
      });
      await (await service.putPublicImages(publicImage)).putInstances(instance);
      await service.call(deletePublicImage, { region, imageId: publicImage.imageId }, { as: 'operator', scopes: ['operator'] });

      expect(await service.refusalOf(reinitializeInstance, { region, instanceId: instance.instanceId }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'delete.instances-live' },
      });
    });

    it("refuses everyone but the instance's principal with InstanceNotFound", async () => {
      const { service, at: key } = await serviceWith(fixture);

      expect(await service.refusalOf(reinitializeInstance, key)).toMatchObject({ code: 'InstanceNotFound' });
      expect(await service.refusalOf(reinitializeInstance, key, { as: 'guest' })).toMatchObject({ code: 'InstanceNotFound' });
    });
  });

  describe('races', () => {
    it('uses the image that the instance is reinstalled from concurrently', async () => {
      const { service, store, at: key, ofImage: imageKey, friend } = await serviceWith(fixture);
      const other = anImageIn(fixture, { imageId: imageId('other'), recipients: sharedWith([friend]), os: 'Rocky' });
      await service.putImages(other);
      store.beforeNextCommit(async () => {
        await service.call(reinstallInstance, { ...key, imageId: 'other' }, as);
        await service.call(cancelImageShares, { ...imageKey, all: 'true' });
      });

      expect(await service.call(reinitializeInstance, key, as)).toMatchObject({ imageId: 'other', os: 'Rocky' });
    });

    it('refuses if the image that the instance is reinstalled from concurrently is no longer shared', async () => {
      const { service, store, at: key, friend } = await serviceWith(fixture);
      const other = anImageIn(fixture, { imageId: imageId('other'), recipients: sharedWith([friend]) });
      await service.putImages(other);
      store.beforeNextCommit(async () => {
        await service.call(reinstallInstance, { ...key, imageId: 'other' }, as);
        await service.call(cancelImageShares, { region, imageId: 'other', all: 'true' });
      });

      await expect(service.call(reinitializeInstance, key, as)).rejects.toMatchObject(notShared);
    });

    it('does not restore an instance that is terminated concurrently', async () => {
      const { service, store, at: key, instance } = await serviceWith(fixture);
      store.beforeNextCommit(() => service.call(terminateInstance, key, as));

      await expect(service.call(reinitializeInstance, key, as)).rejects.toMatchObject({ code: 'InstanceNotFound' });
      expect((await service.store.read({ instances: [instance] })).instance).toBeUndefined();
    });
  });
});
