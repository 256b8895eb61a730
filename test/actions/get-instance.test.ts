import { getInstance } from '../../functions/get-instance.ts';
import { anInstanceIn, noon, policyFixtures, refusalFields } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('getInstance under $name', (fixture) => {
  const instance = anInstanceIn(fixture, { disksGiB: [20, 40] });
  const key = { region: fixture.region, instanceId: instance.instanceId };
  const aService = async () => (await new InMemoryService().createAccounts('owner', 'friend')).putInstances(instance);

  it('returns an instance to its principal, whatever the state of its image', async () => {
    const { encryption: _, ...expected } = instance;

    expect(await (await aService()).call(getInstance, key)).toEqual({
      ...expected,
      state: 'running',
      createdAt: noon.toISOString(),
    });
  });

  it('refuses everyone else, and the principal in another region, exactly as for an instance that never existed', async () => {
    const service = await aService();
    const notFound = refusalFields(
      await (await new InMemoryService().createAccounts('friend')).refusalOf(getInstance, key, { as: 'friend' }),
    );

    expect(notFound).toMatchObject({ code: 'InstanceNotFound' });
    expect(refusalFields(await service.refusalOf(getInstance, key, { as: 'friend' }))).toEqual(notFound);
    expect(await service.refusalOf(getInstance, { ...key, region: fixture.otherRegion })).toMatchObject({
      code: 'InstanceNotFound',
    });
  });

  it('refuses an unknown region with RegionNotFound', async () => {
    expect(await (await aService()).refusalOf(getInstance, { ...key, region: 'nowhere' })).toMatchObject({
      code: 'RegionNotFound',
    });
  });
});
