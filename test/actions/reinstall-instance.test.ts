import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { getInstance } from '../../functions/get-instance.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import type { Image } from '../../lib/model/image.ts';
import {
  anImageIn,
  anInstanceIn,
  aPublicImageIn,
  imageId,
  noon,
  type PolicyFixture,
  policyFixtures,
  refusalFields,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

/** Creates an instance of `friend`, launched from the first of two images that `owner` shares with it. */
async function serviceWith(fixture: PolicyFixture, parts: Partial<Image> = {}) {
  const store = new InterruptibleStore();
  const friend = fixture.principalOf('friend');
  const image = anImageIn(fixture, { recipients: sharedWith([friend]) });
  const other = anImageIn(fixture, {
    recipients: sharedWith([friend]),
    imageId: imageId('other'),
    disksGiB: [30],
    os: 'Rocky',
    ...parts,
  });
  const instance = anInstanceIn(fixture, { principal: friend, imageId: image.imageId, disksGiB: [20, 500] });
  const service = await (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest')).putImages(image, other);
  await service.putInstances(instance);
  const key = { region: fixture.region, instanceId: instance.instanceId };
  return { service, store, image, other, instance, at: key };
}

describe.each(policyFixtures)('reinstallInstance under $name', (fixture) => {
  const { region } = fixture;
  const as = { as: 'friend' };

  describe('effects', () => {
    it('replaces the system disk and keeps the data disks', async () => {
      const { service, at: key, instance } = await serviceWith(fixture);
      const { encryption: _, ...unchanged } = instance;
      const response = await service.call(reinstallInstance, { ...key, imageId: 'other' }, as);

      expect(response).toEqual({
        ...unchanged,
        state: 'running',
        imageId: 'other',
        imageStatus: 'available',
        imageName: 'web',
        os: 'Rocky',
        disksGiB: [30, 500],
        createdAt: noon.toISOString(),
      });
      expect(await service.call(getInstance, key, as)).toEqual(response);
    });

    it('does not change the instance count', async () => {
      const { service, at: key, instance } = await serviceWith(fixture);
      await service.call(reinstallInstance, { ...key, imageId: 'other' }, as);

      expect(await service.usedCount('instances', region, instance.principal)).toBe(1);
    });

    it('accepts a public image and the current image', async () => {
      const { service, at: key, image } = await serviceWith(fixture);
      const publicImage = aPublicImageIn(fixture);
      await service.putPublicImages(publicImage);

      expect(await service.call(reinstallInstance, { ...key, imageId: publicImage.imageId }, as)).toMatchObject({
        imageId: publicImage.imageId,
      });
      expect(await service.call(reinstallInstance, { ...key, imageId: image.imageId }, as)).toMatchObject({
        imageId: image.imageId,
      });
    });

    it('records the use of the share', async () => {
      const { service, at: key, other } = await serviceWith(fixture);
      await service.call(reinstallInstance, { ...key, imageId: 'other' }, as);

      expect((await service.call(listImageShares, { region, imageId: other.imageId })).shares).toMatchObject([
        { lastUsedAt: noon.toISOString() },
      ]);
    });

    it('does nothing in a dry run', async () => {
      const { service, at: key } = await serviceWith(fixture);
      const before = await service.contents();
      await service.call(reinstallInstance, { ...key, imageId: 'other' }, { ...as, isDryRun: true });

      expect(await service.contents()).toEqual(before);
    });
  });

  describe('refusals', () => {
    it("refuses the image's owner exactly as for an instance that never existed", async () => {
      const { service, at: key } = await serviceWith(fixture);
      const missing = { ...key, instanceId: 'ins-never', imageId: 'other' };
      const [existing, notFound] = [
        refusalFields(await service.refusalOf(reinstallInstance, { ...key, imageId: 'other' })),
        refusalFields(await service.refusalOf(reinstallInstance, missing, as)),
      ];

      expect(existing).toMatchObject({ code: 'InstanceNotFound' });
      expect(JSON.stringify(existing).replaceAll(key.instanceId, 'ID')).toBe(
        JSON.stringify(notFound).replaceAll(missing.instanceId, 'ID'),
      );
    });

    it.each([
      ['that was never shared', { recipients: {} }],
      ['whose share has expired', { recipients: { [fixture.principalOf('friend')]: noon.getTime() / 1_000 } }],
    ])('refuses an image %s with ImageNotFound', async (_, parts) => {
      const { service, at: key } = await serviceWith(fixture, parts);

      expect(await service.refusalOf(reinstallInstance, { ...key, imageId: 'other' }, as)).toMatchObject({
        code: 'ImageNotFound',
        details: { rule: 'received.visible' },
      });
    });

    it('refuses the current image after its share is cancelled, by cancel.instances-live', async () => {
      const { service, at: key, image } = await serviceWith(fixture);
      await service.call(cancelImageShares, { region, imageId: image.imageId, all: 'true' });

      expect(await service.refusalOf(reinstallInstance, { ...key, imageId: image.imageId }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'cancel.instances-live' },
      });
    });

    it.each(['pending', 'copying', 'failed'] as const)('refuses a %s image with ImageNotUsable', async (state) => {
      const { service, at: key } = await serviceWith(fixture, { state });

      expect(await service.refusalOf(reinstallInstance, { ...key, imageId: 'other' }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.use' },
      });
    });

    it("refuses an image without the instance's product with ImageNotUsable", async () => {
      const { service, at: key } = await serviceWith(fixture, { product: 'lightweight', products: ['lightweight'] });

      expect(await service.refusalOf(reinstallInstance, { ...key, imageId: 'other' }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'share.cross-product' },
      });
    });
  });

  describe('races', () => {
    it('does not restore an instance that is terminated concurrently', async () => {
      const { service, store, at: key, instance } = await serviceWith(fixture);
      store.beforeNextCommit(() => service.call(terminateInstance, key, as));

      await expect(service.call(reinstallInstance, { ...key, imageId: 'other' }, as)).rejects.toMatchObject({
        code: 'InstanceNotFound',
      });
      expect(await service.usedCount('instances', region, instance.principal)).toBe(0);
    });

    it('applies after a concurrent reinstall, keeping its data disks', async () => {
      const { service, store, at: key } = await serviceWith(fixture);
      const publicImage = aPublicImageIn(fixture);
      await service.putPublicImages(publicImage);
      store.beforeNextCommit(() => service.call(reinstallInstance, { ...key, imageId: publicImage.imageId }, as));

      expect(await service.call(reinstallInstance, { ...key, imageId: 'other' }, as)).toMatchObject({
        imageId: 'other',
        disksGiB: [30, 500],
      });
      expect(await service.call(getInstance, key, as)).toMatchObject({ imageId: 'other' });
    });
  });
});
