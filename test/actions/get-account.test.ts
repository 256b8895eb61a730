import { getAccount } from '../../functions/get-account.ts';
import { importImage } from '../../functions/import-image.ts';
import { places } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe('getAccount', () => {
  it("returns the caller's account id, projects, and default project", async () => {
    const service = await new InMemoryService().know('owner', 'friend');

    expect(await service.call(getAccount, {})).toMatchObject({
      accountId: 'owner',
      defaultProject: 'org-owner',
      projects: [{ projectId: 'org-owner', name: 'owner' }],
    });
  });

  it('omits the state, which only operators see', async () => {
    expect(await (await new InMemoryService().know('owner')).call(getAccount, {})).not.toHaveProperty('state');
  });

  it.each(places)('returns used and limit of the image quota per principal and region under $name', async (place) => {
    const service = await new InMemoryService().know('owner');
    await service.call(importImage, { region: place.region, name: 'x', sizeGiB: 1 });
    const { quotas } = await service.call(getAccount, {});
    const common = { principal: place.principalOf('owner'), limit: place.policy.imagesPerPrincipalMax };

    expect(quotas).toContainEqual({ ...common, region: place.region, used: 1 });
    expect(quotas).toContainEqual({ ...common, region: place.elsewhere, used: 0 });
  });

  it('refuses an unknown account with AccountNotFound', async () => {
    expect(await new InMemoryService().refusalOf(getAccount, {})).toMatchObject({ code: 'AccountNotFound' });
  });

  it('refuses a closed account with Forbidden', async () => {
    const service = await new InMemoryService().know('owner');
    await service.close('owner');

    expect(await service.refusalOf(getAccount, {})).toMatchObject({ code: 'Forbidden', details: { rule: 'account.close' } });
  });
});
