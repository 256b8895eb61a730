import type { Account } from '../../lib/model/principal.ts';
import { accessKeyOwner, keysListed, keysToList, planKeyRemoval, planKeyState, planNewKey } from '../../lib/rules/access-keys.ts';
import { accessKeyId, anAccessKey, noon, principal, secondsFromNoon, thrownBy } from '../support/builders.ts';

const accountId = principal('owner');
const account: Account = { accountId, name: 'Owner', state: 'open', createdAt: noon, openProjects: 0 };
const closed = { ...account, state: 'closed' } as const;
const key = anAccessKey();
const { keyId } = key;
const ownAccount = { accountId, isOwn: true };
const otherAccount = { accountId, isOwn: false };
const ids = (count: number) => Array.from({ length: count }, (_, index) => accessKeyId(`AK${index}`));

describe('accessKeyOwner', () => {
  const another = principal('another');

  it.each([
    { scopes: ['tenant'], inPath: undefined, expected: ownAccount },
    { scopes: ['tenant', 'operator'], inPath: undefined, expected: ownAccount },
    { scopes: ['operator'], inPath: another, expected: { accountId: another, isOwn: false } },
    { scopes: ['tenant', 'operator'], inPath: another, expected: { accountId: another, isOwn: false } },
    { scopes: ['operator'], inPath: accountId, expected: otherAccount },
  ])('returns $expected.accountId for scopes $scopes and path $inPath', ({ scopes, inPath, expected }) => {
    expect(accessKeyOwner({ account: accountId, scopes: new Set(scopes) }, inPath)).toEqual(expected);
  });

  it.each([
    ['a tenant that names another account', { account: accountId, scopes: ['tenant'] }, another],
    ['a tenant that names its own account', { account: accountId, scopes: ['tenant'] }, accountId],
    ['an operator that names no account', { account: accountId, scopes: ['operator'] }, undefined],
    ['a tenant without an account', { scopes: ['tenant'] }, undefined],
    ['a tenant that is bound to a project', { account: accountId, project: principal('org-1'), scopes: ['tenant'] }, undefined],
  ])('refuses %s with Forbidden', (_, { scopes, ...caller }, inPath) => {
    expect(thrownBy(() => accessKeyOwner({ ...caller, scopes: new Set(scopes) }, inPath))).toMatchObject({ code: 'Forbidden' });
  });
});

describe('planNewKey', () => {
  it('creates the key and adds it to its account, up to ten', () => {
    expect(planNewKey(ownAccount, key, account)).toEqual({
      result: { keyId, account: accountId, state: 'active', createdAt: noon.toISOString() },
      steps: [
        { do: 'create-access-key', key },
        { do: 'list-access-key', accountId, keyId, atMost: 10 },
      ],
    });
  });

  it('accepts the tenth key and refuses the eleventh with KeyQuotaExceeded', () => {
    expect(planNewKey(ownAccount, key, { ...account, accessKeys: ids(9) }).steps).toHaveLength(2);
    expect(thrownBy(() => planNewKey(ownAccount, key, { ...account, accessKeys: ids(10) }))).toMatchObject({
      code: 'KeyQuotaExceeded',
      details: { cap: 10, used: 10, remaining: 0 },
    });
  });
});

describe('planKeyState', () => {
  it('changes the state of a key', () => {
    expect(planKeyState(ownAccount, keyId, 'disabled', { account, key })).toEqual({
      result: { keyId, account: accountId, state: 'disabled', createdAt: noon.toISOString() },
      steps: [{ do: 'change-access-key', accountId, keyId, state: 'disabled' }],
    });
  });

  it('does nothing to a key that already has the state', () => {
    expect(planKeyState(ownAccount, keyId, 'active', { account, key })).toMatchObject({ result: { state: 'active' }, steps: [] });
  });
});

