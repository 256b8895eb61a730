import { deleteAddressBookEntry } from '../../functions/delete-address-book-entry.ts';
import { listAddressBook } from '../../functions/list-address-book.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { principal } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

async function aService(store = new InterruptibleStore()) {
  const service = await new InMemoryService(store).createAccounts('owner', 'another');
  for (const principalId of ['h01', 'h02']) {
    await service.call(putAddressBookEntry, { principalId, name: principalId });
  }
  const ids = async () => (await service.call(listAddressBook, {})).entries.map(({ principalId }) => principalId);
  const count = async () => {
    const { accounts } = await service.store.read({ accounts: [principal('owner')] });
    return accounts.get(principal('owner'))?.addressBookEntries;
  };
  return { service, store, ids, count };
}

describe('deleteAddressBookEntry', () => {
  it('deletes the entry and keeps the others', async () => {
    const { service, ids, count } = await aService();

    expect(await service.call(deleteAddressBookEntry, { principalId: 'h01' })).toBeNull();
    expect(await ids()).toEqual(['h02']);
    expect(await count()).toBe(1);
  });

  it('has no effect for an ID without an entry, or in a dry run', async () => {
    const { service } = await aService();
    const before = await service.contents();
    await service.call(deleteAddressBookEntry, { principalId: 'h03' });
    await service.call(deleteAddressBookEntry, { principalId: 'h01' }, { as: 'another' });
    await service.call(deleteAddressBookEntry, { principalId: 'h01' }, { isDryRun: true });

    expect(await service.contents()).toEqual(before);
  });

  it('counts an entry once that two calls delete concurrently', async () => {
    const { service, store, ids, count } = await aService();
    store.beforeNextCommit(() => service.call(deleteAddressBookEntry, { principalId: 'h01' }));
    await service.call(deleteAddressBookEntry, { principalId: 'h01' });

    expect(await ids()).toEqual(['h02']);
    expect(await count()).toBe(1);
  });

  it('refuses an unknown account with AccountNotFound, and a closed one or a project with Forbidden', async () => {
    const { service } = await aService();
    const fields = { principalId: 'h01' };
    await service.close('owner');

    expect(await service.refusalOf(deleteAddressBookEntry, fields, { as: 'nobody' })).toMatchObject({ code: 'AccountNotFound' });
    expect(await service.refusalOf(deleteAddressBookEntry, fields)).toMatchObject({ code: 'Forbidden' });
    const limited = { as: 'another', tokenProject: 'org-another' };
    expect(await service.refusalOf(deleteAddressBookEntry, fields, limited)).toMatchObject({ code: 'Forbidden' });
  });
});
