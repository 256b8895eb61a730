import { closeProject } from '../../functions/close-project.ts';
import { getAccount } from '../../functions/get-account.ts';
import { importImage } from '../../functions/import-image.ts';
import { putProject } from '../../functions/put-project.ts';
import { anImageIn, anInstanceIn, fixtureOf, principal } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;
const project = { accountId: 'owner', projectId: 'org-owner' };
const fixture = fixtureOf('ucloud');

describe('closeProject', () => {
  describe('effects', () => {
    it('closes a project that owns nothing and removes it from its account', async () => {
      const service = await new InMemoryService().createAccounts('owner');

      expect(await service.call(closeProject, project, operator)).toBeNull();
      const account = await service.call(getAccount, {});
      expect(account).toMatchObject({ projects: [] });
      expect(account).not.toHaveProperty('defaultProject');
    });

    it('makes the next created project the default one', async () => {
      const service = await new InMemoryService().createAccounts('owner');
      await service.call(closeProject, project, operator);
      await service.call(putProject, { accountId: 'owner', projectId: 'org-2', name: 'Second' }, operator);

      expect(await service.call(getAccount, {})).toMatchObject({ defaultProject: 'org-2' });
    });

    it('changes nothing when the project is already closed', async () => {
      const service = await new InMemoryService().createAccounts('owner');
      await service.call(closeProject, project, operator);
      const before = await service.contents();

      await service.call(closeProject, project, operator);
      expect(await service.contents()).toEqual(before);
    });

    it('prevents the id from being reopened', async () => {
      const service = await new InMemoryService().createAccounts('owner');
      await service.call(closeProject, project, operator);

      expect(await service.refusalOf(putProject, { ...project, name: 'Again' }, operator)).toMatchObject({
        code: 'AccountClosed',
      });
    });
  });

  describe('refusals', () => {
    it('refuses a project with images, and lists them', async () => {
      const service = await (await new InMemoryService().createAccounts('owner')).putImages(anImageIn(fixture));

      expect(await service.refusalOf(closeProject, project, operator)).toMatchObject({
        code: 'AccountInUse',
        details: { rule: 'account.close', offenders: [{ id: 'img-00000001', reason: `image in ${fixture.region}` }] },
      });
    });

    it('refuses a project with instances, and lists them', async () => {
      const service = await (await new InMemoryService().createAccounts('owner')).putInstances(anInstanceIn(fixture));

      expect(await service.refusalOf(closeProject, project, operator)).toMatchObject({
        code: 'AccountInUse',
        details: { rule: 'account.close', offenders: [{ id: 'ins-00000001', reason: `instance in ${fixture.region}` }] },
      });
    });

    it.each([
      ['an unknown project', 'org-nobody'],
      ["another account's project", 'org-friend'],
    ])('refuses %s with ProjectNotFound', async (_, projectId) => {
      const service = await new InMemoryService().createAccounts('owner', 'friend');

      expect(await service.refusalOf(closeProject, { accountId: 'owner', projectId }, operator)).toMatchObject({
        code: 'ProjectNotFound',
      });
    });
  });

  describe('races', () => {
    it('refuses a project that imports an image concurrently', async () => {
      const store = new InterruptibleStore();
      const service = await new InMemoryService(store).createAccounts('owner');
      store.beforeNextCommit(() => service.call(importImage, { region: fixture.region, name: 'x', sizeGiB: 1 }));

      await expect(service.call(closeProject, project, operator)).rejects.toMatchObject({ code: 'AccountInUse' });
    });

    it('keeps a project that became the default concurrently', async () => {
      const store = new InterruptibleStore();
      const service = await new InMemoryService(store).createAccounts('owner');
      store.beforeNextCommit(() =>
        service.call(putProject, { accountId: 'owner', projectId: 'org-2', name: 'Second' }, operator),
      );
      await service.call(closeProject, project, operator);

      const { projects } = await service.call(getAccount, {});
      expect(projects.map(({ projectId }) => projectId)).toEqual([principal('org-2')]);
    });
  });
});
