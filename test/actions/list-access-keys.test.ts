import { createAccessKey } from '../../functions/create-access-key.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

async function theWorld() {
  const world = await new InMemoryService().know('owner', 'another');
  const keys = [];
  for (let made = 0; made < 3; made += 1) {
    const { secret: _, ...key } = await world.call(createAccessKey, {});
    keys.push(key);
    world.passSeconds(1);
  }
  await world.call(createAccessKey, {}, { as: 'another' });
  return { world, keys };
}

describe('listAccessKeys', () => {
  it('lists the keys of the own account, oldest first, without secrets', async () => {
    const { world, keys } = await theWorld();

    expect(await world.call(listAccessKeys, {})).toEqual({ accessKeys: keys });
  });

  it('lists those of any account to operators', async () => {
    const { world, keys } = await theWorld();

    expect(await world.call(listAccessKeys, { accountId: 'owner' }, operator)).toEqual({ accessKeys: keys });
  });

  it('is empty for an account without keys', async () => {
    expect(await (await new InMemoryService().know('owner')).call(listAccessKeys, {})).toEqual({ accessKeys: [] });
  });

  it('refuses an unknown account with AccountNotFound, and a closed one with Forbidden', async () => {
    const { world } = await theWorld();
    await world.close('owner');

    expect(await world.refusalOf(listAccessKeys, {}, { as: 'nobody' })).toMatchObject({ code: 'AccountNotFound' });
    expect(await world.refusalOf(listAccessKeys, { accountId: 'nobody' }, operator)).toMatchObject({ code: 'AccountNotFound' });
    expect(await world.refusalOf(listAccessKeys, {})).toMatchObject({ code: 'Forbidden' });
  });

  it('is empty for a closed account that an operator asks about', async () => {
    const { world } = await theWorld();
    await world.close('owner');

    expect(await world.call(listAccessKeys, { accountId: 'owner' }, operator)).toEqual({ accessKeys: [] });
  });

  it.each([
    ['a tenant that names an account', { accountId: 'owner' }, {}],
    ['an operator that names none', {}, operator],
    ['a tenant whose token is bound to a project', {}, { boundTo: 'org-owner' }],
  ])('refuses %s with Forbidden', async (_, fields, calling) => {
    const { world } = await theWorld();

    expect(await world.refusalOf(listAccessKeys, fields, calling)).toMatchObject({ code: 'Forbidden' });
  });
});
