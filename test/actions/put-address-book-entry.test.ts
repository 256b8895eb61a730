import { closeAccount } from '../../functions/close-account.ts';
import { closeProject } from '../../functions/close-project.ts';
import { deleteAddressBookEntry } from '../../functions/delete-address-book-entry.ts';
import { listAddressBook } from '../../functions/list-address-book.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { principal } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;
const team = { principalId: 'h01', name: 'Web team', note: 'Berlin' };

async function aService(store = new InterruptibleStore()) {
  const service = await new InMemoryService(store).createAccounts('owner', 'another');
  const entries = async (as = 'owner') => (await service.call(listAddressBook, {}, { as })).entries;
  const count = async () => {
    const { accounts } = await service.store.read({ accounts: [principal('owner')] });
    return accounts.get(principal('owner'))?.addressBookEntries;
  };
  /** Sets the number of entries that are counted, without creating any. */
  const setCount = (counted: number) =>
    service.commit([{ do: 'correct-address-book-count', accountId: principal('owner'), seen: 0, entries: counted }]);
  return { service, store, entries, count, setCount };
}

describe('putAddressBookEntry', () => {
  describe('effects', () => {
    it('adds an entry, then replaces it, and counts it once', async () => {
      const { service, entries, count } = await aService();

      expect(await service.call(putAddressBookEntry, team)).toEqual(team);
      expect(await service.call(putAddressBookEntry, { principalId: 'h01', name: 'Web' })).toEqual({
        principalId: 'h01',
        name: 'Web',
      });

      expect(await entries()).toEqual([{ principalId: 'h01', name: 'Web' }]);
      expect(await count()).toBe(1);
      expect(await entries('another')).toEqual([]);
    });

    it('changes only the note', async () => {
      const { service, entries } = await aService();
      await service.call(putAddressBookEntry, team);
      await service.call(putAddressBookEntry, { ...team, note: 'Bonn' });

      expect(await entries()).toEqual([{ ...team, note: 'Bonn' }]);
    });

    it('stores no empty note', async () => {
      const { service, entries } = await aService();
      await service.call(putAddressBookEntry, { ...team, note: '' });

      expect(await entries()).toEqual([{ principalId: 'h01', name: 'Web team' }]);
    });

    it('writes nothing if the entry is unchanged, or in a dry run', async () => {
      const { service } = await aService();
      await service.call(putAddressBookEntry, team);
      const before = await service.contents();
      service.store.commit = () => Promise.reject(new Error('There is nothing to write'));

      await service.call(putAddressBookEntry, team);
      await service.call(putAddressBookEntry, { ...team, principalId: 'h02' }, { isDryRun: true });

      expect(await service.contents()).toEqual(before);
    });

    it('has one effect when repeated with the same Idempotency-Key', async () => {
      const { service, entries } = await aService();
      await service.call(putAddressBookEntry, team, { key: 'k' });
      await service.call(deleteAddressBookEntry, { principalId: 'h01' });

      expect(await service.call(putAddressBookEntry, team, { key: 'k' })).toEqual(team);
      expect(await entries()).toEqual([]);
    });
  });

  describe('refusals', () => {
    it('refuses entry 1,001 with AddressBookFull, also in a dry run, and still replaces entries', async () => {
      const { service, setCount } = await aService();
      await setCount(999);
      await service.call(putAddressBookEntry, team);

      const refusal = {
        code: 'AddressBookFull',
        details: { rule: 'account.address-book', cap: 1_000, used: 1_000, remaining: 0 },
      };
      const next = { principalId: 'h02', name: 'b' };
      expect(await service.refusalOf(putAddressBookEntry, next)).toMatchObject(refusal);
      expect(await service.refusalOf(putAddressBookEntry, next, { isDryRun: true })).toMatchObject(refusal);
      expect(await service.call(putAddressBookEntry, { ...team, name: 'Renamed' })).toMatchObject({ name: 'Renamed' });
    });

    it('refuses an unknown account with AccountNotFound, and a closed one or a project with Forbidden', async () => {
      const { service } = await aService();
      await service.close('owner');

      expect(await service.refusalOf(putAddressBookEntry, team, { as: 'nobody' })).toMatchObject({ code: 'AccountNotFound' });
      expect(await service.refusalOf(putAddressBookEntry, team)).toMatchObject({ code: 'Forbidden' });
      const limited = { as: 'another', tokenProject: 'org-another' };
      expect(await service.refusalOf(putAddressBookEntry, team, limited)).toMatchObject({ code: 'Forbidden' });
    });
  });

  describe('races', () => {
    it('adds no entry 1,001 when entry 1,000 is added concurrently', async () => {
      const { service, store, entries, setCount } = await aService();
      await setCount(999);
      store.beforeNextCommit(() => service.call(putAddressBookEntry, team));

      await expect(service.call(putAddressBookEntry, { principalId: 'h02', name: 'b' })).rejects.toMatchObject({
        code: 'AddressBookFull',
      });
      expect(await entries()).toEqual([team]);
    });

    it('replaces an entry that is added concurrently, and adds one that is deleted concurrently', async () => {
      const { service, store, entries, count } = await aService();
      store.beforeNextCommit(() => service.call(putAddressBookEntry, team));
      await service.call(putAddressBookEntry, { ...team, name: 'Second' });
      expect(await entries()).toEqual([{ ...team, name: 'Second' }]);

      store.beforeNextCommit(() => service.call(deleteAddressBookEntry, { principalId: 'h01' }));
      await service.call(putAddressBookEntry, { ...team, name: 'Third' });

      expect(await entries()).toEqual([{ ...team, name: 'Third' }]);
      expect(await count()).toBe(1);
    });

    it('leaves nothing behind when the account is closed concurrently', async () => {
      const { service, store } = await aService();
      await service.call(putAddressBookEntry, team);
      await service.call(closeProject, { accountId: 'owner', projectId: 'org-owner' }, operator);
      store.beforeNextCommit(() => service.call(closeAccount, { accountId: 'owner' }, operator));

      await expect(service.call(putAddressBookEntry, { ...team, principalId: 'h02' })).rejects.toMatchObject({
        code: 'Forbidden',
      });
      expect((await service.contents()).filter(({ of }) => of === 'address-book-entry')).toEqual([]);
    });
  });
});
