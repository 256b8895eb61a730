import { everyEntry } from '../app/every-entry.ts';
import type { PrincipalId } from '../model/ids.ts';
import { epochSeconds } from '../rules/recipients.ts';
import type { Finding, FsckDeps, TableScan } from './fsck-scan.ts';

/**
 * Finds wrong counts of address book entries, and address books of accounts that aren't open, unless their clean-up is scheduled.
 * Reports a wrong count only if it was wrong by the same number in the earlier scan and in a final read.
 */
export async function addressBookFindings(earlier: TableScan, current: TableScan, { store, now }: FsckDeps): Promise<Finding[]> {
  const findings: Finding[] = [];
  const entriesOf = async (accountId: PrincipalId) => (await everyEntry((page) => store.addressBook(accountId, page))).length;
  for (const { accountId, state } of current.accounts.values()) {
    const surplus = surplusIn(current, accountId);
    if (state === 'closed' || surplus === 0 || surplus !== surplusIn(earlier, accountId)) {
      continue;
    }
    const entries = await entriesOf(accountId);
    const account = (await store.read({ accounts: [accountId] })).accounts.get(accountId);
    const { addressBookEntries: seen = 0 } = account ?? {};
    if (account?.state === 'open' && entries - seen === surplus) {
      findings.push({
        problem: 'address-book-off',
        subject: accountId,
        detail: `has ${entries} address book entries and a count of ${seen}`,
        repair: [{ do: 'correct-address-book-count', accountId, seen, entries }],
      });
    }
  }
  for (const accountId of current.addressBooks.keys()) {
    const isScheduled = current.tasks.some((task) => task.kind === 'principal' && task.principal === accountId);
    if (current.accounts.get(accountId)?.state === 'open' || isScheduled || (await entriesOf(accountId)) === 0) {
      continue;
    }
    findings.push({
      problem: 'address-book-left-over',
      subject: accountId,
      detail: 'has an address book but is not an open account, and no clean-up is scheduled',
      repair: [
        {
          do: 'schedule-clean-up',
          task: { kind: 'principal', dueAt: epochSeconds(now()), ref: accountId, principal: accountId, principalKind: 'account' },
        },
      ],
    });
  }
  return findings;
}

/** How many entries the account has more than its count says. */
const surplusIn = ({ accounts, addressBooks }: TableScan, accountId: PrincipalId): number =>
  (addressBooks.get(accountId) ?? 0) - (accounts.get(accountId)?.addressBookEntries ?? 0);
