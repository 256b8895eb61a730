import { createAccessKey } from '../../functions/create-access-key.ts';
import { deleteAccessKey } from '../../functions/delete-access-key.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

async function aService(store = new InterruptibleStore()) {
  const service = await new InMemoryService(store).createAccounts('owner', 'another');
  const { keyId } = await service.call(createAccessKey, {});
  const { secret: _, ...other } = await service.call(createAccessKey, {});
  return { service, keyId, other };
}

describe('deleteAccessKey', () => {
  describe('effects', () => {
    it('deletes the key and keeps the others', async () => {
      const { service, keyId, other } = await aService();

      expect(await service.call(deleteAccessKey, { keyId })).toBeNull();
      expect(await service.store.accessKey(keyId)).toBeUndefined();
      expect(await service.call(listAccessKeys, {})).toEqual({ accessKeys: [other] });
    });

    it("restores the account's original state when the last key is deleted", async () => {
      const service = await new InMemoryService().createAccounts('owner');
      const before = await service.contents();
      const { keyId } = await service.call(createAccessKey, {});
      await service.call(deleteAccessKey, { keyId });

      expect(await service.contents()).toEqual(before);
    });

    it('deletes a key of any account if an operator calls', async () => {
      const { service, keyId } = await aService();

      expect(await service.call(deleteAccessKey, { accountId: 'owner', keyId }, operator)).toBeNull();
      expect(await service.store.accessKey(keyId)).toBeUndefined();
    });

    it('does nothing in a dry run', async () => {
      const { service, keyId } = await aService();
      const before = await service.contents();
      await service.call(deleteAccessKey, { keyId }, { isDryRun: true });

      expect(await service.contents()).toEqual(before);
    });

    it('succeeds again with the same Idempotency-Key', async () => {
      const { service, keyId } = await aService();
      await service.call(deleteAccessKey, { keyId }, { key: 'k' });

      expect(await service.call(deleteAccessKey, { keyId }, { key: 'k' })).toBeNull();
    });
  });

  describe('refusals', () => {
    it("refuses another account's key and a deleted key with KeyNotFound", async () => {
      const { service, keyId, other } = await aService();
      await service.call(deleteAccessKey, { keyId });

      for (const [fields, options] of [
        [{ keyId }, {}],
        [{ keyId: other.keyId }, { as: 'another' }],
        [{ keyId: other.keyId, accountId: 'another' }, operator],
      ] as const) {
        expect(await service.refusalOf(deleteAccessKey, fields, options)).toMatchObject({ code: 'KeyNotFound' });
      }
    });

    it('refuses a closed account with Forbidden, and operators with AccountClosed', async () => {
      const { service, keyId } = await aService();
      await service.close('owner');

      expect(await service.refusalOf(deleteAccessKey, { keyId })).toMatchObject({ code: 'Forbidden' });
      expect(await service.refusalOf(deleteAccessKey, { accountId: 'owner', keyId }, operator)).toMatchObject({
        code: 'AccountClosed',
      });
    });

    it.each([
      ['a tenant naming an account', { accountId: 'owner' }, {}],
      ['an operator naming no account', {}, operator],
      ['a token bound to a project', {}, { tokenProject: 'org-owner' }],
    ])('refuses %s with Forbidden', async (_, fields, options) => {
      const { service, keyId } = await aService();

      expect(await service.refusalOf(deleteAccessKey, { keyId, ...fields }, options)).toMatchObject({ code: 'Forbidden' });
    });
  });

  describe('races', () => {
    it('refuses a key that is deleted concurrently', async () => {
      const store = new InterruptibleStore();
      const { service, keyId } = await aService(store);
      store.beforeNextCommit(() => service.call(deleteAccessKey, { keyId }));

      await expect(service.call(deleteAccessKey, { keyId })).rejects.toMatchObject({ code: 'KeyNotFound' });
    });
  });
});
