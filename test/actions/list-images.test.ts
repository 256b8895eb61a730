import { deleteImage } from '../../functions/delete-image.ts';
import { deletePublicImage } from '../../functions/delete-public-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import type { Image } from '../../lib/model/image.ts';
import { trustNotice } from '../../lib/rules/security-notices.ts';
import {
  anImageIn,
  aPublicImageIn,
  imageId,
  noonSeconds,
  policyFixtures,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(policyFixtures.slice(0, 1))('listImages of 500 own and 10,000 shared images under $name', (fixture) => {
  const { region, principalOf } = fixture;
  const scopes = {
    owned: { count: 500, callsMax: 1, parts: {} },
    shared: {
      count: 10_000,
      callsMax: 11,
      parts: { owner: principalOf('friend'), recipients: sharedWith([principalOf('owner')]) },
    },
  } as const;
  let service: InMemoryService;

  beforeAll(async () => {
    service = await new InMemoryService().createAccounts('owner', 'friend');
    for (const [scope, { count, parts }] of Object.entries(scopes)) {
      const names = Array.from({ length: count }, (_, index) => `${scope}-${index}`);
      await service.putImages(...names.map((id) => anImageIn(fixture, { ...parts, imageId: imageId(id), name: id })));
    }
  });

  it.each(['owned', 'shared'] as const)(
    'returns 100 %s ones in one call, and finds one of them with few calls',
    async (scope) => {
      const list = (fields: object) => service.call(listImages, { region, scope, limit: '100', ...fields });
      expect((await list({})).images).toHaveLength(100);

      const found: string[] = [];
      let cursor: string | undefined;
      let calls = 0;
      do {
        const page = await list({ name: `${scope}-321`, ...(cursor !== undefined && { cursor }) });
        found.push(...page.images.map(({ name }) => name));
        cursor = page.nextCursor;
        calls += 1;
      } while (cursor !== undefined);
      expect(found.filter((name) => name === `${scope}-321`)).toHaveLength(1);
      expect(calls).toBeLessThanOrEqual(scopes[scope].callsMax);
    },
  );
});

describe.each(policyFixtures)('listImages under $name', (fixture) => {
  const { region } = fixture;
  const [owner, friend] = [fixture.principalOf('owner'), fixture.principalOf('friend')];
  const image = (id: string, createdSeconds: number, parts: Partial<Image> = {}) =>
    anImageIn(fixture, { imageId: imageId(id), name: id, createdAt: secondsFromNoon(createdSeconds), ...parts });
  const aService = async (...images: Image[]) =>
    (await new InMemoryService().createAccounts('owner', 'friend')).putImages(...images);
  const listIds = async (service: InMemoryService, fields: object = {}, as = 'owner') =>
    (await service.call(listImages, { region, ...fields }, { as })).images.map((image) => image.imageId);

  describe('effects', () => {
    const sharedByFriend = { owner: friend, recipients: sharedWith([owner]) };

    it('lists owned images, newest first, then received ones', async () => {
      const service = await aService(image('r', -9, sharedByFriend), image('b', 2), image('a', 1));

      expect(await listIds(service)).toEqual(['b', 'a', 'r']);
    });

    it.each([
      ['owned', ['a']],
      ['shared', ['r']],
      ['all', ['a', 'r']],
    ])('lists only %s images', async (scope, expected) => {
      expect(await listIds(await aService(image('a', 1), image('r', 2, sharedByFriend)), { scope })).toEqual(expected);
    });

    it('lists public images only on request, to everyone', async () => {
      const service = await aService(image('a', 1), image('r', 2, sharedByFriend));
      await service.putPublicImages(
        aPublicImageIn(fixture, { imageId: imageId('p'), createdAt: secondsFromNoon(-9) }),
        aPublicImageIn(fixture, { imageId: imageId('elsewhere'), region: fixture.otherRegion }),
      );

      expect(await listIds(service)).toEqual(['a', 'r']);
      expect(await listIds(service, { scope: 'public' })).toEqual(['p']);
      expect(await listIds(service, { scope: 'all' })).toEqual(['a', 'r', 'p']);
      expect(await listIds(service, { scope: 'public' }, 'friend')).toEqual(['p']);
      expect(await listIds(service, { scope: 'public', owner: 'public' })).toEqual(['p']);
    });

    it('returns the visibility of each image', async () => {
      const service = await aService(image('a', 1), image('r', 2, sharedByFriend));
      await service.putPublicImages(aPublicImageIn(fixture));
      const { images } = await service.call(listImages, { region, scope: 'all' });

      expect(images.map(({ visibility }) => visibility)).toEqual(['owned', 'shared', 'public']);
    });

    it('omits deleted public images', async () => {
      const service = await aService();
      const publicImage = aPublicImageIn(fixture);
      await service.putPublicImages(publicImage);
      await service.call(deletePublicImage, { region, imageId: publicImage.imageId }, { as: 'operator', scopes: ['operator'] });

      expect(await listIds(service, { scope: 'public' })).toEqual([]);
    });

    it('omits shared images of untrusted owners on request', async () => {
      const sharedByGuest = { owner: fixture.principalOf('guest'), recipients: sharedWith([owner]) };
      const service = await aService(image('a', 1), image('r', 2, sharedByFriend), image('g', 3, sharedByGuest));
      await service.putPublicImages(aPublicImageIn(fixture, { imageId: imageId('p') }));
      expect(await listIds(service, { trusted: 'true' })).toEqual(['a']);

      await service.call(putTrustedOwners, { owners: [friend] });
      expect(await listIds(service)).toEqual(['a', 'g', 'r']);
      expect(await listIds(service, { trusted: 'false' })).toEqual(['a', 'g', 'r']);
      expect(await listIds(service, { trusted: 'true' })).toEqual(['a', 'r']);
      expect(await listIds(service, { trusted: 'true', scope: 'shared' })).toEqual(['r']);
      expect(await listIds(service, { trusted: 'true', scope: 'all' })).toEqual(['a', 'r', 'p']);
    });

    it("uses the caller's own list of trusted owners", async () => {
      const service = await aService(image('r', 2, sharedByFriend));
      await service.call(putTrustedOwners, { owners: [friend] }, { as: 'friend' });

      expect(await listIds(service, { trusted: 'true' })).toEqual([]);
    });

    it.each([1, 2])('returns every image of all scopes once over pages of %s', async (limit) => {
      const service = await aService(image('a', 1), image('b', 2), image('r', 2, sharedByFriend));
      await service.putPublicImages(
        aPublicImageIn(fixture, { imageId: imageId('p') }),
        aPublicImageIn(fixture, { imageId: imageId('q') }),
      );
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await service.call(listImages, { region, scope: 'all', limit: String(limit), cursor });
        ids.push(...page.images.map((image) => image.imageId));
        cursor = page.nextCursor;
      } while (cursor !== undefined);

      expect(ids).toEqual(['b', 'a', 'r', 'q', 'p']);
    });

    it.each(['shared', 'all'])('returns the notice about images of others with scope %s', async (scope) => {
      expect(await (await aService()).call(listImages, { region, scope })).toEqual({ images: [], notice: trustNotice });
    });

    it.each(['owned', 'public'])('returns no notice with scope %s', async (scope) => {
      expect(await (await aService()).call(listImages, { region, scope })).toEqual({ images: [] });
    });

    it('shows a recipient neither the other recipients of an image nor their number', async () => {
      const service = await aService(
        image('r', 1, { ...sharedByFriend, recipients: sharedWith([owner, fixture.principalOf('guest')]) }),
      );
      const { images } = await service.call(listImages, { region });

      expect(images[0]).not.toHaveProperty('shareCount');
      expect(JSON.stringify(images)).not.toContain('guest');
    });

    it('lists a received image until the last second of its share', async () => {
      const service = await aService(image('r', 0, { owner: friend, recipients: { [owner]: noonSeconds + 10 } }));

      service.passSeconds(9);
      expect(await listIds(service)).toEqual(['r']);

      service.passSeconds(1);
      expect(await listIds(service)).toEqual([]);
    });

    it('shows when each received image was shared and when its share expires, and filters by that', async () => {
      const expiringIn = (seconds: number) => ({ owner: friend, recipients: { [owner]: noonSeconds + seconds } });
      const service = await aService(
        image('a', 1),
        image('forever', 2, sharedByFriend),
        image('soon', 3, expiringIn(60)),
        image('later', 4, expiringIn(120)),
      );
      const expiringBefore = secondsFromNoon(90).toISOString();
      const { images } = await service.call(listImages, { region, expiringBefore });

      expect(images).toMatchObject([
        { imageId: 'soon', sharedAt: secondsFromNoon(3).toISOString(), expiresAt: secondsFromNoon(60).toISOString() },
      ]);
      expect(images).toHaveLength(1);
      expect(await listIds(service)).toEqual(['a', 'later', 'soon', 'forever']);

      service.passSeconds(60);
      expect(await listIds(service, { expiringBefore })).toEqual([]);
    });

    it('omits deleted images', async () => {
      const service = await aService(image('a', 1), image('b', 2));
      await service.call(deleteImage, { region, imageId: 'a' });

      expect(await listIds(service)).toEqual(['b']);
    });

    it('omits images of other regions', async () => {
      expect(await listIds(await aService(image('a', 1)), { region: fixture.otherRegion })).toEqual([]);
    });

    it('omits images of others', async () => {
      expect(await listIds(await aService(image('a', 1)), {}, 'friend')).toEqual([]);
    });

    it.each<[object, string[]]>([
      [{ name: 'EB' }, ['web']],
      [{ state: 'pending' }, ['db']],
      [{ owner: friend }, ['r']],
      [{ tag: ['tier:db', 'zone:a'] }, ['db']],
      [{ tag: ['tier:web'] }, []],
    ])('filters by %j', async (filter, expected) => {
      const service = await aService(
        image('web', 1),
        image('db', 2, { state: 'pending', tags: { tier: 'db', zone: 'a' } }),
        image('r', 3, sharedByFriend),
      );

      expect(await listIds(service, filter)).toEqual(expected);
    });

    it.each([1, 2, 3])('returns every image once over pages of %s', async (limit) => {
      const owned = ['a', 'b', 'c'].map((id, index) => image(id, index));
      const shared = ['r', 's'].map((id, index) => image(id, index, sharedByFriend));
      const service = await aService(...owned, ...shared);
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await service.call(listImages, { region, limit: String(limit), cursor });
        expect(page.images.length).toBeLessThanOrEqual(limit);
        ids.push(...page.images.map((image) => image.imageId));
        cursor = page.nextCursor;
      } while (cursor !== undefined);

      expect(ids).toEqual(['c', 'b', 'a', 's', 'r']);
    });
  });

  describe('refusals', () => {
    it.each([
      ['another caller', {}, 'friend'],
      ['another scope', { scope: 'owned' }, 'owner'],
      ['another filter', { name: 'a' }, 'owner'],
      ['a list with all owners', { trusted: 'true' }, 'owner'],
    ])('refuses the cursor of %s with InvalidRequest', async (_, fields, as) => {
      const service = await aService(image('a', 1), image('b', 2));
      const { nextCursor } = await service.call(listImages, { region, limit: '1' });

      expect(await service.refusalOf(listImages, { region, limit: '1', cursor: nextCursor, ...fields }, { as })).toMatchObject({
        code: 'InvalidRequest',
        details: { offenders: [{ id: 'cursor' }] },
      });
    });

    it('refuses an invalid cursor with InvalidRequest', async () => {
      expect(await (await aService()).refusalOf(listImages, { region, cursor: 'nonsense' })).toMatchObject({
        code: 'InvalidRequest',
      });
    });

    it('refuses an unknown region with RegionNotFound', async () => {
      expect(await (await aService()).refusalOf(listImages, { region: 'nowhere' })).toMatchObject({ code: 'RegionNotFound' });
    });
  });
});
