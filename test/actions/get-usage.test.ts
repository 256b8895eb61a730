import { copyImage } from '../../functions/copy-image.ts';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getUsage } from '../../functions/get-usage.ts';
import { importImage } from '../../functions/import-image.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import {
  anImageIn,
  aPublicImageIn,
  imageId,
  noon,
  type PolicyFixture,
  policyFixtures,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

const hour = 3_600;

describe.each(policyFixtures)('getUsage under $name', (fixture) => {
  const { region, policy } = fixture;
  const project = (account: string) => (policy.principalKind === 'project' ? { project: `org-${account}` } : {});
  const aService = () => new InMemoryService().createAccounts('owner', 'friend', 'guest');
  const usage = async (service: InMemoryService, as = 'owner', period: Record<string, unknown> = {}) => {
    const { regions } = await service.call(getUsage, period, { as, ...project(as) });
    return regions.find((entry) => entry.region === region);
  };
  const today = (gibHours: number) => ({ region, gibHours, days: [{ day: '2026-11-22', gibHours }] });
  const none = { region, gibHours: 0, days: [] };

  describe('effects', () => {
    it('returns the GiB-hours of an owned image, over all its disks, up to now', async () => {
      const service = await aService();
      await service.call(importImage, { region, name: 'web', sizeGiB: 20, disks: [{ sizeGiB: 30 }] });
      expect(await usage(service)).toEqual(none);

      service.passSeconds(2 * hour);
      expect(await usage(service)).toEqual(today(100));
    });

    it('returns them per day', async () => {
      const service = await aService();
      await service.call(importImage, { region, name: 'web', sizeGiB: 10 });
      service.passSeconds(24 * hour);

      expect(await usage(service)).toEqual({
        region,
        gibHours: 240,
        days: [
          { day: '2026-11-22', gibHours: 120 },
          { day: '2026-11-23', gibHours: 120 },
        ],
      });
    });

    it('counts a deleted image until its deletion, in addition to existing ones', async () => {
      const service = await aService();
      const { imageId } = await service.call(importImage, { region, name: 'web', sizeGiB: 10 });
      await service.call(importImage, { region, name: 'db', sizeGiB: 1 });
      service.passSeconds(hour);
      await service.call(deleteImage, { region, imageId });
      service.passSeconds(9 * hour);

      expect(await usage(service)).toEqual(today(20));
    });

    it('counts nothing for a share or for instances launched from it', async () => {
      const service = await aService();
      const { imageId } = await service.call(importImage, { region, name: 'web', sizeGiB: 10 });
      await service.call(shareImage, { region, imageId, recipients: [fixture.principalOf('friend')], acknowledgeRisk: true });
      await service.call(runInstance, { region, imageId }, { as: 'friend' });
      service.passSeconds(hour);

      expect(await usage(service)).toEqual(today(10));
      expect(await usage(service, 'friend')).toEqual(none);
    });

    it('counts an image that a recipient saved, and one that it created from an instance, for the recipient', async () => {
      const image = anImageIn(fixture, { recipients: sharedWith([fixture.principalOf('friend')]), disksGiB: [10] });
      const service = await (await aService()).putImages(image);
      const key = { region, imageId: image.imageId };
      await service.call(saveSharedImage, key, { as: 'friend' });
      const { instanceId } = await service.call(runInstance, key, { as: 'friend' });
      service.passSeconds(hour);
      await service.call(createImageFromInstance, { region, instanceId, name: 'mine' }, { as: 'friend' });
      service.passSeconds(hour);

      expect(await usage(service, 'friend')).toEqual(today(30));
      expect(await usage(service)).toEqual(today(20));
    });

    it('counts a copy in its own region', async () => {
      const service = await (await aService()).putImages(anImageIn(fixture, { disksGiB: [10] }));
      await service.call(copyImage, { region, imageId: anImageIn(fixture).imageId, destinationRegion: fixture.otherRegion });
      service.passSeconds(hour);
      const { regions } = await service.call(getUsage, {}, project('owner'));

      expect(regions.filter(({ gibHours }) => gibHours > 0).map((entry) => [entry.region, entry.gibHours])).toEqual([
        [region, 10],
        [fixture.otherRegion, 10],
      ]);
    });

    it('counts public images for nobody', async () => {
      const service = await (await aService()).putPublicImages(aPublicImageIn(fixture));
      service.passSeconds(hour);

      expect(await usage(service)).toEqual(none);
    });

    it('counts only the given period', async () => {
      const service = await aService();
      await service.call(importImage, { region, name: 'web', sizeGiB: 10 });
      service.passSeconds(10 * hour);
      const period = { from: secondsFromNoon(hour).toISOString(), to: secondsFromNoon(3 * hour).toISOString() };

      expect(await usage(service, 'owner', period)).toEqual(today(20));
      expect(await usage(service, 'owner', { from: secondsFromNoon(-hour).toISOString(), to: noon.toISOString() })).toEqual(none);
    });

    it('counts more images than fit on one page of the list', async () => {
      const imagesCount = 130;
      const images = Array.from({ length: imagesCount }, (_, index) =>
        anImageIn(fixture, { imageId: imageId(`img-${index}`), disksGiB: [1] }),
      );
      const service = await (await aService()).putImages(...images);
      service.passSeconds(hour);

      expect(await usage(service)).toEqual(today(imagesCount));
    });
  });
});

describe('getUsage', () => {
  const regionsWith = (kind: PolicyFixture['policy']['principalKind']) =>
    policyFixtures
      .filter(({ policy }) => policy.principalKind === kind)
      .flatMap(({ region, otherRegion }) => [region, otherRegion]);
  const aService = () => new InMemoryService().createAccounts('owner');

  it('covers the account in every region where accounts own images, by default for the current month', async () => {
    const { regions, ...rest } = await (await aService()).call(getUsage, {});

    expect(rest).toEqual({ from: '2026-11-01T00:00:00.000Z', to: noon.toISOString(), principal: 'owner' });
    expect(regions.map(({ region }) => region).sort()).toEqual(regionsWith('account').sort());
  });

  it.each([
    ['the request names', { project: 'org-owner' }],
    ['the token is bound to', { tokenProject: 'org-owner' }],
  ])('covers the project that %s, in every region where projects own images', async (_, options) => {
    const { regions, principal } = await (await aService()).call(getUsage, {}, options);

    expect(principal).toBe('org-owner');
    expect(regions.map(({ region }) => region).sort()).toEqual(regionsWith('project').sort());
  });

  it('ends now if the given end is later, and returns that end', async () => {
    expect(await (await aService()).call(getUsage, { to: '2027-01-01T00:00:00Z' })).toMatchObject({ to: noon.toISOString() });
  });

  it.each([
    ['starts more than 400 days ago', { from: secondsFromNoon(-400 * 24 * hour - 1).toISOString() }],
    ['ends before it starts', { from: noon.toISOString(), to: secondsFromNoon(-1).toISOString() }],
  ])('refuses a period that %s with InvalidRequest', async (_, period) => {
    expect(await (await aService()).refusalOf(getUsage, period)).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'from' }] },
    });
  });

  it("refuses another account's project with ProjectNotFound", async () => {
    const service = await new InMemoryService().createAccounts('owner', 'friend');

    expect(await service.refusalOf(getUsage, {}, { project: 'org-friend' })).toMatchObject({ code: 'ProjectNotFound' });
  });
});
