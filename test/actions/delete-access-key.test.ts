import { createAccessKey } from '../../functions/create-access-key.ts';
import { deleteAccessKey } from '../../functions/delete-access-key.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

async function theWorld(store = new InterruptedStore()) {
  const world = await new InMemoryService(store).know('owner', 'another');
  const { keyId } = await world.call(createAccessKey, {});
  const { secret: _, ...other } = await world.call(createAccessKey, {});
  return { world, keyId, other };
}

describe('deleteAccessKey', () => {
  describe('effects', () => {
    it('deletes the key and leaves the others', async () => {
      const { world, keyId, other } = await theWorld();

      expect(await world.call(deleteAccessKey, { keyId })).toBeNull();
      expect(await world.store.accessKey(keyId)).toBeUndefined();
      expect(await world.call(listAccessKeys, {})).toEqual({ accessKeys: [other] });
    });

    it('leaves an account as it was before its first key when the last one goes', async () => {
      const world = await new InMemoryService().know('owner');
      const before = await world.contents();
      const { keyId } = await world.call(createAccessKey, {});
      await world.call(deleteAccessKey, { keyId });

      expect(await world.contents()).toEqual(before);
    });

    it('does so for any account when an operator calls', async () => {
      const { world, keyId } = await theWorld();

      expect(await world.call(deleteAccessKey, { accountId: 'owner', keyId }, operator)).toBeNull();
      expect(await world.store.accessKey(keyId)).toBeUndefined();
    });

    it('does nothing in a dry run', async () => {
      const { world, keyId } = await theWorld();
      const before = await world.contents();
      await world.call(deleteAccessKey, { keyId }, { isDryRun: true });

      expect(await world.contents()).toEqual(before);
    });

    it('succeeds again with its Idempotency-Key', async () => {
      const { world, keyId } = await theWorld();
      await world.call(deleteAccessKey, { keyId }, { key: 'k' });

      expect(await world.call(deleteAccessKey, { keyId }, { key: 'k' })).toBeNull();
    });
  });

  describe('refusals', () => {
    it("refuses another account's key and one that is gone with KeyNotFound", async () => {
      const { world, keyId, other } = await theWorld();
      await world.call(deleteAccessKey, { keyId });

      for (const [fields, calling] of [
        [{ keyId }, {}],
        [{ keyId: other.keyId }, { as: 'another' }],
        [{ keyId: other.keyId, accountId: 'another' }, operator],
      ] as const) {
        expect(await world.refusalOf(deleteAccessKey, fields, calling)).toMatchObject({ code: 'KeyNotFound' });
      }
    });

    it('refuses a closed account with Forbidden, and operators with AccountClosed', async () => {
      const { world, keyId } = await theWorld();
      await world.close('owner');

      expect(await world.refusalOf(deleteAccessKey, { keyId })).toMatchObject({ code: 'Forbidden' });
      expect(await world.refusalOf(deleteAccessKey, { accountId: 'owner', keyId }, operator)).toMatchObject({
        code: 'AccountClosed',
      });
    });

    it.each([
      ['a tenant that names an account', { accountId: 'owner' }, {}],
      ['an operator that names none', {}, operator],
      ['a tenant whose token is bound to a project', {}, { boundTo: 'org-owner' }],
    ])('refuses %s with Forbidden', async (_, fields, calling) => {
      const { world, keyId } = await theWorld();

      expect(await world.refusalOf(deleteAccessKey, { keyId, ...fields }, calling)).toMatchObject({ code: 'Forbidden' });
    });
  });

  describe('races', () => {
    it('refuses a key that is deleted meanwhile', async () => {
      const store = new InterruptedStore();
      const { world, keyId } = await theWorld(store);
      store.beforeNextCommit(() => world.call(deleteAccessKey, { keyId }));

      await expect(world.call(deleteAccessKey, { keyId })).rejects.toMatchObject({ code: 'KeyNotFound' });
    });
  });
});
