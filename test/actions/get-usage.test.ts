import { copyImage } from '../../functions/copy-image.ts';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getUsage } from '../../functions/get-usage.ts';
import { importImage } from '../../functions/import-image.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import { anImageIn, aPublicImageIn, heldBy, imageId, noon, type Place, places, secondsFromNoon } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

const hour = 3_600;

describe.each(places)('getUsage under $name', (place) => {
  const { region, policy } = place;
  const project = (account: string) => (policy.principalKind === 'project' ? { project: `org-${account}` } : {});
  const theWorld = () => new InMemoryService().know('owner', 'friend', 'guest');
  const usage = async (world: InMemoryService, as = 'owner', asked: Record<string, unknown> = {}) => {
    const { regions } = await world.call(getUsage, asked, { as, ...project(as) });
    return regions.find((one) => one.region === region);
  };
  const today = (gibHours: number) => ({ region, gibHours, days: [{ day: '2026-11-22', gibHours }] });
  const nothing = { region, gibHours: 0, days: [] };

  describe('effects', () => {
    it('tells the GiB-hours of an own image, all its disks together, up to now', async () => {
      const world = await theWorld();
      await world.call(importImage, { region, name: 'web', sizeGiB: 20, disks: [{ sizeGiB: 30 }] });
      expect(await usage(world)).toEqual(nothing);

      world.passSeconds(2 * hour);
      expect(await usage(world)).toEqual(today(100));
    });

    it('tells them day by day', async () => {
      const world = await theWorld();
      await world.call(importImage, { region, name: 'web', sizeGiB: 10 });
      world.passSeconds(24 * hour);

      expect(await usage(world)).toEqual({
        region,
        gibHours: 240,
        days: [
          { day: '2026-11-22', gibHours: 120 },
          { day: '2026-11-23', gibHours: 120 },
        ],
      });
    });

    it('counts a deleted image until it was deleted, beside those that are there', async () => {
      const world = await theWorld();
      const { imageId } = await world.call(importImage, { region, name: 'web', sizeGiB: 10 });
      await world.call(importImage, { region, name: 'db', sizeGiB: 1 });
      world.passSeconds(hour);
      await world.call(deleteImage, { region, imageId });
      world.passSeconds(9 * hour);

      expect(await usage(world)).toEqual(today(20));
    });

    it('adds nothing for a share, neither to the owner nor to the recipient, whatever servers it makes', async () => {
      const world = await theWorld();
      const { imageId } = await world.call(importImage, { region, name: 'web', sizeGiB: 10 });
      await world.call(shareImage, { region, imageId, recipients: [place.principalOf('friend')], acknowledgeRisk: true });
      await world.call(runInstance, { region, imageId }, { as: 'friend' });
      world.passSeconds(hour);

      expect(await usage(world)).toEqual(today(10));
      expect(await usage(world, 'friend')).toEqual(nothing);
    });

    it('adds an image that a recipient saved, and one that it made of a server, to the recipient', async () => {
      const image = anImageIn(place, { recipients: heldBy([place.principalOf('friend')]), disksGiB: [10] });
      const world = await (await theWorld()).put(image);
      const at = { region, imageId: image.imageId };
      await world.call(saveSharedImage, at, { as: 'friend' });
      const { instanceId } = await world.call(runInstance, at, { as: 'friend' });
      world.passSeconds(hour);
      await world.call(createImageFromInstance, { region, instanceId, name: 'mine' }, { as: 'friend' });
      world.passSeconds(hour);

      expect(await usage(world, 'friend')).toEqual(today(30));
      expect(await usage(world)).toEqual(today(20));
    });

    it('adds a copy where the copy is', async () => {
      const world = await (await theWorld()).put(anImageIn(place, { disksGiB: [10] }));
      await world.call(copyImage, { region, imageId: anImageIn(place).imageId, destinationRegion: place.elsewhere });
      world.passSeconds(hour);
      const { regions } = await world.call(getUsage, {}, project('owner'));

      expect(regions.filter(({ gibHours }) => gibHours > 0).map((one) => [one.region, one.gibHours])).toEqual([
        [region, 10],
        [place.elsewhere, 10],
      ]);
    });

    it('adds public images to nobody', async () => {
      const world = await (await theWorld()).provide(aPublicImageIn(place));
      world.passSeconds(hour);

      expect(await usage(world)).toEqual(nothing);
    });

    it('tells what lies in the stated period', async () => {
      const world = await theWorld();
      await world.call(importImage, { region, name: 'web', sizeGiB: 10 });
      world.passSeconds(10 * hour);
      const asked = { from: secondsFromNoon(hour).toISOString(), to: secondsFromNoon(3 * hour).toISOString() };

      expect(await usage(world, 'owner', asked)).toEqual(today(20));
      expect(await usage(world, 'owner', { from: secondsFromNoon(-hour).toISOString(), to: noon.toISOString() })).toEqual(
        nothing,
      );
    });

    it('finds more images than one page of the list holds', async () => {
      const many = 130;
      const images = Array.from({ length: many }, (_, at) => anImageIn(place, { imageId: imageId(`img-${at}`), disksGiB: [1] }));
      const world = await (await theWorld()).put(...images);
      world.passSeconds(hour);

      expect(await usage(world)).toEqual(today(many));
    });
  });
});

describe('getUsage', () => {
  const inKind = (kind: Place['policy']['principalKind']) =>
    places.filter(({ policy }) => policy.principalKind === kind).flatMap(({ region, elsewhere }) => [region, elsewhere]);
  const theWorld = () => new InMemoryService().know('owner');

  it('tells of the account, in every region where accounts hold images, this month by default', async () => {
    const { regions, ...rest } = await (await theWorld()).call(getUsage, {});

    expect(rest).toEqual({ from: '2026-11-01T00:00:00.000Z', to: noon.toISOString(), principal: 'owner' });
    expect(regions.map(({ region }) => region).sort()).toEqual(inKind('account').sort());
  });

  it.each([
    ['is stated', { project: 'org-owner' }],
    ['the token is bound to', { boundTo: 'org-owner' }],
  ])('tells of the project that %s, in every region where projects hold images', async (_, calling) => {
    const { regions, principal } = await (await theWorld()).call(getUsage, {}, calling);

    expect(principal).toBe('org-owner');
    expect(regions.map(({ region }) => region).sort()).toEqual(inKind('project').sort());
  });

  it('ends now where a later end is stated, and says so', async () => {
    expect(await (await theWorld()).call(getUsage, { to: '2027-01-01T00:00:00Z' })).toMatchObject({ to: noon.toISOString() });
  });

  it.each([
    ['starts more than 400 days ago', { from: secondsFromNoon(-400 * 24 * hour - 1).toISOString() }],
    ['ends before it starts', { from: noon.toISOString(), to: secondsFromNoon(-1).toISOString() }],
  ])('refuses a period that %s with InvalidRequest', async (_, asked) => {
    expect(await (await theWorld()).refusalOf(getUsage, asked)).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'from' }] },
    });
  });

  it("refuses another account's project with ProjectNotFound", async () => {
    const world = await new InMemoryService().know('owner', 'friend');

    expect(await world.refusalOf(getUsage, {}, { project: 'org-friend' })).toMatchObject({ code: 'ProjectNotFound' });
  });
});
