import { inspectAccount } from '../../functions/inspect-account.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

describe('inspectAccount', () => {
  it('returns any account to an operator, with its state', async () => {
    const service = await new InMemoryService().createAccounts('owner');

    expect(await service.call(inspectAccount, { accountId: 'owner' }, operator)).toMatchObject({
      accountId: 'owner',
      state: 'open',
      projects: [{ projectId: 'org-owner' }],
    });
  });

  it('returns a closed account without its closed projects', async () => {
    const service = await new InMemoryService().createAccounts('owner');
    await service.close('owner');

    expect(await service.call(inspectAccount, { accountId: 'owner' }, operator)).toMatchObject({ state: 'closed', projects: [] });
  });

  it('refuses an unknown account with AccountNotFound', async () => {
    expect(await new InMemoryService().refusalOf(inspectAccount, { accountId: 'nobody' }, operator)).toMatchObject({
      code: 'AccountNotFound',
    });
  });
});
