import { listInstances } from '../../functions/list-instances.ts';
import type { Instance } from '../../lib/model/instance.ts';
import { anInstanceIn, imageId, instanceId, places, secondsFromNoon } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(places)('listInstances under $name', (place) => {
  const { region } = place;
  const instance = (id: string, at: number, parts: Partial<Instance> = {}) =>
    anInstanceIn(place, { instanceId: instanceId(id), createdAt: secondsFromNoon(at), ...parts });
  const aService = async (...instances: Instance[]) => (await new InMemoryService().know('owner', 'friend')).run(...instances);
  const listed = async (service: InMemoryService, fields: object = {}, as = 'owner') =>
    (await service.call(listInstances, { region, ...fields }, { as })).instances.map((one) => one.instanceId);

  describe('effects', () => {
    it("lists the caller's own instances, oldest first", async () => {
      const service = await aService(
        instance('b', 2),
        instance('a', 1),
        instance('f', 0, { principal: place.principalOf('friend') }),
      );

      expect(await listed(service)).toEqual(['a', 'b']);
      expect(await listed(service, {}, 'friend')).toEqual(['f']);
    });

    it('filters by image', async () => {
      const service = await aService(instance('a', 1), instance('b', 2, { imageId: imageId('other') }));

      expect(await listed(service, { imageId: 'other' })).toEqual(['b']);
      expect(await listed(service, { imageId: 'never' })).toEqual([]);
    });

    it('omits instances of other regions', async () => {
      expect(await listed(await aService(instance('a', 1)), { region: place.elsewhere })).toEqual([]);
    });

    it.each([1, 2, 3])('returns every instance once over pages of %s', async (limit) => {
      const service = await aService(...['a', 'b', 'c', 'd'].map((id, at) => instance(id, at)));
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await service.call(listInstances, { region, limit: String(limit), cursor });
        expect(page.instances.length).toBeLessThanOrEqual(limit);
        seen.push(...page.instances.map((one) => one.instanceId));
        cursor = page.nextCursor;
      } while (cursor !== undefined);

      expect(seen).toEqual(['a', 'b', 'c', 'd']);
    });
  });

  describe('refusals', () => {
    it.each([
      ['another caller', {}, 'friend'],
      ['another region', { region: place.elsewhere }, 'owner'],
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
