import type { AccessKeyId, PrincipalId } from '../model/ids.ts';
import type { Facts, Store } from '../table/store.ts';
import type { Finding, Seen } from './fsck-scan.ts';

/**
 * Access keys that their account does not name, and ids that an account names without there being a key. Both are read
 * again, and told only where they were there in the scan `before`: an id is never given again, so since then it can only
 * have been deleted.
 */
export async function accessKeyFindings(before: Seen, seen: Seen, store: Store): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { keyId, account: accountId } of seen.accessKeys.values()) {
    if (!before.accessKeys.has(keyId) || isNamed(seen, accountId, keyId)) {
      continue;
    }
    const now = await store.read({ accounts: [accountId], accessKeys: [keyId] });
    if (now.accessKeys.has(keyId) && !isNamed(now, accountId, keyId)) {
      findings.push({
        problem: 'access-key-left-over',
        subject: keyId,
        detail: `belongs to account ${accountId}, which does not name it`,
        repair: [{ do: 'remove-access-key', accountId, keyId }],
      });
    }
  }
  for (const { accountId, accessKeys: named = [] } of seen.accounts.values()) {
    for (const keyId of named.filter((one) => seen.accessKeys.get(one)?.account !== accountId)) {
      const now = await store.read({ accounts: [accountId], accessKeys: [keyId] });
      const isStillNamed = isNamed(before, accountId, keyId) && isNamed(now, accountId, keyId);
      if (isStillNamed && now.accessKeys.get(keyId)?.account !== accountId) {
        findings.push({
          problem: 'access-key-missing',
          subject: accountId,
          detail: `names the access key ${keyId}, which it does not have`,
          repair: [{ do: 'drop-access-key', accountId, keyId }],
        });
      }
    }
  }
  return findings;
}

const isNamed = ({ accounts }: Pick<Facts, 'accounts'>, accountId: PrincipalId, keyId: AccessKeyId): boolean =>
  accounts.get(accountId)?.accessKeys?.includes(keyId) === true;
