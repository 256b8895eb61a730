import { randomUUID } from 'node:crypto';
import { retry } from '../../lib/app/retry.ts';
import type { AccessKeyId } from '../../lib/model/ids.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { Account } from '../../lib/model/principal.ts';
import type { NonceUse, Store, Stored } from '../../lib/table/store.ts';
import { accessKeyId, anAccessKey, noon, noonSeconds, principal, secondsFromNoon } from '../support/builders.ts';
import { noWaitBudget } from '../support/in-memory-service.ts';
import { stores } from './stores.ts';

const accountId = principal('owner');
const account: Account = { accountId, name: 'Owner', state: 'open', createdAt: noon, openProjects: 0 };
const [first, second, third] = ['AK1', 'AK2', 'AK3'].map(accessKeyId) as [AccessKeyId, AccessKeyId, AccessKeyId];

/** Commits, and retries on conflicts. */
const commit = (store: Store, ...steps: Step[]) => retry(() => store.commit(steps), noWaitBudget());
const accountIn = async (store: Store) =>
  (await retry(() => store.read({ accounts: [accountId] }), noWaitBudget())).accounts.get(accountId);

const adoption = (keyId: AccessKeyId, atMost = 10) => ({ do: 'list-access-key', accountId, keyId, atMost }) as const;
const creation = (keyId: AccessKeyId, atMost?: number): Step[] => [
  { do: 'create-access-key', key: anAccessKey({ keyId }) },
  adoption(keyId, atMost),
];
const removal = (keyId: AccessKeyId, account = accountId) => ({ do: 'remove-access-key', accountId: account, keyId }) as const;
const drop = (keyId: AccessKeyId) => ({ do: 'unlist-access-key', accountId, keyId }) as const;

describe.each(stores)('%s: access keys', (_, make) => {
  const storeWithAccount = async () => {
    const { store } = await make();
    await commit(store, { do: 'create-account', account });
    return store;
  };

  it('creates a key once and adds it to its account', async () => {
    const store = await storeWithAccount();

    expect(await commit(store, ...creation(second))).toEqual({ committed: true });
    expect(await commit(store, ...creation(first))).toEqual({ committed: true });
    expect(await commit(store, ...creation(first))).toMatchObject({ committed: false });

    expect(await store.accessKey(first)).toEqual(anAccessKey({ keyId: first }));
    expect(await accountIn(store)).toEqual({ ...account, accessKeys: [first, second] });
    const { accessKeys } = await retry(() => store.read({ accessKeys: [first, third, second] }), noWaitBudget());
    expect([...accessKeys]).toEqual([first, second].map((keyId) => [keyId, anAccessKey({ keyId })]));
    expect(await store.accessKey(third)).toBeUndefined();
  });

  it('creates no more keys than the account can have', async () => {
    const store = await storeWithAccount();
    await commit(store, ...creation(first, 2));
    await commit(store, ...creation(second, 2));

    expect(await commit(store, ...creation(third, 2))).toMatchObject({ committed: false });
    expect(await store.accessKey(third)).toBeUndefined();
    await commit(store, removal(first), drop(first));
    expect(await commit(store, ...creation(third, 2))).toEqual({ committed: true });
    expect(await accountIn(store)).toEqual({ ...account, accessKeys: [second, third] });
  });

  it('creates no key for an unknown or closed account', async () => {
    const { store } = await make();
    expect(await commit(store, ...creation(first))).toMatchObject({ committed: false });

    await commit(store, { do: 'create-account', account });
    await commit(store, { do: 'close-account', accountId });
    expect(await commit(store, ...creation(first))).toMatchObject({ committed: false });
    expect(await accountIn(store)).toEqual({ ...account, state: 'closed' });
  });

  it('changes the state only of an existing key of the account', async () => {
    const store = await storeWithAccount();
    await commit(store, ...creation(first));
    const disabling = (keyId: AccessKeyId, account = accountId): Step => ({
      do: 'change-access-key',
      accountId: account,
      keyId,
      state: 'disabled',
    });

    expect(await commit(store, disabling(first, principal('another')))).toMatchObject({ committed: false });
    expect(await commit(store, disabling(second))).toMatchObject({ committed: false });
    expect(await commit(store, disabling(first))).toEqual({ committed: true });

    expect(await store.accessKey(first)).toEqual(anAccessKey({ keyId: first, state: 'disabled' }));
    expect(await store.accessKey(second)).toBeUndefined();
  });

  it('removes only an existing key of the account', async () => {
    const store = await storeWithAccount();
    await commit(store, ...creation(first));

    expect(await commit(store, removal(first, principal('another')))).toMatchObject({ committed: false });
    expect(await commit(store, removal(first), drop(second))).toMatchObject({ committed: false });
    expect(await store.accessKey(first)).toBeDefined();
    expect(await commit(store, removal(first), drop(first))).toEqual({ committed: true });
    expect(await commit(store, removal(first), drop(first))).toMatchObject({ committed: false });

    expect(await store.accessKey(first)).toBeUndefined();
    expect(await accountIn(store)).toEqual(account);
  });

  it('closes an account only with exactly its keys', async () => {
    const store = await storeWithAccount();
    await commit(store, ...creation(first));
    await commit(store, ...creation(second));
    const closing = (...accessKeys: AccessKeyId[]): Step[] => [
      { do: 'close-account', accountId, accessKeys },
      ...accessKeys.map((keyId) => removal(keyId)),
    ];

    for (const keys of [[], [first], [first, third], [first, second, third]]) {
      expect(await commit(store, ...closing(...keys))).toMatchObject({ committed: false });
    }
    expect(await commit(store, ...closing(second, first))).toEqual({ committed: true });

    expect(await accountIn(store)).toEqual({ ...account, state: 'closed' });
    expect([await store.accessKey(first), await store.accessKey(second)]).toEqual([undefined, undefined]);
  });

  it('includes keys in everything, with all attributes', async () => {
    const { store } = await make();
    const stored = { account: { ...account, accessKeys: [first] }, key: anAccessKey({ keyId: first, lastUsedAt: noon }) };
    await commit(store, { do: 'create-account', account: stored.account }, { do: 'create-access-key', key: stored.key });
    await store.recordNonce({ keyId: first, nonce: 'a', request: 'r', id: 'use-1', now: noon, until: noonSeconds + 60 });

    const everything: Stored[] = [];
    for await (const item of store.everything()) {
      everything.push(item);
    }

    expect(everything.filter(({ of }) => of !== 'other').toSorted((a, b) => b.of.localeCompare(a.of))).toEqual([
      { of: 'account', account: stored.account },
      { of: 'access-key', key: stored.key },
    ]);
  });
});

