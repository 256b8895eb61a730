import { listRegions } from '../../functions/list-regions.ts';
import { policyFixtures, regions } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe('listRegions', () => {
  it('lists every region', async () => {
    const { regions: listed } = await new InMemoryService().call(listRegions, {});

    expect(listed.map(({ region }) => region)).toEqual([...regions.keys()]);
  });

  it.each(policyFixtures)("returns the policy settings of $name's region", async ({ region, policy }) => {
    const { regions: listed } = await new InMemoryService().call(listRegions, {});
    const { name, imageId: _, instanceId: __, ...settings } = policy;

    expect(listed).toContainEqual({ region, policy: name, ...settings });
  });
});
