import { closeProject } from '../../functions/close-project.ts';
import { getAccount } from '../../functions/get-account.ts';
import { importImage } from '../../functions/import-image.ts';
import { putProject } from '../../functions/put-project.ts';
import { anImageIn, anInstanceIn, placeOf, principal } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;
const project = { accountId: 'owner', projectId: 'org-owner' };
const place = placeOf('ucloud');

describe('closeProject', () => {
  describe('effects', () => {
    it('closes a project that owns nothing: its account shows it no more', async () => {
      const world = await new InMemoryService().know('owner');

      expect(await world.call(closeProject, project, operator)).toBeNull();
      const account = await world.call(getAccount, {});
      expect(account).toMatchObject({ projects: [] });
      expect(account).not.toHaveProperty('defaultProject');
    });

    it('makes the next project that is made the default one', async () => {
      const world = await new InMemoryService().know('owner');
      await world.call(closeProject, project, operator);
      await world.call(putProject, { accountId: 'owner', projectId: 'org-2', name: 'Second' }, operator);

      expect(await world.call(getAccount, {})).toMatchObject({ defaultProject: 'org-2' });
    });

    it('changes nothing when the project is closed already', async () => {
      const world = await new InMemoryService().know('owner');
      await world.call(closeProject, project, operator);
      const before = await world.contents();

      await world.call(closeProject, project, operator);
      expect(await world.contents()).toEqual(before);
    });

    it('lets nobody open the id again', async () => {
      const world = await new InMemoryService().know('owner');
      await world.call(closeProject, project, operator);

      expect(await world.refusalOf(putProject, { ...project, name: 'Again' }, operator)).toMatchObject({ code: 'AccountClosed' });
    });
  });

  describe('refusals', () => {
    it('refuses a project with images, and lists them', async () => {
      const world = await (await new InMemoryService().know('owner')).put(anImageIn(place));

      expect(await world.refusalOf(closeProject, project, operator)).toMatchObject({
        code: 'AccountInUse',
        details: { rule: 'account.close', offenders: [{ id: 'img-00000001', reason: `image in ${place.region}` }] },
      });
    });

    it('refuses a project with instances, and lists them', async () => {
      const world = await (await new InMemoryService().know('owner')).run(anInstanceIn(place));

      expect(await world.refusalOf(closeProject, project, operator)).toMatchObject({
        code: 'AccountInUse',
        details: { rule: 'account.close', offenders: [{ id: 'ins-00000001', reason: `instance in ${place.region}` }] },
      });
    });

    it.each([
      ['unknown', 'org-nobody'],
      ["another account's", 'org-friend'],
    ])('refuses a project that is %s with ProjectNotFound', async (_, projectId) => {
      const world = await new InMemoryService().know('owner', 'friend');

      expect(await world.refusalOf(closeProject, { accountId: 'owner', projectId }, operator)).toMatchObject({
        code: 'ProjectNotFound',
      });
    });
  });

  describe('races', () => {
    it('refuses a project that makes an image meanwhile', async () => {
      const store = new InterruptedStore();
      const world = await new InMemoryService(store).know('owner');
      store.beforeNextCommit(() => world.call(importImage, { region: place.region, name: 'x', sizeGiB: 1 }));

      await expect(world.call(closeProject, project, operator)).rejects.toMatchObject({ code: 'AccountInUse' });
    });

    it('leaves the default project that another one became meanwhile', async () => {
      const store = new InterruptedStore();
      const world = await new InMemoryService(store).know('owner');
      store.beforeNextCommit(() => world.call(putProject, { accountId: 'owner', projectId: 'org-2', name: 'Second' }, operator));
      await world.call(closeProject, project, operator);

      const { projects } = await world.call(getAccount, {});
      expect(projects.map(({ projectId }) => projectId)).toEqual([principal('org-2')]);
    });
  });
});
