import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe('getTrustedOwners', () => {
  it('returns an empty list until the account sets one', async () => {
    const service = await new InMemoryService().createAccounts('owner');
    expect(await service.call(getTrustedOwners, {})).toEqual({ owners: [] });

    await service.call(putTrustedOwners, { owners: ['friend'] });
    expect(await service.call(getTrustedOwners, {})).toEqual({ owners: ['friend'] });
  });

  it("does not return another account's list", async () => {
    const service = await new InMemoryService().createAccounts('owner', 'friend');
    await service.call(putTrustedOwners, { owners: ['friend'] });

    expect(await service.call(getTrustedOwners, {}, { as: 'friend' })).toEqual({ owners: [] });
  });

  it('refuses an unknown account with AccountNotFound and a closed one with Forbidden', async () => {
    const service = await new InMemoryService().createAccounts('owner');
    await service.close('owner');

    expect(await service.refusalOf(getTrustedOwners, {}, { as: 'nobody' })).toMatchObject({ code: 'AccountNotFound' });
    expect(await service.refusalOf(getTrustedOwners, {})).toMatchObject({ code: 'Forbidden' });
  });
});
