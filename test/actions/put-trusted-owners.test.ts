import { getAccount } from '../../functions/get-account.ts';
import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { principals } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

const theWorld = (store = new InterruptedStore()) => new InMemoryService(store).know('owner');

describe('putTrustedOwners', () => {
  describe('effects', () => {
    it('states the list, each owner once, and the next one takes its place', async () => {
      const world = await theWorld();

      expect(await world.call(putTrustedOwners, { owners: ['a', 'b', 'a'] })).toEqual({ owners: ['a', 'b'] });
      expect(await world.call(putTrustedOwners, { owners: ['c'] })).toEqual({ owners: ['c'] });
      expect(await world.call(getTrustedOwners, {})).toEqual({ owners: ['c'] });
    });

    it('takes an empty list', async () => {
      const world = await theWorld();
      await world.call(putTrustedOwners, { owners: ['a'] });

      expect(await world.call(putTrustedOwners, { owners: [] })).toEqual({ owners: [] });
    });

    it('takes 100 owners, whether they are known or not', async () => {
      expect(await (await theWorld()).call(putTrustedOwners, { owners: principals(100) })).toEqual({ owners: principals(100) });
    });

    it('leaves everything else of the account as it is', async () => {
      const world = await theWorld();
      const before = await world.call(getAccount, {});
      await world.call(putTrustedOwners, { owners: ['a'] });

      expect(await world.call(getAccount, {})).toEqual(before);
    });

    it('does nothing in a dry run', async () => {
      const world = await theWorld();
      await world.call(putTrustedOwners, { owners: ['a'] }, { isDryRun: true });

      expect(await world.call(getTrustedOwners, {})).toEqual({ owners: [] });
    });
  });

  describe('refusals', () => {
    it('refuses an unknown account with AccountNotFound and a closed one with Forbidden', async () => {
      const world = await theWorld();
      await world.close('owner');

      expect(await world.refusalOf(putTrustedOwners, { owners: [] }, { as: 'nobody' })).toMatchObject({
        code: 'AccountNotFound',
      });
      expect(await world.refusalOf(putTrustedOwners, { owners: ['a'] })).toMatchObject({ code: 'Forbidden' });
    });
  });

  describe('races', () => {
    it('is refused when the account is closed meanwhile', async () => {
      const store = new InterruptedStore();
      const world = await theWorld(store);
      store.beforeNextCommit(() => world.close('owner'));

      await expect(world.call(putTrustedOwners, { owners: ['a'] })).rejects.toMatchObject({ code: 'Forbidden' });
    });
  });
});
