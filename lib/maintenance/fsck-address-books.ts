import { cleanUpOfPrincipal } from '../rules/clean-up-tasks.ts';
import { epochSeconds } from '../rules/recipients.ts';
import type { FsckDeps, Suspicion, TableScan } from './fsck-scan.ts';

/**
 * Finds wrong counts of address book entries, and address books of accounts that aren't open, unless their clean-up is scheduled.
 */
export function addressBookSuspicions({ accounts, addressBooks, tasks }: TableScan, { now }: FsckDeps): Suspicion[] {
  const wrongCounts = [...accounts.values()].flatMap(({ accountId, state, addressBookEntries: seen = 0 }): Suspicion[] => {
    const entries = addressBooks.get(accountId) ?? 0;
    return state === 'closed' || entries === seen
      ? []
      : [
          {
            problem: 'address-book-off',
            subject: accountId,
            detail: `has ${entries} address book entries and a count of ${seen}`,
            about: { contentsOf: accountId },
            repair: [{ do: 'correct-address-book-count', accountId, seen, entries }],
          },
        ];
  });
  const scheduled = new Set(tasks.flatMap((task) => (task.kind === 'principal' ? [task.principal] : [])));
  const leftOver = [...addressBooks.keys()]
    .filter((accountId) => accounts.get(accountId)?.state !== 'open' && !scheduled.has(accountId))
    .map((accountId) => ({
      problem: 'address-book-left-over',
      subject: accountId,
      detail: 'has an address book but is not an open account, and no clean-up is scheduled',
      about: { contentsOf: accountId },
      repair: [cleanUpOfPrincipal(accountId, 'account', epochSeconds(now()))],
    }));
  return [...wrongCounts, ...leftOver];
}
