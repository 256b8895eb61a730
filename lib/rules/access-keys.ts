import type { AccessKey, AccessKeyState } from '../model/access-key.ts';
import { ActionError } from '../model/error.ts';
import type { AccessKeyId, PrincipalId } from '../model/ids.ts';
import { accessKeysMax } from '../model/limits.ts';
import { compareTexts } from '../model/order.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { Account } from '../model/principal.ts';
import type { AccessKeyView } from '../model/views/access-key.ts';
import { accountNotFound, accountOf, principalClosed, requireOpenAccount } from './principals.ts';
import { accessKeyView } from './views.ts';

/** The account whose access keys a call manages: the caller's own or, for operators, any account. */
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
 * Returns the account that the path specifies, which only operators can do, or else the caller's own. Throws Forbidden, also for
 * credentials that are limited to a project, because a key acts for the whole account.
 */
export function accessKeyOwner({ account, project, scopes }: KeysCaller, pathAccount: PrincipalId | undefined): KeysOwner {
  if (pathAccount !== undefined) {
    if (!scopes.has('operator')) {
      throw forbidden('Only operators can specify an account ID in the path.');
    }
    return { accountId: pathAccount, isOwn: false };
  }
  if (!scopes.has('tenant')) {
    throw forbidden('Operators must specify an account ID in the path.');
  }
  if (account === undefined) {
    throw forbidden("These credentials aren't associated with an account.");
  }
  return { accountId: accountOf({ account, project }), isOwn: true };
}

/** Throws AccountNotFound, and for a closed account Forbidden (to itself) or AccountClosed (to operators). */
function requireAccount({ accountId, isOwn }: KeysOwner, account: Account | undefined): Account {
  if (!isOwn && account?.state === 'closed') {
    throw principalClosed('Account', accountId);
  }
  return requireOpenAccount(accountId, account);
}

/** Plans a generated access key. Throws KeyQuotaExceeded, and what requireAccount throws. */
export function planNewKey(owner: KeysOwner, key: AccessKey, account: Account | undefined): Plan<AccessKeyView> {
  const used = requireAccount(owner, account).accessKeys?.length ?? 0;
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
      { do: 'list-access-key', accountId: owner.accountId, keyId: key.keyId, atMost: accessKeysMax },
    ],
  };
}

interface KeyFacts {
  readonly account: Account | undefined;
  readonly key: AccessKey | undefined;
}

/** Returns the key if it belongs to the account. Throws KeyNotFound, and what requireAccount throws. */
function requireKey(owner: KeysOwner, keyId: AccessKeyId, { account, key }: KeyFacts): AccessKey {
  requireAccount(owner, account);
  if (key?.account !== owner.accountId) {
    throw new ActionError('KeyNotFound', { detail: `Access key ${keyId} doesn't exist in account ${owner.accountId}.` });
  }
  return key;
}

/** Plans to enable or disable a key. Throws what requireKey throws. */
export function planKeyState(owner: KeysOwner, keyId: AccessKeyId, state: AccessKeyState, facts: KeyFacts): Plan<AccessKeyView> {
  const key = requireKey(owner, keyId, facts);
  return {
    result: accessKeyView({ ...key, state }),
    steps: key.state === state ? [] : [{ do: 'change-access-key', accountId: owner.accountId, keyId, state }],
  };
}

/** Plans to delete a key. Throws what requireKey throws. */
export function planKeyRemoval(owner: KeysOwner, keyId: AccessKeyId, facts: KeyFacts): Plan<null> {
  const { accountId } = owner;
  requireKey(owner, keyId, facts);
  const isListed = facts.account?.accessKeys?.includes(keyId) === true;
  const dropStep: Step[] = isListed ? [{ do: 'unlist-access-key', accountId, keyId }] : [];
  return { result: null, steps: [{ do: 'remove-access-key', accountId, keyId }, ...dropStep] };
}

/**
 * Returns the IDs of the keys to list. Operators can also list those of a closed account, which has none. Throws AccountNotFound
 * and Forbidden.
 */
export function keysToList({ accountId, isOwn }: KeysOwner, account: Account | undefined): readonly AccessKeyId[] {
  if (account === undefined) {
    throw accountNotFound(accountId);
  }
  return (isOwn ? requireOpenAccount(accountId, account) : account).accessKeys ?? [];
}

/** Returns the keys in listing order: newest first, then by ID. */
export const keysListed = (keys: Iterable<AccessKey>): AccessKeyView[] =>
  [...keys].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || compareTexts(a.keyId, b.keyId)).map(accessKeyView);
