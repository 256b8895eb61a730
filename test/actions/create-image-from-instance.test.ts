import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { anImageIn, noon, type PolicyFixture, policyFixtures, sharedWith } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

/** Creates an instance of `friend`, launched from an image that `owner` shares with it. */
async function serviceWith(fixture: PolicyFixture) {
  const store = new InterruptibleStore();
  const friend = fixture.principalOf('friend');
  const image = anImageIn(fixture, { recipients: sharedWith([friend]) });
  const service = await (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest')).putImages(image);
  const imageKey = { region: image.region, imageId: image.imageId };
  const { region, instanceId } = await service.call(runInstance, imageKey, { as: 'friend' });
  return { service, store, image, ofImage: imageKey, friend, at: { region, instanceId } };
}

describe.each(policyFixtures)('createImageFromInstance under $name', (fixture) => {
  const { region, policy } = fixture;
  const as = { as: 'friend' };

  describe('effects', () => {
    it("creates a pending image that belongs to the instance's principal and that nobody else can see", async () => {
      const { service, at: key, friend, image } = await serviceWith(fixture);
      const created = await service.call(createImageFromInstance, { ...key, name: 'mine', tags: { a: 'b' } }, as);

      expect(created).toMatchObject({
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
      expect(await service.refusalOf(getImage, { region, imageId: created.imageId })).toMatchObject({ code: 'ImageNotFound' });
    });

    it("counts only toward the quota of the instance's principal", async () => {
      const { service, at: key, friend, image } = await serviceWith(fixture);
      await service.call(createImageFromInstance, { ...key, name: 'mine' }, as);

      expect(await service.usedCount('images', region, friend)).toBe(1);
      expect(await service.usedCount('images', region, image.owner)).toBe(1);
    });

    it('creates an image that can be shared once it is available', async () => {
      const { service, at: key } = await serviceWith(fixture);
      const { imageId } = await service.call(createImageFromInstance, { ...key, name: 'mine' }, as);
      await service.call(reportImageState, { region, imageId, state: 'available' }, { scopes: ['compute'] });
      const request = { region, imageId, recipients: [fixture.principalOf('guest')], acknowledgeRisk: true };

      expect(await service.call(shareImage, request, as)).toMatchObject({ used: 1 });
    });

    it("succeeds after the instance's image is no longer shared", async () => {
      const { service, at: key, ofImage: imageKey } = await serviceWith(fixture);
      await service.call(cancelImageShares, { ...imageKey, all: 'true' });

      expect(await service.call(createImageFromInstance, { ...key, name: 'mine' }, as)).toMatchObject({ visibility: 'owned' });
    });

    it("records the source image for the instance's principal only", async () => {
      const { service, at: key, friend, image, ofImage: imageKey } = await serviceWith(fixture);
      const { imageId } = await service.call(createImageFromInstance, { ...key, name: 'mine' }, as);

      expect(await service.recordsOf(friend, policy.principalKind)).toMatchObject([
        { action: 'CreateImageFromInstance', imageId, source: imageKey },
      ]);
      expect(await service.recordsOf(image.owner, policy.principalKind)).toEqual([]);
    });
  });

  describe('refusals', () => {
    it("refuses the image's owner and an unknown instance with InstanceNotFound", async () => {
      const { service, at: key } = await serviceWith(fixture);
      const missing = { ...key, instanceId: 'ins-never' };

      expect(await service.refusalOf(createImageFromInstance, { ...key, name: 'mine' })).toMatchObject({
        code: 'InstanceNotFound',
      });
      expect(await service.refusalOf(createImageFromInstance, { ...missing, name: 'mine' }, as)).toMatchObject({
        code: 'InstanceNotFound',
      });
    });

    it('refuses an image beyond the quota with ImageQuotaExceeded', async () => {
      const { service, at: key, friend } = await serviceWith(fixture);
      await service.setImageCount(region, friend, policy.imagesPerPrincipalMax);

      expect(await service.refusalOf(createImageFromInstance, { ...key, name: 'mine' }, as)).toMatchObject({
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

      await expect(service.call(createImageFromInstance, { ...key, name: 'mine' }, as)).rejects.toMatchObject({
        code: 'ImageQuotaExceeded',
      });
      expect(await service.usedCount('images', region, friend)).toBe(policy.imagesPerPrincipalMax);
    });

    it('creates no image for a principal that is closed concurrently', async () => {
      const { service, store, at: key, friend } = await serviceWith(fixture);
      store.beforeNextCommit(() => service.close('friend'));

      await expect(service.call(createImageFromInstance, { ...key, name: 'mine' }, as)).rejects.toMatchObject({
        code: 'Forbidden',
      });
      expect(await service.usedCount('images', region, friend)).toBe(0);
    });

    it('succeeds if it started before the instance was terminated', async () => {
      const { service, store, at: key } = await serviceWith(fixture);
      store.beforeNextCommit(() => service.call(terminateInstance, key, as));

      expect(await service.call(createImageFromInstance, { ...key, name: 'mine' }, as)).toMatchObject({ state: 'pending' });
    });
  });
});
