import { everyEntry } from '../../lib/app/every-entry.ts';
import { retry } from '../../lib/app/retry.ts';
import type { AddressBookEntry } from '../../lib/model/address-book.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { Account } from '../../lib/model/principal.ts';
import type { Store, Stored } from '../../lib/table/store.ts';
import { noon, principal, principals } from '../support/builders.ts';
import { noWaitBudget } from '../support/in-memory-service.ts';
import { stores } from './stores.ts';

const accountId = principal('owner');
const account: Account = { accountId, name: 'Owner', state: 'open', createdAt: noon, openProjects: 0 };
const entry = (id: string, name = `Name of ${id}`): AddressBookEntry => ({ principalId: principal(id), name, note: 'a note' });

/** Commits, and retries on conflicts. */
const commit = (store: Store, ...steps: Step[]) => retry(() => store.commit(steps), noWaitBudget());
const added = (id: string, atMost = 1_000, book = accountId): Step[] => [
  { do: 'create-address-book-entry', accountId: book, entry: entry(id) },
  { do: 'count-address-book', accountId: book, by: 1, atMost },
];
const removed = (id: string): Step[] => [
  { do: 'remove-address-book-entry', key: { accountId, principalId: principal(id) } },
  { do: 'count-address-book', accountId, by: -1 },
];
const countIn = async (store: Store) =>
  (await retry(() => store.read({ accounts: [accountId] }), noWaitBudget())).accounts.get(accountId)?.addressBookEntries;
const idsIn = async (store: Store) =>
  (await everyEntry(({ after }) => store.addressBook(accountId, { limit: 2, after }))).map(({ principalId }) => principalId);

describe.each(stores)('%s: address books', (_, make) => {
  const storeWithAccount = async () => {
    const { store } = await make();
    await commit(store, { do: 'create-account', account });
    return store;
  };

  it('creates, changes, and removes an entry, each only in the right state', async () => {
    const store = await storeWithAccount();
    const key = { accountId, principalId: principal('h01') };
    const read = async () => (await retry(() => store.read({ addressBookEntry: key }), noWaitBudget())).addressBookEntry;
    const changed: Step = { do: 'change-address-book-entry', accountId, entry: { principalId: key.principalId, name: 'New' } };

    expect(await commit(store, changed)).toMatchObject({ committed: false });
    expect(await commit(store, ...removed('h01'))).toMatchObject({ committed: false });
    expect(await commit(store, ...added('h01'))).toEqual({ committed: true });
    expect(await commit(store, ...added('h01'))).toMatchObject({ committed: false });
    expect(await read()).toEqual(entry('h01'));
    expect(await commit(store, changed)).toEqual({ committed: true });
    expect(await read()).toEqual({ principalId: 'h01', name: 'New' });
    expect(await countIn(store)).toBe(1);
    expect(await commit(store, ...removed('h01'))).toEqual({ committed: true });
    expect(await read()).toBeUndefined();
    expect(await countIn(store)).toBe(0);
  });

  it('holds the limit, however many entries are added concurrently', async () => {
    const store = await storeWithAccount();

    const outcomes = await Promise.all(principals(12).map((id) => commit(store, ...added(id, 5))));

    expect(outcomes.filter(({ committed }) => committed)).toHaveLength(5);
    expect(await idsIn(store)).toHaveLength(5);
    expect(await countIn(store)).toBe(5);
  });

  it('lists the entries of one account by ID, in pages', async () => {
    const store = await storeWithAccount();
    const other = principal('owner2');
    await commit(store, { do: 'create-account', account: { ...account, accountId: other } });
    await commit(store, ...added('x', 9, other));
    for (const id of ['b', 'c', 'B', '1', 'a']) {
      await commit(store, ...added(id));
    }

    expect(await idsIn(store)).toEqual(['1', 'B', 'a', 'b', 'c']);
    const { entries, positions } = await store.addressBook(accountId, { limit: 1, after: 'a0' });
    expect(entries).toEqual([entry('b')]);
    expect(positions).toEqual(['b']);
  });

  it('adds nothing to a closed account, which no longer has a count', async () => {
    const store = await storeWithAccount();
    await commit(store, ...added('h01'));
    await commit(store, { do: 'close-account', accountId });

    expect(await countIn(store)).toBeUndefined();
    expect(await commit(store, ...added('h02'))).toMatchObject({ committed: false });
    expect(await commit(store, ...removed('h01'))).toMatchObject({ committed: false });
  });

  it('corrects a count only if it is the one that was seen', async () => {
    const store = await storeWithAccount();
    const correction = (seen: number, entries: number): Step => ({ do: 'correct-address-book-count', accountId, seen, entries });

    expect(await commit(store, correction(1, 3))).toMatchObject({ committed: false });
    expect(await commit(store, correction(0, 3))).toEqual({ committed: true });
    expect(await commit(store, correction(0, 4))).toMatchObject({ committed: false });
    expect(await countIn(store)).toBe(3);
  });

  it('includes entries in everything', async () => {
    const store = await storeWithAccount();
    await commit(store, ...added('h01'));

    const everything: Stored[] = [];
    for await (const stored of store.everything()) {
      everything.push(stored);
    }

    expect(everything).toContainEqual({ of: 'address-book-entry', accountId, entry: entry('h01') });
  });
});
