import { inspectAccount } from '../../functions/inspect-account.ts';
import { putAccount } from '../../functions/put-account.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;
const acme = { accountId: 'acme', name: 'Acme' };

describe('putAccount', () => {
  it('makes an account known and open', async () => {
    const world = new InMemoryService();

    expect(await world.call(putAccount, acme, operator)).toEqual({ ...acme, state: 'open' });
    expect(await world.call(inspectAccount, { accountId: 'acme' }, operator)).toMatchObject({
      name: 'Acme',
      state: 'open',
      projects: [],
    });
  });

  it('renames it', async () => {
    const world = new InMemoryService();
    await world.call(putAccount, acme, operator);
    await world.call(putAccount, { ...acme, name: 'New' }, operator);

    expect(await world.call(inspectAccount, { accountId: 'acme' }, operator)).toMatchObject({ name: 'New' });
  });

  it('refuses to open a closed one again with AccountClosed', async () => {
    const world = await new InMemoryService().know('acme');
    await world.close('acme');

    expect(await world.refusalOf(putAccount, acme, operator)).toMatchObject({
      code: 'AccountClosed',
      details: { rule: 'account.close' },
    });
  });

  it('makes one account of two calls at once, with the name of the later', async () => {
    const store = new InterruptedStore();
    const world = new InMemoryService(store);
    store.beforeNextCommit(() => world.call(putAccount, { ...acme, name: 'First' }, operator));

    expect(await world.call(putAccount, acme, operator)).toMatchObject({ name: 'Acme' });
    expect(await world.contents()).toMatchObject([{ account: { name: 'Acme' } }]);
  });
});
