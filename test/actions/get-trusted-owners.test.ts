import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe('getTrustedOwners', () => {
  it('tells an account that it trusts nobody until it has named somebody', async () => {
    const world = await new InMemoryService().know('owner');
    expect(await world.call(getTrustedOwners, {})).toEqual({ owners: [] });

    await world.call(putTrustedOwners, { owners: ['friend'] });
    expect(await world.call(getTrustedOwners, {})).toEqual({ owners: ['friend'] });
  });

  it("tells nobody another account's list", async () => {
    const world = await new InMemoryService().know('owner', 'friend');
    await world.call(putTrustedOwners, { owners: ['friend'] });

    expect(await world.call(getTrustedOwners, {}, { as: 'friend' })).toEqual({ owners: [] });
  });

  it('refuses an unknown account with AccountNotFound and a closed one with Forbidden', async () => {
    const world = await new InMemoryService().know('owner');
    await world.close('owner');

    expect(await world.refusalOf(getTrustedOwners, {}, { as: 'nobody' })).toMatchObject({ code: 'AccountNotFound' });
    expect(await world.refusalOf(getTrustedOwners, {})).toMatchObject({ code: 'Forbidden' });
  });
});
