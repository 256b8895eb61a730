import type { AccessKeyId, PrincipalId } from '../model/ids.ts';
import type { Facts, Store } from '../table/store.ts';
import type { Finding, TableScan } from './fsck-scan.ts';

/**
 * Finds access keys that their account does not list, and listed keys that do not exist. Reports a problem only if it also
 * exists in the earlier scan and in a final read. IDs are never reused, so a key can only have been deleted in between.
 */
export async function accessKeyFindings(earlier: TableScan, current: TableScan, store: Store): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { keyId, account: accountId } of current.accessKeys.values()) {
    if (!earlier.accessKeys.has(keyId) || isListed(current, accountId, keyId)) {
      continue;
    }
    const latest = await store.read({ accounts: [accountId], accessKeys: [keyId] });
    if (latest.accessKeys.has(keyId) && !isListed(latest, accountId, keyId)) {
      findings.push({
        problem: 'access-key-left-over',
        subject: keyId,
        detail: `belongs to account ${accountId}, which doesn't list it`,
        repair: [{ do: 'remove-access-key', accountId, keyId }],
      });
    }
  }
  for (const { accountId, accessKeys: listed = [] } of current.accounts.values()) {
    for (const keyId of listed.filter((id) => current.accessKeys.get(id)?.account !== accountId)) {
      const latest = await store.read({ accounts: [accountId], accessKeys: [keyId] });
      const isStillListed = isListed(earlier, accountId, keyId) && isListed(latest, accountId, keyId);
      if (isStillListed && latest.accessKeys.get(keyId)?.account !== accountId) {
        findings.push({
          problem: 'access-key-missing',
          subject: accountId,
          detail: `lists access key ${keyId}, which doesn't exist or belongs to another account`,
          repair: [{ do: 'unlist-access-key', accountId, keyId }],
        });
      }
    }
  }
  return findings;
}

const isListed = ({ accounts }: Pick<Facts, 'accounts'>, accountId: PrincipalId, keyId: AccessKeyId): boolean =>
  accounts.get(accountId)?.accessKeys?.includes(keyId) === true;
