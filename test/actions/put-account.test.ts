import { inspectAccount } from '../../functions/inspect-account.ts';
import { putAccount } from '../../functions/put-account.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;
const acme = { accountId: 'acme', name: 'Acme' };

describe('putAccount', () => {
  it('creates an open account', async () => {
    const service = new InMemoryService();

    expect(await service.call(putAccount, acme, operator)).toEqual({ ...acme, state: 'open' });
    expect(await service.call(inspectAccount, { accountId: 'acme' }, operator)).toMatchObject({
      name: 'Acme',
      state: 'open',
      projects: [],
    });
  });

  it('renames an account', async () => {
    const service = new InMemoryService();
    await service.call(putAccount, acme, operator);
    await service.call(putAccount, { ...acme, name: 'New' }, operator);

    expect(await service.call(inspectAccount, { accountId: 'acme' }, operator)).toMatchObject({ name: 'New' });
  });

  it('refuses to reopen a closed account with AccountClosed', async () => {
    const service = await new InMemoryService().createAccounts('acme');
    await service.close('acme');

    expect(await service.refusalOf(putAccount, acme, operator)).toMatchObject({
      code: 'AccountClosed',
      details: { rule: 'account.close' },
    });
  });

  it('creates one account for two concurrent calls, with the name of the later one', async () => {
    const store = new InterruptibleStore();
    const service = new InMemoryService(store);
    store.beforeNextCommit(() => service.call(putAccount, { ...acme, name: 'First' }, operator));

    expect(await service.call(putAccount, acme, operator)).toMatchObject({ name: 'Acme' });
    expect(await service.contents()).toMatchObject([{ account: { name: 'Acme' } }]);
  });
});
