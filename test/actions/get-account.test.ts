import { getAccount } from '../../functions/get-account.ts';
import { importImage } from '../../functions/import-image.ts';
import { policyFixtures } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe('getAccount', () => {
  it("returns the caller's account id, projects, and default project", async () => {
    const service = await new InMemoryService().createAccounts('owner', 'friend');

    expect(await service.call(getAccount, {})).toMatchObject({
      accountId: 'owner',
      defaultProject: 'org-owner',
      projects: [{ projectId: 'org-owner', name: 'owner' }],
    });
  });

  it('omits the state, which only operators see', async () => {
    expect(await (await new InMemoryService().createAccounts('owner')).call(getAccount, {})).not.toHaveProperty('state');
  });

  it.each(policyFixtures)('returns used and limit of the image quota per principal and region under $name', async (fixture) => {
    const service = await new InMemoryService().createAccounts('owner');
    await service.call(importImage, { region: fixture.region, name: 'x', sizeGiB: 1 });
    const { quotas } = await service.call(getAccount, {});
    const common = { principal: fixture.principalOf('owner'), limit: fixture.policy.imagesPerPrincipalMax };

    expect(quotas).toContainEqual({ ...common, region: fixture.region, used: 1 });
    expect(quotas).toContainEqual({ ...common, region: fixture.otherRegion, used: 0 });
  });

  it('refuses an unknown account with AccountNotFound', async () => {
    expect(await new InMemoryService().refusalOf(getAccount, {})).toMatchObject({ code: 'AccountNotFound' });
  });

  it('refuses a closed account with Forbidden', async () => {
    const service = await new InMemoryService().createAccounts('owner');
    await service.close('owner');

    expect(await service.refusalOf(getAccount, {})).toMatchObject({ code: 'Forbidden', details: { rule: 'account.close' } });
  });
});
