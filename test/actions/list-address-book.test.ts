import { listAddressBook } from '../../functions/list-address-book.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

const book = [
  { principalId: '100000000009', name: 'Caf\u00e9' },
  { principalId: '20000', name: 'Web team', note: 'Berlin, since 2024' },
  { principalId: 'org-a', name: 'Data' },
];

async function aService() {
  const service = await new InMemoryService().createAccounts('owner', 'another');
  for (const entry of [...book].reverse()) {
    await service.call(putAddressBookEntry, entry);
  }
  const list = (fields: Record<string, unknown> = {}) => service.call(listAddressBook, fields);
  return { service, list };
}

describe('listAddressBook', () => {
  it('lists the entries of the account by ID, page by page', async () => {
    const { service, list } = await aService();

    const first = await list({ limit: '2' });
    const second = await list({ limit: '2', cursor: first.nextCursor });

    expect(await list()).toEqual({ entries: book });
    expect(first.entries).toEqual(book.slice(0, 2));
    expect(second).toEqual({ entries: book.slice(2) });
    expect(await service.call(listAddressBook, {}, { as: 'another' })).toEqual({ entries: [] });
  });

  it.each([
    ['WEB', ['20000']],
    ['berlin', ['20000']],
    ['0000', ['100000000009', '20000']],
    ['ORG-', ['org-a']],
    ['cafe\u0301', ['100000000009']],
    ['nothing', []],
  ])('finds %s in names, notes, and IDs', async (search, found) => {
    const { list } = await aService();

    expect((await list({ search })).entries.map(({ principalId }) => principalId)).toEqual(found);
  });

  it('fills a page with what is found, and continues after it', async () => {
    const { list } = await aService();

    const first = await list({ search: '0000', limit: '1' });
    expect(first.entries).toEqual([book[0]]);
    expect((await list({ search: '0000', limit: '1', cursor: first.nextCursor })).entries).toEqual([book[1]]);
  });

  it('refuses the cursor of another account or search', async () => {
    const { service, list } = await aService();
    const { nextCursor: cursor } = await list({ limit: '1' });

    const refusal = { code: 'InvalidRequest', details: { offenders: [{ id: 'cursor' }] } };
    expect(await service.refusalOf(listAddressBook, { cursor, search: 'a' })).toMatchObject(refusal);
    expect(await service.refusalOf(listAddressBook, { cursor }, { as: 'another' })).toMatchObject(refusal);
  });

  it('refuses an unknown account with AccountNotFound, and a closed one or a project with Forbidden', async () => {
    const { service } = await aService();
    await service.close('owner');

    expect(await service.refusalOf(listAddressBook, {}, { as: 'nobody' })).toMatchObject({ code: 'AccountNotFound' });
    expect(await service.refusalOf(listAddressBook, {})).toMatchObject({ code: 'Forbidden' });
    const limited = { as: 'another', tokenProject: 'org-another' };
    expect(await service.refusalOf(listAddressBook, {}, limited)).toMatchObject({ code: 'Forbidden' });
  });
});
