import { putAccount } from '../../functions/put-account.ts';
import { putProject } from '../../functions/put-project.ts';
import { createAccounts } from '../support/accounts.ts';
import { principal } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { operator, service } from '../support/in-process.ts';

describe('accounts that tests create in the table', () => {
  it("equal those that an operator's calls create", async () => {
    const accounts = [1, 2].map((number) => ({ account: principal(`account-${number}`), project: principal(`org-${number}`) }));
    for (const { account, project } of accounts) {
      await operator().ok(putAccount, { accountId: account, name: account });
      await operator().ok(putProject, { accountId: account, projectId: project, name: project });
    }

    const direct = new InMemoryService();
    await createAccounts(direct.store, accounts);

    expect(await direct.contentsAndRecords()).toEqual(await service.contentsAndRecords());
  });
});
