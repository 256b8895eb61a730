import { getInstance } from '../../functions/get-instance.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { anImageIn, type PolicyFixture, policyFixtures, refusalFields, sharedWith } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

async function serviceWith(fixture: PolicyFixture) {
  const store = new InterruptibleStore();
  const image = anImageIn(fixture, { recipients: sharedWith([fixture.principalOf('friend')]) });
  const service = await (await new InMemoryService(store).createAccounts('owner', 'friend')).putImages(image);
  const launch = () => service.call(runInstance, { region: image.region, imageId: image.imageId }, { as: 'friend' });
  const { region, instanceId } = await launch();
  return { service, store, launch, at: { region, instanceId } };
}

describe.each(policyFixtures)('terminateInstance under $name', (fixture) => {
  const as = { as: 'friend' };
  const usedCount = (service: InMemoryService) => service.usedCount('instances', fixture.region, fixture.principalOf('friend'));

  describe('effects', () => {
    it('terminates an instance: it is no longer listed or visible', async () => {
      const { service, at: key } = await serviceWith(fixture);

      expect(await service.call(terminateInstance, key, as)).toBeNull();
      expect(await service.call(listInstances, { region: fixture.region }, as)).toEqual({ instances: [] });
      expect(await service.refusalOf(getInstance, key, as)).toMatchObject({ code: 'InstanceNotFound' });
    });

    it('decrements the count and keeps other instances', async () => {
      const { service, at: key, launch } = await serviceWith(fixture);
      const { instanceId } = await launch();
      await service.call(terminateInstance, key, as);

      expect(await usedCount(service)).toBe(1);
      expect((await service.call(listInstances, { region: fixture.region }, as)).instances).toMatchObject([{ instanceId }]);
    });

    it('does nothing in a dry run', async () => {
      const { service, at: key } = await serviceWith(fixture);
      const before = await service.contents();
      await service.call(terminateInstance, key, { ...as, isDryRun: true });

      expect(await service.contents()).toEqual(before);
    });
  });

  describe('refusals', () => {
    it("refuses the image's owner, and the principal a second time, with the same InstanceNotFound", async () => {
      const { service, at: key } = await serviceWith(fixture);
      const refusal = refusalFields(await service.refusalOf(terminateInstance, key));
      await service.call(terminateInstance, key, as);

      expect(refusal).toMatchObject({ code: 'InstanceNotFound' });
      expect(refusalFields(await service.refusalOf(terminateInstance, key, as))).toEqual(refusal);
    });
  });

  describe('races', () => {
    it('terminates and counts only once', async () => {
      const { service, store, at: key, launch } = await serviceWith(fixture);
      await launch();
      store.beforeNextCommit(() => service.call(terminateInstance, key, as));

      await expect(service.call(terminateInstance, key, as)).rejects.toMatchObject({ code: 'InstanceNotFound' });
      expect(await usedCount(service)).toBe(1);
    });
  });
});
