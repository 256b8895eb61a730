import { ActionError } from '../model/error.ts';
import type { PrincipalId } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import type { Account, Project } from '../model/principal.ts';

/** Whose call it is, as its credentials say. */
export interface Tenant {
  readonly account: PrincipalId;
  /** The project that the credentials are bound to. */
  readonly project?: PrincipalId | undefined;
}

/** The ids of the account or project to read to know the principal that a caller acts as. */
export interface ActingKeys {
  readonly account?: PrincipalId;
  readonly project?: PrincipalId;
}

/**
 * What to read to know which principal a caller acts as: its account in account regions; in project regions the project of
 * its credentials, else the one in the request, else its account, which has a default project. Credentials that are limited to
 * a project act as that project only: refuses with Forbidden in account regions and if the request states another project.
 */
export function actingKeys(caller: Tenant, policy: Pick<Policy, 'principalKind'>, stated?: PrincipalId): ActingKeys {
  if (policy.principalKind === 'account') {
    return { account: accountOf(caller) };
  }
  if (caller.project !== undefined && stated !== undefined && stated !== caller.project) {
    throw new ActionError('Forbidden', {
      detail: `These credentials are limited to project ${caller.project} and can't act as ${stated}.`,
    });
  }
  const project = caller.project ?? stated;
  return project === undefined ? { account: caller.account } : { project };
}

/**
 * The principal, if the credentials alone tell it: an account, which their issuer vouches for. Undefined if a project has to be
 * read, which must be an open one of the account.
 */
export const principalByToken = (caller: Tenant, policy: Policy, stated?: PrincipalId): PrincipalId | undefined =>
  policy.principalKind === 'account' ? actingKeys(caller, policy, stated).account : undefined;

/** The account of the credentials, for what concerns the whole account. Refuses with Forbidden if they are limited to a project. */
export function accountOf({ account, project }: Tenant): PrincipalId {
  if (project !== undefined) {
    throw new ActionError('Forbidden', {
      detail: `These credentials are limited to project ${project} and can't act for account ${account}.`,
    });
  }
  return account;
}

/** The refusal of an account that nobody has made known. */
export const accountNotFound = (accountId: PrincipalId) =>
  new ActionError('AccountNotFound', { detail: `Account ${accountId} doesn't exist.` });

/** The refusal to operators of what would have a closed principal open. */
export const principalClosed = (what: 'Account' | 'Project', id: PrincipalId) =>
  new ActionError('AccountClosed', {
    detail: `${what} ${id} is closed and can't be reopened.`,
    rule: 'account.close',
  });

const projectNotFound = (projectId: PrincipalId) =>
  new ActionError('ProjectNotFound', { detail: `Project ${projectId} doesn't exist in your account.` });

/** The account, which must be known and open. Refuses with AccountNotFound and Forbidden. */
export function requireOpenAccount(accountId: PrincipalId, account: Account | undefined): Account {
  if (account === undefined) {
    throw accountNotFound(accountId);
  }
  if (account.state === 'closed') {
    throw new ActionError('Forbidden', { detail: `Account ${accountId} is closed.`, rule: 'account.close' });
  }
  return account;
}

/** Whether the project is an open one that the caller may act for. */
export const mayActFor = (caller: Tenant, project: Project | undefined): boolean =>
  project?.state === 'open' && project.account === caller.account && (caller.project ?? project.projectId) === project.projectId;

/** The principal that the caller acts as. Refuses with AccountNotFound, ProjectNotFound, and Forbidden for a closed account. */
export function actingPrincipal(
  caller: Tenant,
  keys: ActingKeys,
  policy: Pick<Policy, 'principalKind'>,
  facts: { accounts: ReadonlyMap<PrincipalId, Account>; projects: ReadonlyMap<PrincipalId, Project> },
): PrincipalId {
  if (keys.project !== undefined) {
    if (!mayActFor(caller, facts.projects.get(keys.project))) {
      throw projectNotFound(keys.project);
    }
    return keys.project;
  }
  const account = requireOpenAccount(caller.account, facts.accounts.get(caller.account));
  if (policy.principalKind === 'account') {
    return account.accountId;
  }
  if (account.defaultProject === undefined) {
    throw new ActionError('ProjectNotFound', {
      detail: `Account ${account.accountId} has no default project. Specify one with ?project=.`,
    });
  }
  return account.defaultProject;
}

/** Which of accounts and projects the named principals are, for reading them. */
export const principalsNamed = (ids: readonly PrincipalId[], { principalKind }: Pick<Policy, 'principalKind'>) =>
  principalKind === 'account' ? { accounts: ids } : { projects: ids };

/** Those of the principals found who are open, of the kind that the policy shares with. Rule `share.recipient-exists`. */
export function openPrincipals(
  facts: { accounts: ReadonlyMap<PrincipalId, Account>; projects: ReadonlyMap<PrincipalId, Project> },
  { principalKind }: Pick<Policy, 'principalKind'>,
): ReadonlySet<PrincipalId> {
  const found: readonly [PrincipalId, { readonly state: 'open' | 'closed' }][] =
    principalKind === 'account' ? [...facts.accounts] : [...facts.projects];
  return new Set(found.filter(([, principal]) => principal.state === 'open').map(([id]) => id));
}
