import { deleteImage } from '../../functions/delete-image.ts';
import { getInstance } from '../../functions/get-instance.ts';
import { anImageIn, anInstanceIn, noon, policyFixtures, refusalFields } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('getInstance under $name', (fixture) => {
  const instance = anInstanceIn(fixture, { disksGiB: [20, 40] });
  const key = { region: fixture.region, instanceId: instance.instanceId };
  const aService = async () => (await new InMemoryService().createAccounts('owner', 'friend')).putInstances(instance);

  it('returns an instance to its principal, with the status of its image, even after the image was deleted', async () => {
    const { encryption: _, ...expected } = instance;
    const service = await (await aService()).putImages(anImageIn(fixture));
    expect(await service.call(getInstance, key)).toMatchObject({ imageStatus: 'available', imageName: 'web' });

    await service.call(deleteImage, { region: fixture.region, imageId: instance.imageId });
    expect(await service.call(getInstance, key)).toEqual({
      ...expected,
      imageStatus: 'deleted',
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
