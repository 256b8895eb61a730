import { getInstance } from '../../functions/get-instance.ts';
import { anInstanceIn, noon, places, problem } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(places)('getInstance under $name', (place) => {
  const instance = anInstanceIn(place, { disksGiB: [20, 40] });
  const at = { region: place.region, instanceId: instance.instanceId };
  const aService = async () => (await new InMemoryService().know('owner', 'friend')).run(instance);

  it('returns an instance to its principal, whatever the state of its image', async () => {
    const { encryption: _, ...shown } = instance;

    expect(await (await aService()).call(getInstance, at)).toEqual({ ...shown, state: 'running', createdAt: noon.toISOString() });
  });

  it('refuses everyone else, and the principal in another region, exactly as for an instance that never existed', async () => {
    const service = await aService();
    const never = problem(await (await new InMemoryService().know('friend')).refusalOf(getInstance, at, { as: 'friend' }));

    expect(never).toMatchObject({ code: 'InstanceNotFound' });
    expect(problem(await service.refusalOf(getInstance, at, { as: 'friend' }))).toEqual(never);
    expect(await service.refusalOf(getInstance, { ...at, region: place.elsewhere })).toMatchObject({ code: 'InstanceNotFound' });
  });

  it('refuses an unknown region with RegionNotFound', async () => {
    expect(await (await aService()).refusalOf(getInstance, { ...at, region: 'nowhere' })).toMatchObject({
      code: 'RegionNotFound',
    });
  });
});
