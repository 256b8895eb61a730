import { listInstances } from '../../functions/list-instances.ts';
import type { Instance } from '../../lib/model/instance.ts';
import { anImageIn, anInstanceIn, imageId, instanceId, policyFixtures, secondsFromNoon } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('listInstances under $name', (fixture) => {
  const { region } = fixture;
  const instance = (id: string, createdSeconds: number, parts: Partial<Instance> = {}) =>
    anInstanceIn(fixture, { instanceId: instanceId(id), createdAt: secondsFromNoon(createdSeconds), ...parts });
  const aService = async (...instances: Instance[]) =>
    (await new InMemoryService().createAccounts('owner', 'friend')).putInstances(...instances);
  const listIds = async (service: InMemoryService, fields: object = {}, as = 'owner') =>
    (await service.call(listInstances, { region, ...fields }, { as })).instances.map((instance) => instance.instanceId);

  describe('effects', () => {
    it("lists the caller's own instances, newest first", async () => {
      const service = await aService(
        instance('b', 2),
        instance('a', 1),
        instance('f', 0, { principal: fixture.principalOf('friend') }),
      );

      expect(await listIds(service)).toEqual(['b', 'a']);
      expect(await listIds(service, {}, 'friend')).toEqual(['f']);
    });

    it('filters by image', async () => {
      const service = await aService(instance('a', 1), instance('b', 2, { imageId: imageId('other') }));

      expect(await listIds(service, { imageId: 'other' })).toEqual(['b']);
      expect(await listIds(service, { imageId: 'never' })).toEqual([]);
    });

    it('finds a text in the ID, the image, the operating system, and the architecture, but not in hidden names', async () => {
      const service = await aService(
        instance('a', 3, { imageId: imageId('mine'), os: 'Plan 9' }),
        instance('b', 2, { imageId: imageId('hidden'), architecture: 'arm64' }),
      );
      await service.putImages(
        anImageIn(fixture, { imageId: imageId('mine'), name: 'Web Server' }),
        anImageIn(fixture, { imageId: imageId('hidden'), name: 'Web Secret', owner: fixture.principalOf('friend') }),
      );
      const found = async (search: string) => listIds(service, { search });

      expect(await found('web')).toEqual(['a']);
      expect(await found('MINE')).toEqual(['a']);
      expect(await found('plan')).toEqual(['a']);
      expect(await found('arm')).toEqual(['b']);
      expect(await found('hidden')).toEqual(['b']);
      expect(await found('secret')).toEqual([]);
    });

    it('says of each instance whether its image can still be used, over a full page', async () => {
      const images = Array.from({ length: 100 }, (_, index) => imageId(`image-${index}`));
      const service = await aService(
        ...images.map((id, index) => instance(`i${index}`, -index, { imageId: id })),
        instance('same', -101, { imageId: imageId('image-1') }),
      );
      await service.putImages(
        anImageIn(fixture, { imageId: imageId('image-0'), name: 'secret', owner: fixture.principalOf('friend') }),
        anImageIn(fixture, { imageId: imageId('image-1'), name: 'mine', state: 'deprecated' }),
      );
      const first = await service.call(listInstances, { region, limit: '100' });
      const second = await service.call(listInstances, { region, limit: '100', cursor: first.nextCursor });

      expect(first.instances).toHaveLength(100);
      expect([...first.instances.slice(0, 3), ...second.instances].map((one) => [one.imageStatus, one.imageName])).toEqual([
        ['not-shared', undefined],
        ['deprecated', 'mine'],
        ['deleted', undefined],
        ['deprecated', 'mine'],
      ]);
    });

    it('omits instances of other regions', async () => {
      expect(await listIds(await aService(instance('a', 1)), { region: fixture.otherRegion })).toEqual([]);
    });

    it.each([1, 2, 3])('returns every instance once over pages of %s', async (limit) => {
      const service = await aService(...['a', 'b', 'c', 'd'].map((id, index) => instance(id, index)));
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await service.call(listInstances, { region, limit: String(limit), cursor });
        expect(page.instances.length).toBeLessThanOrEqual(limit);
        ids.push(...page.instances.map((instance) => instance.instanceId));
        cursor = page.nextCursor;
      } while (cursor !== undefined);

      expect(ids).toEqual(['d', 'c', 'b', 'a']);
    });
  });

  describe('refusals', () => {
    it.each([
      ['another caller', {}, 'friend'],
      ['another region', { region: fixture.otherRegion }, 'owner'],
      ['another filter', { imageId: 'other' }, 'owner'],
    ])('refuses the cursor of %s with InvalidRequest', async (_, fields, as) => {
      const service = await aService(instance('a', 1), instance('b', 2));
      const { nextCursor } = await service.call(listInstances, { region, limit: '1' });

      expect(await service.refusalOf(listInstances, { region, limit: '1', cursor: nextCursor, ...fields }, { as })).toMatchObject(
        {
          code: 'InvalidRequest',
          details: { offenders: [{ id: 'cursor' }] },
        },
      );
    });

    it('refuses an unknown region with RegionNotFound', async () => {
      expect(await (await aService()).refusalOf(listInstances, { region: 'nowhere' })).toMatchObject({ code: 'RegionNotFound' });
    });
  });
});
