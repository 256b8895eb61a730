import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe('getTrustedOwners', () => {
  it('returns the list that the account set, and an empty one before that', async () => {
    const service = await new InMemoryService().createAccounts('owner');
    expect(await service.call(getTrustedOwners, {})).toEqual({ owners: [] });

    await service.call(putTrustedOwners, { owners: ['trusted-owner'] });
    expect(await service.call(getTrustedOwners, {})).toEqual({ owners: ['trusted-owner'] });
  });

  it("does not return another account's list", async () => {
    const service = await new InMemoryService().createAccounts('owner', 'other-account');
    await service.call(putTrustedOwners, { owners: ['trusted-owner'] }, { as: 'owner' });

    expect(await service.call(getTrustedOwners, {}, { as: 'other-account' })).toEqual({ owners: [] });
  });

  it('refuses an unknown account with AccountNotFound', async () => {
    const service = new InMemoryService();

    expect(await service.refusalOf(getTrustedOwners, {}, { as: 'nobody' })).toMatchObject({ code: 'AccountNotFound' });
  });

  it('refuses a closed account with Forbidden, as every call of a closed account', async () => {
    const service = await new InMemoryService().createAccounts('owner');
    await service.close('owner');

    expect(await service.refusalOf(getTrustedOwners, {})).toMatchObject({ code: 'Forbidden' });
  });
});
