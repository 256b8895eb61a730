import { createAccessKey } from '../../functions/create-access-key.ts';
import { deleteAccessKey } from '../../functions/delete-access-key.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { updateAccessKey } from '../../functions/update-access-key.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

async function aService(store = new InterruptibleStore()) {
  const service = await new InMemoryService(store).createAccounts('owner', 'another');
  const { secret: _, ...key } = await service.call(createAccessKey, {});
  return { service, key, disableRequest: { keyId: key.keyId, state: 'disabled' } };
}

describe('updateAccessKey', () => {
  describe('effects', () => {
    it('disables a key and activates it again', async () => {
      const { service, key, disableRequest } = await aService();

      expect(await service.call(updateAccessKey, disableRequest)).toEqual({ ...key, state: 'disabled' });
      expect(await service.store.accessKey(key.keyId)).toMatchObject({ state: 'disabled' });
      expect(await service.call(updateAccessKey, { ...disableRequest, state: 'active' })).toEqual(key);
      expect(await service.call(listAccessKeys, {})).toEqual({ accessKeys: [key] });
    });

    it('writes nothing if the key already has the state, and nothing in a dry run', async () => {
      const { service, key, disableRequest } = await aService();
      const before = await service.contents();

      expect(await service.call(updateAccessKey, { ...disableRequest, state: 'active' })).toEqual(key);
      await service.call(updateAccessKey, disableRequest, { isDryRun: true });
      expect(await service.contents()).toEqual(before);
    });

    it('updates a key of any account if an operator calls', async () => {
      const { service, disableRequest } = await aService();

      expect(await service.call(updateAccessKey, { accountId: 'owner', ...disableRequest }, operator)).toMatchObject({
        state: 'disabled',
      });
    });

    it('returns its first response again with the same Idempotency-Key', async () => {
      const { service, disableRequest } = await aService();
      const first = await service.call(updateAccessKey, disableRequest, { key: 'k' });
      await service.call(updateAccessKey, { ...disableRequest, state: 'active' });

      expect(await service.call(updateAccessKey, disableRequest, { key: 'k' })).toEqual(first);
      expect((await service.call(listAccessKeys, {})).accessKeys).toMatchObject([{ state: 'active' }]);
    });
  });

  describe('refusals', () => {
    it("refuses another account's key and an unknown key with KeyNotFound", async () => {
      const { service, disableRequest } = await aService();

      for (const [fields, options] of [
        [disableRequest, { as: 'another' }],
        [{ ...disableRequest, accountId: 'another' }, operator],
        [{ ...disableRequest, keyId: 'AK-none' }, {}],
      ] as const) {
        expect(await service.refusalOf(updateAccessKey, fields, options)).toMatchObject({ code: 'KeyNotFound' });
      }
    });

    it('refuses a closed account with Forbidden, and operators with AccountClosed', async () => {
      const { service, disableRequest } = await aService();
      await service.close('owner');

      expect(await service.refusalOf(updateAccessKey, disableRequest)).toMatchObject({ code: 'Forbidden' });
      expect(await service.refusalOf(updateAccessKey, { ...disableRequest, accountId: 'owner' }, operator)).toMatchObject({
        code: 'AccountClosed',
      });
    });

    it.each([
      ['a tenant naming an account', { accountId: 'owner' }, {}],
      ['an operator naming no account', {}, operator],
      ['a token bound to a project', {}, { tokenProject: 'org-owner' }],
    ])('refuses %s with Forbidden', async (_, fields, options) => {
      const { service, disableRequest } = await aService();

      expect(await service.refusalOf(updateAccessKey, { ...disableRequest, ...fields }, options)).toMatchObject({
        code: 'Forbidden',
      });
    });
  });

  describe('races', () => {
    it('refuses a key that is deleted concurrently', async () => {
      const store = new InterruptibleStore();
      const { service, key, disableRequest } = await aService(store);
      store.beforeNextCommit(() => service.call(deleteAccessKey, { keyId: key.keyId }));

      await expect(service.call(updateAccessKey, disableRequest)).rejects.toMatchObject({ code: 'KeyNotFound' });
    });
  });
});
