import { getInstance } from '../../functions/get-instance.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { anImageIn, heldBy, type Place, places, problem } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

async function worldWith(place: Place) {
  const store = new InterruptedStore();
  const image = anImageIn(place, { recipients: heldBy([place.principalOf('friend')]) });
  const world = await (await new InMemoryService(store).know('owner', 'friend')).put(image);
  const launch = () => world.call(runInstance, { region: image.region, imageId: image.imageId }, { as: 'friend' });
  const { region, instanceId } = await launch();
  return { world, store, launch, at: { region, instanceId } };
}

describe.each(places)('terminateInstance under $name', (place) => {
  const as = { as: 'friend' };
  const counted = (world: InMemoryService) => world.counted('instances', place.region, place.principalOf('friend'));

  describe('effects', () => {
    it('ends a server: it is in no list and cannot be seen', async () => {
      const { world, at } = await worldWith(place);

      expect(await world.call(terminateInstance, at, as)).toBeNull();
      expect(await world.call(listInstances, { region: place.region }, as)).toEqual({ instances: [] });
      expect(await world.refusalOf(getInstance, at, as)).toMatchObject({ code: 'InstanceNotFound' });
    });

    it('counts it down and leaves the others', async () => {
      const { world, at, launch } = await worldWith(place);
      const { instanceId } = await launch();
      await world.call(terminateInstance, at, as);

      expect(await counted(world)).toBe(1);
      expect((await world.call(listInstances, { region: place.region }, as)).instances).toMatchObject([{ instanceId }]);
    });

    it('does nothing in a dry run', async () => {
      const { world, at } = await worldWith(place);
      const before = await world.contents();
      await world.call(terminateInstance, at, { ...as, isDryRun: true });

      expect(await world.contents()).toEqual(before);
    });
  });

  describe('refusals', () => {
    it("refuses the image's owner, and the principal a second time, with InstanceNotFound in the same words", async () => {
      const { world, at } = await worldWith(place);
      const refused = problem(await world.refusalOf(terminateInstance, at));
      await world.call(terminateInstance, at, as);

      expect(refused).toMatchObject({ code: 'InstanceNotFound' });
      expect(problem(await world.refusalOf(terminateInstance, at, as))).toEqual(refused);
    });
  });

  describe('races', () => {
    it('terminates once, and counts down once', async () => {
      const { world, store, at, launch } = await worldWith(place);
      await launch();
      store.beforeNextCommit(() => world.call(terminateInstance, at, as));

      await expect(world.call(terminateInstance, at, as)).rejects.toMatchObject({ code: 'InstanceNotFound' });
      expect(await counted(world)).toBe(1);
    });
  });
});
