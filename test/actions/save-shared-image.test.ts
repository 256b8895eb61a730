import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { Image } from '../../lib/model/image.ts';
import {
  anImageIn,
  aPublicImageIn,
  noonSeconds,
  type PolicyFixture,
  policyFixtures,
  principals,
  refusalFields,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

async function serviceWith(fixture: PolicyFixture, parts: Partial<Image> = {}) {
  const store = new InterruptibleStore();
  const friend = fixture.principalOf('friend');
  const image = anImageIn(fixture, { recipients: sharedWith([friend, ...principals(49)]), disksGiB: [20, 40], ...parts });
  const service = await (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest')).putImages(image);
  return { service, store, image, friend, at: { region: image.region, imageId: image.imageId } };
}

describe.each(policyFixtures)('saveSharedImage under $name', (fixture) => {
  const { policy, region } = fixture;
  const as = { as: 'friend' };

  describe('effects', () => {
    it('creates an image that the recipient owns, in the same region, without shares, in state copying', async () => {
      const { service, at: key, image, friend } = await serviceWith(fixture, { tags: { a: 'b' } });
      const saved = await service.call(saveSharedImage, { ...key, name: 'mine' }, as);
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
      const { service, at: key, image } = await serviceWith(fixture, { description: 'original', tags: { role: 'web' } });
      const original = { name: image.name, description: 'original', tags: { role: 'web' } };

      expect(await service.call(saveSharedImage, key, as)).toMatchObject(original);
      expect(await service.call(saveSharedImage, { ...key, description: 'saved' }, as)).toMatchObject({
        ...original,
        description: 'saved',
      });
      expect((await service.call(saveSharedImage, { ...key, tags: {} }, as)).tags).toEqual({});
    });

    it("counts toward the recipient's quota, not the owner's", async () => {
      const { service, at: key, image, friend } = await serviceWith(fixture);
      await service.call(saveSharedImage, key, as);

      expect(await service.usedCount('images', region, friend)).toBe(1);
      expect(await service.usedCount('images', region, image.owner)).toBe(1);
    });

    it('leaves the image and its shares unchanged, without a record for its owner', async () => {
      const { service, at: key, image, friend } = await serviceWith(fixture);
      const { imageId } = await service.call(saveSharedImage, key, as);

      expect(await service.store.image(image)).toEqual(image);
      expect(await service.recordsOf(image.owner, policy.principalKind)).toEqual([]);
      expect(await service.recordsOf(friend, policy.principalKind)).toMatchObject([
        { action: 'SaveSharedImage', imageId, source: key },
      ]);
    });

    it('remains when the source is cancelled and deleted, and can be shared', async () => {
      const { service, at: key } = await serviceWith(fixture, { disksGiB: [20] });
      const { imageId } = await service.call(saveSharedImage, key, as);
      await service.call(cancelImageShares, { ...key, all: 'true' });
      await service.call(deleteImage, key);
      await service.call(reportImageState, { region, imageId, state: 'available' }, { scopes: ['compute'] });
      const request = { region, imageId, recipients: [fixture.principalOf('guest')], acknowledgeRisk: true };

      expect(await service.call(shareImage, request, as)).toMatchObject({ used: 1 });
      expect(await service.call(getImage, { region, imageId }, { as: 'guest' })).toMatchObject({ visibility: 'shared' });
    });

    it('saves once for calls with the same Idempotency-Key', async () => {
      const { service, at: key, friend } = await serviceWith(fixture);
      const first = await service.call(saveSharedImage, key, { ...as, key: 'once' });

      expect(await service.call(saveSharedImage, key, { ...as, key: 'once' })).toEqual(first);
      expect(await service.usedCount('images', region, friend)).toBe(1);
    });
  });

  describe('refusals', () => {
    it('refuses a stranger, and a recipient after a cancel, exactly as for an image that never existed', async () => {
      const { service, at: key } = await serviceWith(fixture);
      const notFound = refusalFields(
        await (await new InMemoryService().createAccounts('friend')).refusalOf(saveSharedImage, key, as),
      );
      expect(notFound).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(refusalFields(await service.refusalOf(saveSharedImage, key, { as: 'guest' }))).toEqual(notFound);

      await service.call(cancelImageShares, { ...key, all: 'true' });
      expect(refusalFields(await service.refusalOf(saveSharedImage, key, as))).toEqual(notFound);
    });

    it('refuses a recipient from the second in which its share ends', async () => {
      const { service, at: key } = await serviceWith(fixture, {
        recipients: { [fixture.principalOf('friend')]: noonSeconds + 1 },
      });
      service.passSeconds(1);

      expect(await service.refusalOf(saveSharedImage, key, as)).toMatchObject({ code: 'ImageNotFound' });
    });

    it('refuses the owner, who can copy instead, with ImageNotUsable', async () => {
      const { service, at: key } = await serviceWith(fixture);

      expect(await service.refusalOf(saveSharedImage, key)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.save' },
      });
    });

    it('refuses a public image with ImageNotUsable', async () => {
      const { service } = await serviceWith(fixture);
      await service.putPublicImages(aPublicImageIn(fixture));

      expect(await service.refusalOf(saveSharedImage, { region, imageId: aPublicImageIn(fixture).imageId }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.save' },
      });
    });

    it('refuses an image without data with ImageNotUsable', async () => {
      const { service, at: key } = await serviceWith(fixture, { state: 'failed' });

      expect(await service.refusalOf(saveSharedImage, key, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.use' },
      });
    });

    it('refuses an image beyond the quota with ImageQuotaExceeded', async () => {
      const { service, at: key, friend } = await serviceWith(fixture);
      await service.setImageCount(region, friend, policy.imagesPerPrincipalMax);

      expect(await service.refusalOf(saveSharedImage, key, as)).toMatchObject({
        code: 'ImageQuotaExceeded',
        details: { rule: 'quota.images', used: policy.imagesPerPrincipalMax, remaining: 0 },
      });
    });
  });

  describe('races', () => {
    it('is refused when a concurrent import uses up the quota', async () => {
      const { service, store, at: key, friend } = await serviceWith(fixture);
      await service.setImageCount(region, friend, policy.imagesPerPrincipalMax - 1);
      store.beforeNextCommit(() => service.call(importImage, { region, name: 'x', sizeGiB: 1 }, as));

      await expect(service.call(saveSharedImage, key, as)).rejects.toMatchObject({ code: 'ImageQuotaExceeded' });
      expect(await service.usedCount('images', region, friend)).toBe(policy.imagesPerPrincipalMax);
    });

    it('saves nothing for a principal that is closed concurrently', async () => {
      const { service, store, at: key, friend } = await serviceWith(fixture);
      store.beforeNextCommit(() => service.close('friend'));

      await expect(service.call(saveSharedImage, key, as)).rejects.toMatchObject({ code: 'Forbidden' });
      expect(await service.usedCount('images', region, friend)).toBe(0);
    });
  });
});
