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
  heldBy,
  imageId,
  noon,
  type Place,
  places,
  problem,
} from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

/** Creates an instance of `friend`, launched from the first of two images that `owner` shares with it. */
async function serviceWith(place: Place, parts: Partial<Image> = {}) {
  const store = new InterruptedStore();
  const friend = place.principalOf('friend');
  const image = anImageIn(place, { recipients: heldBy([friend]) });
  const other = anImageIn(place, {
    recipients: heldBy([friend]),
    imageId: imageId('other'),
    disksGiB: [30],
    os: 'Rocky',
    ...parts,
  });
  const instance = anInstanceIn(place, { principal: friend, imageId: image.imageId, disksGiB: [20, 500] });
  const service = await (await new InMemoryService(store).know('owner', 'friend', 'guest')).put(image, other);
  await service.run(instance);
  const at = { region: place.region, instanceId: instance.instanceId };
  return { service, store, image, other, instance, at };
}

describe.each(places)('reinstallInstance under $name', (place) => {
  const { region } = place;
  const as = { as: 'friend' };

  describe('effects', () => {
    it('replaces the system disk and keeps the data disks', async () => {
      const { service, at, instance } = await serviceWith(place);
      const { encryption: _, ...same } = instance;
      const answer = await service.call(reinstallInstance, { ...at, imageId: 'other' }, as);

      expect(answer).toEqual({
        ...same,
        state: 'running',
        imageId: 'other',
        os: 'Rocky',
        disksGiB: [30, 500],
        createdAt: noon.toISOString(),
      });
      expect(await service.call(getInstance, at, as)).toEqual(answer);
    });

    it('does not change the instance count', async () => {
      const { service, at, instance } = await serviceWith(place);
      await service.call(reinstallInstance, { ...at, imageId: 'other' }, as);

      expect(await service.counted('instances', region, instance.principal)).toBe(1);
    });

    it('accepts a public image and the current image', async () => {
      const { service, at, image } = await serviceWith(place);
      const open = aPublicImageIn(place);
      await service.provide(open);

      expect(await service.call(reinstallInstance, { ...at, imageId: open.imageId }, as)).toMatchObject({
        imageId: open.imageId,
      });
      expect(await service.call(reinstallInstance, { ...at, imageId: image.imageId }, as)).toMatchObject({
        imageId: image.imageId,
      });
    });

    it('records the use of the share', async () => {
      const { service, at, other } = await serviceWith(place);
      await service.call(reinstallInstance, { ...at, imageId: 'other' }, as);

      expect((await service.call(listImageShares, { region, imageId: other.imageId })).shares).toMatchObject([
        { lastUsedAt: noon.toISOString() },
      ]);
    });

    it('does nothing in a dry run', async () => {
      const { service, at } = await serviceWith(place);
      const before = await service.contents();
      await service.call(reinstallInstance, { ...at, imageId: 'other' }, { ...as, isDryRun: true });

      expect(await service.contents()).toEqual(before);
    });
  });

  describe('refusals', () => {
    it("refuses the image's owner exactly as for an instance that never existed", async () => {
      const { service, at } = await serviceWith(place);
      const never = { ...at, instanceId: 'ins-never', imageId: 'other' };
      const [here, nowhere] = [
        problem(await service.refusalOf(reinstallInstance, { ...at, imageId: 'other' })),
        problem(await service.refusalOf(reinstallInstance, never, as)),
      ];

      expect(here).toMatchObject({ code: 'InstanceNotFound' });
      expect(JSON.stringify(here).replaceAll(at.instanceId, 'ID')).toBe(
        JSON.stringify(nowhere).replaceAll(never.instanceId, 'ID'),
      );
    });

    it.each([
      ['that was never shared', { recipients: {} }],
      ['whose share has expired', { recipients: { [place.principalOf('friend')]: noon.getTime() / 1_000 } }],
    ])('refuses an image %s with ImageNotFound', async (_, parts) => {
      const { service, at } = await serviceWith(place, parts);

      expect(await service.refusalOf(reinstallInstance, { ...at, imageId: 'other' }, as)).toMatchObject({
        code: 'ImageNotFound',
        details: { rule: 'received.visible' },
      });
    });

    it('refuses the current image after its share is cancelled, by cancel.instances-live', async () => {
      const { service, at, image } = await serviceWith(place);
      await service.call(cancelImageShares, { region, imageId: image.imageId, all: 'true' });

      expect(await service.refusalOf(reinstallInstance, { ...at, imageId: image.imageId }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'cancel.instances-live' },
      });
    });

    it.each(['pending', 'copying', 'failed'] as const)('refuses a %s image with ImageNotUsable', async (state) => {
      const { service, at } = await serviceWith(place, { state });

      expect(await service.refusalOf(reinstallInstance, { ...at, imageId: 'other' }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.use' },
      });
    });

    it("refuses an image without the instance's product with ImageNotUsable", async () => {
      const { service, at } = await serviceWith(place, { product: 'lightweight', products: ['lightweight'] });

      expect(await service.refusalOf(reinstallInstance, { ...at, imageId: 'other' }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'share.cross-product' },
      });
    });
  });

  describe('races', () => {
    it('does not restore an instance that is terminated concurrently', async () => {
      const { service, store, at, instance } = await serviceWith(place);
      store.beforeNextCommit(() => service.call(terminateInstance, at, as));

      await expect(service.call(reinstallInstance, { ...at, imageId: 'other' }, as)).rejects.toMatchObject({
        code: 'InstanceNotFound',
      });
      expect(await service.counted('instances', region, instance.principal)).toBe(0);
    });

    it('applies after a concurrent reinstall, keeping its data disks', async () => {
      const { service, store, at } = await serviceWith(place);
      const open = aPublicImageIn(place);
      await service.provide(open);
      store.beforeNextCommit(() => service.call(reinstallInstance, { ...at, imageId: open.imageId }, as));

      expect(await service.call(reinstallInstance, { ...at, imageId: 'other' }, as)).toMatchObject({
        imageId: 'other',
        disksGiB: [30, 500],
      });
      expect(await service.call(getInstance, at, as)).toMatchObject({ imageId: 'other' });
    });
  });
});
