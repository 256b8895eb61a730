import type { Suspicion, TableScan } from './fsck-scan.ts';

/** Finds access keys that their account does not list, and listed keys that do not exist. */
export const accessKeySuspicions = ({ accounts, accessKeys }: TableScan): Suspicion[] => [
  ...[...accessKeys.values()]
    .filter(({ keyId, account }) => accounts.get(account)?.accessKeys?.includes(keyId) !== true)
    .map(({ keyId, account: accountId }) => ({
      problem: 'access-key-left-over',
      subject: keyId,
      detail: `belongs to account ${accountId}, which doesn't list it`,
      about: { accounts: [accountId], accessKeys: [keyId] },
      repair: [{ do: 'remove-access-key', accountId, keyId } as const],
    })),
  ...[...accounts.values()].flatMap(({ accountId, accessKeys: listed = [] }) =>
    listed
      .filter((keyId) => accessKeys.get(keyId)?.account !== accountId)
      .map((keyId) => ({
        problem: 'access-key-missing',
        subject: keyId,
        detail: `is listed by account ${accountId}, but doesn't exist or belongs to another account`,
        about: { accounts: [accountId], accessKeys: [keyId] },
        repair: [{ do: 'unlist-access-key', accountId, keyId } as const],
      })),
  ),
];
