import { inspectAccount } from '../../functions/inspect-account.ts';
import { inspectProject } from '../../functions/inspect-project.ts';
import { putAccount } from '../../functions/put-account.ts';
import { putProject } from '../../functions/put-project.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;
const project = { accountId: 'acme', projectId: 'org-a', name: 'A' };
const serviceWithAcme = async () => {
  const service = new InMemoryService();
  await service.call(putAccount, { accountId: 'acme', name: 'Acme' }, operator);
  return service;
};

describe('putProject', () => {
  it('creates a project, and makes the first one the default', async () => {
    const service = await serviceWithAcme();

    expect(await service.call(putProject, project, operator)).toEqual({
      projectId: 'org-a',
      account: 'acme',
      name: 'A',
      state: 'open',
    });
    await service.call(putProject, { ...project, projectId: 'org-b' }, operator);
    expect(await service.call(inspectAccount, { accountId: 'acme' }, operator)).toMatchObject({
      defaultProject: 'org-a',
      projects: [{ projectId: 'org-a' }, { projectId: 'org-b' }],
    });
  });

  it('renames a project', async () => {
    const service = await serviceWithAcme();
    await service.call(putProject, project, operator);
    await service.call(putProject, { ...project, name: 'New' }, operator);

    expect(await service.call(inspectProject, { accountId: 'acme', projectId: 'org-a' }, operator)).toMatchObject({
      name: 'New',
    });
  });

  it('refuses a project of an unknown account with AccountNotFound', async () => {
    expect(await new InMemoryService().refusalOf(putProject, project, operator)).toMatchObject({ code: 'AccountNotFound' });
  });

  it('refuses a project of a closed account with AccountClosed', async () => {
    const service = await new InMemoryService().createAccounts('acme');
    await service.close('acme');

    expect(await service.refusalOf(putProject, project, operator)).toMatchObject({ code: 'AccountClosed' });
  });

  it("refuses another account's project with InvalidRequest", async () => {
    const service = await (await serviceWithAcme()).createAccounts('globex');

    expect(await service.refusalOf(putProject, { ...project, projectId: 'org-globex' }, operator)).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'projectId' }] },
    });
  });

  it('makes a new or existing project the default on request', async () => {
    const service = await serviceWithAcme();
    const defaultProject = async () => (await service.call(inspectAccount, { accountId: 'acme' }, operator)).defaultProject;
    await service.call(putProject, project, operator);

    await service.call(putProject, { ...project, projectId: 'org-b', default: true }, operator);
    expect(await defaultProject()).toBe('org-b');
    await service.call(putProject, { ...project, default: true }, operator);
    expect(await defaultProject()).toBe('org-a');
    await service.call(putProject, { ...project, projectId: 'org-b', name: 'B', default: true }, operator);
    expect(await defaultProject()).toBe('org-b');
    await service.call(putProject, project, operator);
    expect(await defaultProject()).toBe('org-b');
  });
});
