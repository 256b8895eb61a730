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

/** A friend's server, made from the first of the owner's two images that are shared with the friend. */
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
    it('takes the system disk from another image and keeps the data disks', async () => {
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

    it('counts no further server', async () => {
      const { service, at, instance } = await serviceWith(place);
      await service.call(reinstallInstance, { ...at, imageId: 'other' }, as);

      expect(await service.counted('instances', region, instance.principal)).toBe(1);
    });

    it('takes a public image and the image that the server was made from', async () => {
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

    it('notes the use of the share', async () => {
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
    it("refuses the image's owner, whose server it is not, as it does for one that never was", async () => {
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

    it('refuses the image that the server was made from, once its share is cancelled, by cancel.instances-live', async () => {
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

    it("refuses an image that is not for the server's product with ImageNotUsable", async () => {
      const { service, at } = await serviceWith(place, { product: 'lightweight', products: ['lightweight'] });

      expect(await service.refusalOf(reinstallInstance, { ...at, imageId: 'other' }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'share.cross-product' },
      });
    });
  });

  describe('races', () => {
    it('brings no server back that is terminated meanwhile', async () => {
      const { service, store, at, instance } = await serviceWith(place);
      store.beforeNextCommit(() => service.call(terminateInstance, at, as));

      await expect(service.call(reinstallInstance, { ...at, imageId: 'other' }, as)).rejects.toMatchObject({
        code: 'InstanceNotFound',
      });
      expect(await service.counted('instances', region, instance.principal)).toBe(0);
    });

    it('keeps what another reinstall made of the data disks, and comes after it', async () => {
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
