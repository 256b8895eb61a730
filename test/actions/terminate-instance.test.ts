import { getInstance } from '../../functions/get-instance.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { anImageIn, heldBy, type Place, places, problem } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

async function serviceWith(place: Place) {
  const store = new InterruptedStore();
  const image = anImageIn(place, { recipients: heldBy([place.principalOf('friend')]) });
  const service = await (await new InMemoryService(store).know('owner', 'friend')).put(image);
  const launch = () => service.call(runInstance, { region: image.region, imageId: image.imageId }, { as: 'friend' });
  const { region, instanceId } = await launch();
  return { service, store, launch, at: { region, instanceId } };
}

describe.each(places)('terminateInstance under $name', (place) => {
  const as = { as: 'friend' };
  const counted = (service: InMemoryService) => service.counted('instances', place.region, place.principalOf('friend'));

  describe('effects', () => {
    it('terminates an instance: it is no longer listed or visible', async () => {
      const { service, at } = await serviceWith(place);

      expect(await service.call(terminateInstance, at, as)).toBeNull();
      expect(await service.call(listInstances, { region: place.region }, as)).toEqual({ instances: [] });
      expect(await service.refusalOf(getInstance, at, as)).toMatchObject({ code: 'InstanceNotFound' });
    });

    it('decrements the count and keeps other instances', async () => {
      const { service, at, launch } = await serviceWith(place);
      const { instanceId } = await launch();
      await service.call(terminateInstance, at, as);

      expect(await counted(service)).toBe(1);
      expect((await service.call(listInstances, { region: place.region }, as)).instances).toMatchObject([{ instanceId }]);
    });

    it('does nothing in a dry run', async () => {
      const { service, at } = await serviceWith(place);
      const before = await service.contents();
      await service.call(terminateInstance, at, { ...as, isDryRun: true });

      expect(await service.contents()).toEqual(before);
    });
  });

  describe('refusals', () => {
    it("refuses the image's owner, and the principal a second time, with the same InstanceNotFound", async () => {
      const { service, at } = await serviceWith(place);
      const refused = problem(await service.refusalOf(terminateInstance, at));
      await service.call(terminateInstance, at, as);

      expect(refused).toMatchObject({ code: 'InstanceNotFound' });
      expect(problem(await service.refusalOf(terminateInstance, at, as))).toEqual(refused);
    });
  });

  describe('races', () => {
    it('terminates and counts only once', async () => {
      const { service, store, at, launch } = await serviceWith(place);
      await launch();
      store.beforeNextCommit(() => service.call(terminateInstance, at, as));

      await expect(service.call(terminateInstance, at, as)).rejects.toMatchObject({ code: 'InstanceNotFound' });
      expect(await counted(service)).toBe(1);
    });
  });
});
