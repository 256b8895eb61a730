import { createAccessKey } from '../../functions/create-access-key.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

async function aService() {
  const service = await new InMemoryService().createAccounts('owner', 'another');
  const keys = [];
  for (let index = 0; index < 3; index += 1) {
    const { secret: _, ...key } = await service.call(createAccessKey, {});
    keys.push(key);
    service.passSeconds(1);
  }
  await service.call(createAccessKey, {}, { as: 'another' });
  return { service, keys };
}

describe('listAccessKeys', () => {
  it("lists the caller's keys, newest first, without secrets", async () => {
    const { service, keys } = await aService();

    expect(await service.call(listAccessKeys, {})).toEqual({ accessKeys: keys.toReversed() });
  });

  it('lists the keys of any account to operators', async () => {
    const { service, keys } = await aService();

    expect(await service.call(listAccessKeys, { accountId: 'owner' }, operator)).toEqual({ accessKeys: keys.toReversed() });
  });

  it('returns an empty list for an account without keys', async () => {
    expect(await (await new InMemoryService().createAccounts('owner')).call(listAccessKeys, {})).toEqual({ accessKeys: [] });
  });

  it('refuses an unknown account with AccountNotFound, and a closed one with Forbidden', async () => {
    const { service } = await aService();
    await service.close('owner');

    expect(await service.refusalOf(listAccessKeys, {}, { as: 'nobody' })).toMatchObject({ code: 'AccountNotFound' });
    expect(await service.refusalOf(listAccessKeys, { accountId: 'nobody' }, operator)).toMatchObject({ code: 'AccountNotFound' });
    expect(await service.refusalOf(listAccessKeys, {})).toMatchObject({ code: 'Forbidden' });
  });

  it('returns an empty list of a closed account to operators', async () => {
    const { service } = await aService();
    await service.close('owner');

    expect(await service.call(listAccessKeys, { accountId: 'owner' }, operator)).toEqual({ accessKeys: [] });
  });

  it.each([
    ['a tenant naming an account', { accountId: 'owner' }, {}],
    ['an operator naming no account', {}, operator],
    ['a token bound to a project', {}, { tokenProject: 'org-owner' }],
  ])('refuses %s with Forbidden', async (_, fields, options) => {
    const { service } = await aService();

    expect(await service.refusalOf(listAccessKeys, fields, options)).toMatchObject({ code: 'Forbidden' });
  });
});