describe.each(stores)('%s: recordKeyUse', (_, make) => {
  it('stores when the key was last used, at most once an hour, and never goes back', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-access-key', key: anAccessKey({ keyId: first }) });

    for (const [seconds, last] of [
      [0, 0],
      [3_599, 0],
      [3_600, 3_600],
      [0, 3_600],
    ] as const) {
      await store.recordKeyUse(first, secondsFromNoon(seconds));
      expect(await store.accessKey(first)).toEqual(anAccessKey({ keyId: first, lastUsedAt: secondsFromNoon(last) }));
    }
  });

  it('is kept when the key is disabled, and does not bring back a deleted key', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-access-key', key: anAccessKey({ keyId: first }) });
    await store.recordKeyUse(first, noon);
    await commit(store, { do: 'change-access-key', accountId, keyId: first, state: 'disabled' });
    expect(await store.accessKey(first)).toMatchObject({ state: 'disabled', lastUsedAt: noon });

    await commit(store, removal(first));
    await store.recordKeyUse(first, secondsFromNoon(7_200));
    expect(await store.accessKey(first)).toBeUndefined();
  });
});

describe.each(stores)('%s: recordNonce', (_, make) => {
  const use = (store: Store, parts: Partial<NonceUse> = {}) => {
    const nonce = { keyId: first, nonce: 'n-1', request: 'r-1', id: randomUUID(), now: noon, until: noonSeconds + 60, ...parts };
    return retry(() => store.recordNonce(nonce), noWaitBudget());
  };

  it('distinguishes the same request from another one', async () => {
    const { store } = await make();
    await use(store);

    expect(await use(store, { request: 'r-2' })).toBe('other-request');
    expect(await use(store)).toBe('same-request');
    expect(await use(store, { request: 'r-2' })).toBe('other-request');
  });

  it('returns new once for each key and nonce', async () => {
    const { store } = await make();

    expect(await use(store)).toBe('new');
    expect(await use(store)).toBe('same-request');
    expect(await use(store, { nonce: 'n-2' })).toBe('new');
    expect(await use(store, { keyId: second })).toBe('new');
  });

  it('returns new again for a use that was recorded without an answer', async () => {
    const { store } = await make();

    expect(await use(store, { id: 'use-1' })).toBe('new');
    expect(await use(store, { id: 'use-1' })).toBe('new');
  });

  it('remembers a nonce until it expires', async () => {
    const { store } = await make();
    await use(store);

    expect(await use(store, { now: secondsFromNoon(59.9) })).toBe('same-request');
    expect(await use(store, { now: secondsFromNoon(60), until: noonSeconds + 120 })).toBe('new');
    expect(await use(store, { now: secondsFromNoon(119) })).toBe('same-request');
  });

  it('returns new for one of many concurrent calls', async () => {
    const { store } = await make();

    const results = await Promise.all(Array.from({ length: 20 }, () => use(store)));

    expect(results.filter((result) => result === 'new')).toHaveLength(1);
  });

  it.each(['', '#', 'a#b', '__proto__', '\u0000', '\ud800', 'n'.repeat(100_000)])('accepts any text', async (nonce) => {
    const { store } = await make();

    expect(await use(store, { nonce })).toBe('new');
    expect(await use(store, { nonce })).toBe('same-request');
  });
});
