import { createAccessKey } from '../../functions/create-access-key.ts';
import { deleteAccessKey } from '../../functions/delete-access-key.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { updateAccessKey } from '../../functions/update-access-key.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

async function aService(store = new InterruptedStore()) {
  const service = await new InMemoryService(store).know('owner', 'another');
  const { secret: _, ...key } = await service.call(createAccessKey, {});
  return { service, key, disabling: { keyId: key.keyId, state: 'disabled' } };
}

describe('updateAccessKey', () => {
  describe('effects', () => {
    it('disables a key and activates it again', async () => {
      const { service, key, disabling } = await aService();

      expect(await service.call(updateAccessKey, disabling)).toEqual({ ...key, state: 'disabled' });
      expect(await service.store.accessKey(key.keyId)).toMatchObject({ state: 'disabled' });
      expect(await service.call(updateAccessKey, { ...disabling, state: 'active' })).toEqual(key);
      expect(await service.call(listAccessKeys, {})).toEqual({ accessKeys: [key] });
    });

    it('writes nothing if the key already has the state, and nothing in a dry run', async () => {
      const { service, key, disabling } = await aService();
      const before = await service.contents();

      expect(await service.call(updateAccessKey, { ...disabling, state: 'active' })).toEqual(key);
      await service.call(updateAccessKey, disabling, { isDryRun: true });
      expect(await service.contents()).toEqual(before);
    });

    it('updates a key of any account if an operator calls', async () => {
      const { service, disabling } = await aService();

      expect(await service.call(updateAccessKey, { accountId: 'owner', ...disabling }, operator)).toMatchObject({
        state: 'disabled',
      });
    });

    it('returns its first response again with the same Idempotency-Key', async () => {
      const { service, disabling } = await aService();
      const first = await service.call(updateAccessKey, disabling, { key: 'k' });
      await service.call(updateAccessKey, { ...disabling, state: 'active' });

      expect(await service.call(updateAccessKey, disabling, { key: 'k' })).toEqual(first);
      expect((await service.call(listAccessKeys, {})).accessKeys).toMatchObject([{ state: 'active' }]);
    });
  });

  describe('refusals', () => {
    it("refuses another account's key and an unknown key with KeyNotFound", async () => {
      const { service, disabling } = await aService();

      for (const [fields, calling] of [
        [disabling, { as: 'another' }],
        [{ ...disabling, accountId: 'another' }, operator],
        [{ ...disabling, keyId: 'AK-none' }, {}],
      ] as const) {
        expect(await service.refusalOf(updateAccessKey, fields, calling)).toMatchObject({ code: 'KeyNotFound' });
      }
    });

    it('refuses a closed account with Forbidden, and operators with AccountClosed', async () => {
      const { service, disabling } = await aService();
      await service.close('owner');

      expect(await service.refusalOf(updateAccessKey, disabling)).toMatchObject({ code: 'Forbidden' });
      expect(await service.refusalOf(updateAccessKey, { ...disabling, accountId: 'owner' }, operator)).toMatchObject({
        code: 'AccountClosed',
      });
    });

    it.each([
      ['a tenant naming an account', { accountId: 'owner' }, {}],
      ['an operator naming no account', {}, operator],
      ['a token bound to a project', {}, { boundTo: 'org-owner' }],
    ])('refuses %s with Forbidden', async (_, fields, calling) => {
      const { service, disabling } = await aService();

      expect(await service.refusalOf(updateAccessKey, { ...disabling, ...fields }, calling)).toMatchObject({ code: 'Forbidden' });
    });
  });

  describe('races', () => {
    it('refuses a key that is deleted concurrently', async () => {
      const store = new InterruptedStore();
      const { service, key, disabling } = await aService(store);
      store.beforeNextCommit(() => service.call(deleteAccessKey, { keyId: key.keyId }));

      await expect(service.call(updateAccessKey, disabling)).rejects.toMatchObject({ code: 'KeyNotFound' });
    });
  });
});
