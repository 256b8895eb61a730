import type { AccessKey, AccessKeyState } from '../model/access-key.ts';
import { ActionError } from '../model/error.ts';
import type { AccessKeyId, PrincipalId } from '../model/ids.ts';
import { accessKeysMax } from '../model/limits.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { Account } from '../model/principal.ts';
import type { AccessKeyView } from '../model/views.ts';
import { accountNotFound, accountOf, principalClosed, requireOpenAccount } from './principals.ts';
import { accessKeyView } from './views.ts';

/** Whose access keys a call is about: the caller's own, or, when an operator calls, those of any account. */
export interface KeysOwner {
  readonly accountId: PrincipalId;
  readonly isOwn: boolean;
}

interface KeysCaller {
  readonly account?: PrincipalId;
  readonly project?: PrincipalId;
  readonly scopes: ReadonlySet<string>;
}

const forbidden = (detail: string) => new ActionError('Forbidden', { detail });

/**
 * The account that the path names, which operators alone may do, or else the tenant's own. Refuses with Forbidden, also
 * credentials that are bound to a project: a key acts for the whole account.
 */
export function keysOwner({ account, project, scopes }: KeysCaller, inPath: PrincipalId | undefined): KeysOwner {
  if (inPath !== undefined) {
    if (!scopes.has('operator')) {
      throw forbidden('Only operators can specify an account ID in the path.');
    }
    return { accountId: inPath, isOwn: false };
  }
  if (!scopes.has('tenant')) {
    throw forbidden('Operators must specify an account ID in the path.');
  }
  if (account === undefined) {
    throw forbidden("These credentials aren't associated with an account.");
  }
  return { accountId: accountOf({ account, project }), isOwn: true };
}

/** Refuses with AccountNotFound; a closed account with Forbidden to itself and with AccountClosed to operators. */
function requireAccount({ accountId, isOwn }: KeysOwner, account: Account | undefined): Account {
  if (!isOwn && account?.state === 'closed') {
    throw principalClosed('Account', accountId);
  }
  return requireOpenAccount(accountId, account);
}

/** Plans a key that was drawn for the account. Refuses with KeyQuotaExceeded, and as requireAccount. */
export function planNewKey(owner: KeysOwner, key: AccessKey, account: Account | undefined): Plan<AccessKeyView> {
  const used = (requireAccount(owner, account).accessKeys ?? []).length;
  if (used >= accessKeysMax) {
    throw new ActionError('KeyQuotaExceeded', {
      detail: `Account ${owner.accountId} has ${used} of ${accessKeysMax} access keys. Delete one first.`,
      cap: accessKeysMax,
      used,
      remaining: 0,
    });
  }
  return {
    result: accessKeyView(key),
    steps: [
      { do: 'create-access-key', key },
      { do: 'adopt-access-key', accountId: owner.accountId, keyId: key.keyId, atMost: accessKeysMax },
    ],
  };
}

interface KeyFacts {
  readonly account: Account | undefined;
  readonly key: AccessKey | undefined;
}

/** The key, which must be one of the account's. Refuses with KeyNotFound, and as requireAccount. */
function requireKey(owner: KeysOwner, keyId: AccessKeyId, { account, key }: KeyFacts): AccessKey {
  requireAccount(owner, account);
  if (key?.account !== owner.accountId) {
    throw new ActionError('KeyNotFound', { detail: `Access key ${keyId} doesn't exist in account ${owner.accountId}.` });
  }
  return key;
}

/** Plans the state of a key. Refuses as requireKey. */
export function planKeyState(owner: KeysOwner, keyId: AccessKeyId, state: AccessKeyState, facts: KeyFacts): Plan<AccessKeyView> {
  const key = requireKey(owner, keyId, facts);
  return {
    result: accessKeyView({ ...key, state }),
    steps: key.state === state ? [] : [{ do: 'change-access-key', accountId: owner.accountId, keyId, state }],
  };
}

/** Plans the end of a key. Refuses as requireKey. */
export function planKeyRemoval(owner: KeysOwner, keyId: AccessKeyId, facts: KeyFacts): Plan<null> {
  const { accountId } = owner;
  requireKey(owner, keyId, facts);
  const isNamed = facts.account?.accessKeys?.includes(keyId) === true;
  const drop: Step[] = isNamed ? [{ do: 'drop-access-key', accountId, keyId }] : [];
  return { result: null, steps: [{ do: 'remove-access-key', accountId, keyId }, ...drop] };
}

/**
 * The keys to list for the account. Operators may ask for that of a closed one, which has none. Refuses with
 * AccountNotFound, Forbidden.
 */
export function keysToList({ accountId, isOwn }: KeysOwner, account: Account | undefined): readonly AccessKeyId[] {
  if (account === undefined) {
    throw accountNotFound(accountId);
  }
  return (isOwn ? requireOpenAccount(accountId, account) : account).accessKeys ?? [];
}

/** The keys as they are listed: oldest first, those of one moment by id. */
export const keysListed = (keys: Iterable<AccessKey>): AccessKeyView[] =>
  [...keys].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.keyId < b.keyId ? -1 : 1)).map(accessKeyView);