describe('planKeyRemoval', () => {
  it('removes the key and its id in the account', () => {
    expect(planKeyRemoval(ownAccount, keyId, { account: { ...account, accessKeys: [keyId] }, key })).toEqual({
      result: null,
      steps: [
        { do: 'remove-access-key', accountId, keyId },
        { do: 'unlist-access-key', accountId, keyId },
      ],
    });
  });

  it('also removes a key that is missing from its account', () => {
    expect(planKeyRemoval(ownAccount, keyId, { account, key }).steps).toEqual([{ do: 'remove-access-key', accountId, keyId }]);
  });
});

type PlanArguments = [owner: typeof ownAccount, facts: Parameters<typeof planKeyRemoval>[2]];

describe.each([
  ['planNewKey', (...[owner, facts]: PlanArguments) => planNewKey(owner, key, facts.account)],
  ['planKeyState', (...[owner, facts]: PlanArguments) => planKeyState(owner, keyId, 'disabled', facts)],
  ['planKeyRemoval', (...[owner, facts]: PlanArguments) => planKeyRemoval(owner, keyId, facts)],
])('%s', (_, plan) => {
  it.each([
    ['an unknown account with AccountNotFound', ownAccount, undefined, 'AccountNotFound'],
    ['an unknown account with AccountNotFound, to operators', otherAccount, undefined, 'AccountNotFound'],
    ['a closed account with Forbidden', ownAccount, closed, 'Forbidden'],
    ['a closed account with AccountClosed, to operators', otherAccount, closed, 'AccountClosed'],
  ])('refuses %s', (__, owner, stored, code) => {
    expect(thrownBy(() => plan(owner, { account: stored, key }))).toMatchObject({ code });
  });
});

describe.each([
  ['planKeyState', (...[owner, facts]: PlanArguments) => planKeyState(owner, keyId, 'disabled', facts)],
  ['planKeyRemoval', (...[owner, facts]: PlanArguments) => planKeyRemoval(owner, keyId, facts)],
])('%s', (_, plan) => {
  it.each([
    ['that is unknown', undefined],
    ['of another account', anAccessKey({ account: principal('another') })],
  ])('refuses a key %s with KeyNotFound', (__, stored) => {
    expect(thrownBy(() => plan(ownAccount, { account, key: stored }))).toMatchObject({ code: 'KeyNotFound' });
  });
});

describe('keysToList', () => {
  it('returns the keys that the account lists', () => {
    expect(keysToList(ownAccount, { ...account, accessKeys: ids(3) })).toEqual(ids(3));
    expect(keysToList(otherAccount, account)).toEqual([]);
  });

  it('of a closed account returns none to operators and refuses the account with Forbidden', () => {
    expect(keysToList(otherAccount, closed)).toEqual([]);
    expect(thrownBy(() => keysToList(ownAccount, closed))).toMatchObject({ code: 'Forbidden' });
  });

  it.each([ownAccount, otherAccount])('refuses an unknown account with AccountNotFound', (owner) => {
    expect(thrownBy(() => keysToList(owner, undefined))).toMatchObject({ code: 'AccountNotFound' });
  });
});

describe('keysListed', () => {
  it('returns the newest first, then by id, without secrets', () => {
    const [a, b, c] = [accessKeyId('AKA'), accessKeyId('AKB'), accessKeyId('AKC')];
    const keys = [
      anAccessKey({ keyId: a, createdAt: secondsFromNoon(1) }),
      anAccessKey({ keyId: c, state: 'disabled' }),
      anAccessKey({ keyId: b }),
    ];

    expect(keysListed(keys)).toEqual([
      { keyId: a, account: accountId, state: 'active', createdAt: secondsFromNoon(1).toISOString() },
      { keyId: b, account: accountId, state: 'active', createdAt: noon.toISOString() },
      { keyId: c, account: accountId, state: 'disabled', createdAt: noon.toISOString() },
    ]);
    expect(keysListed(keys.toReversed())).toEqual(keysListed(keys));
  });
});
