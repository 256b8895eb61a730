import { inspectProject } from '../../functions/inspect-project.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

describe('inspectProject', () => {
  it.each([
    ['open', async (_: InMemoryService) => {}],
    ['closed', (world: InMemoryService) => world.close('owner')],
  ])('shows a project that is %s', async (state, prepare) => {
    const world = await new InMemoryService().know('owner');
    await prepare(world);

    expect(await world.call(inspectProject, { accountId: 'owner', projectId: 'org-owner' }, operator)).toEqual({
      projectId: 'org-owner',
      account: 'owner',
      name: 'owner',
      state,
    });
  });

  it.each([
    ['unknown', 'org-nobody'],
    ["another account's", 'org-friend'],
  ])('refuses a project that is %s with ProjectNotFound', async (_, projectId) => {
    const world = await new InMemoryService().know('owner', 'friend');

    expect(await world.refusalOf(inspectProject, { accountId: 'owner', projectId }, operator)).toMatchObject({
      code: 'ProjectNotFound',
    });
  });
});
