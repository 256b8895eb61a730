import { inspectProject } from '../../functions/inspect-project.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

describe('inspectProject', () => {
  it.each([
    ['open', async (_: InMemoryService) => {}],
    ['closed', (service: InMemoryService) => service.close('owner')],
  ])('returns a project that is %s', async (state, prepare) => {
    const service = await new InMemoryService().createAccounts('owner');
    await prepare(service);

    expect(await service.call(inspectProject, { accountId: 'owner', projectId: 'org-owner' }, operator)).toEqual({
      projectId: 'org-owner',
      account: 'owner',
      name: 'owner',
      state,
    });
  });

  it.each([
    ['an unknown project', 'org-nobody'],
    ["another account's project", 'org-friend'],
  ])('refuses %s with ProjectNotFound', async (_, projectId) => {
    const service = await new InMemoryService().createAccounts('owner', 'friend');

    expect(await service.refusalOf(inspectProject, { accountId: 'owner', projectId }, operator)).toMatchObject({
      code: 'ProjectNotFound',
    });
  });
});
