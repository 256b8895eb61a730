import { getAccount } from '../../functions/get-account.ts';
import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { principals } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const aService = (store = new InterruptibleStore()) => new InMemoryService(store).createAccounts('owner');

describe('putTrustedOwners', () => {
  describe('effects', () => {
    it('replaces the list, without duplicates', async () => {
      const service = await aService();

      expect(await service.call(putTrustedOwners, { owners: ['a', 'b', 'a'] })).toMatchObject({ owners: ['a', 'b'] });
      expect(await service.call(putTrustedOwners, { owners: ['c'] })).toMatchObject({ owners: ['c'] });
      expect(await service.call(getTrustedOwners, {})).toEqual({ owners: ['c'] });
    });

    it('accepts an empty list', async () => {
      const service = await aService();
      await service.call(putTrustedOwners, { owners: ['a'] });

      expect(await service.call(putTrustedOwners, { owners: [] })).toEqual({ owners: [], unknownOwners: [] });
    });

    it('accepts 100 owners, whether or not they exist', async () => {
      const owners = principals(100);

      expect(await (await aService()).call(putTrustedOwners, { owners })).toEqual({ owners, unknownOwners: owners });
    });

    it('tells which owners are no open account or project; for a project, accounts are none either', async () => {
      const service = await (await aService()).createAccounts('friend', 'gone');
      await service.close('gone');
      const owners = ['friend', 'nobody', 'org-friend', 'gone'];

      expect(await service.call(putTrustedOwners, { owners })).toEqual({ owners, unknownOwners: ['nobody', 'gone'] });
      expect(await service.call(putTrustedOwners, { owners }, { project: 'org-owner' })).toEqual({
        owners,
        unknownOwners: ['friend', 'nobody', 'gone'],
      });
    });

    it('leaves the rest of the account unchanged', async () => {
      const service = await aService();
      const before = await service.call(getAccount, {});
      await service.call(putTrustedOwners, { owners: ['a'] });

      expect(await service.call(getAccount, {})).toEqual(before);
    });

    it('does nothing in a dry run', async () => {
      const service = await aService();
      await service.call(putTrustedOwners, { owners: ['a'] }, { isDryRun: true });

      expect(await service.call(getTrustedOwners, {})).toEqual({ owners: [] });
    });
  });

  describe('refusals', () => {
    it('refuses an unknown account with AccountNotFound and a closed one with Forbidden', async () => {
      const service = await aService();
      await service.close('owner');

      expect(await service.refusalOf(putTrustedOwners, { owners: [] }, { as: 'nobody' })).toMatchObject({
        code: 'AccountNotFound',
      });
      expect(await service.refusalOf(putTrustedOwners, { owners: ['a'] })).toMatchObject({ code: 'Forbidden' });
    });
  });

  describe('races', () => {
    it('is refused when the account is closed concurrently', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.close('owner'));

      await expect(service.call(putTrustedOwners, { owners: ['a'] })).rejects.toMatchObject({ code: 'Forbidden' });
    });
  });
});
