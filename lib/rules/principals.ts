import { ActionError } from '../model/error.ts';
import type { PrincipalId } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import type { Account, PrincipalKind, Project } from '../model/principal.ts';

/** The account of the caller, from its credentials. */
export interface Tenant {
  readonly account: PrincipalId;
  /** The only project that the credentials can act as. Absent if they aren't limited to a project. */
  readonly project?: PrincipalId | undefined;
}

/** The account or project to read to determine the principal that a caller acts as. */
export interface ActingKeys {
  readonly account?: PrincipalId;
  readonly project?: PrincipalId;
}

/**
 * Returns the keys to read to determine the principal that a caller acts as. In regions where accounts own images: its account.
 * In regions where projects do: the project of its credentials, else the requested project, else its account, which has the
 * default project. Credentials that are limited to a project act as that project only: throws Forbidden in account regions, and
 * if the request specifies a different project.
 */
export function actingKeys(caller: Tenant, policy: Pick<Policy, 'principalKind'>, requested?: PrincipalId): ActingKeys {
  if (policy.principalKind === 'account') {
    return { account: accountOf(caller) };
  }
  if (caller.project !== undefined && requested !== undefined && requested !== caller.project) {
    throw new ActionError('Forbidden', {
      detail: `These credentials are limited to project ${caller.project} and can't act as ${requested}.`,
    });
  }
  const project = caller.project ?? requested;
  return project === undefined ? { account: caller.account } : { project };
}

/**
 * Returns the principal if the credentials alone determine it: an account, which their issuer vouches for. Undefined if a
 * project has to be read, which must be an open project of the account.
 */
export const principalByToken = (caller: Tenant, policy: Policy, requested?: PrincipalId): PrincipalId | undefined =>
  policy.principalKind === 'account' ? actingKeys(caller, policy, requested).account : undefined;

/** Returns the account, for what concerns all of it. Throws Forbidden if the credentials are limited to a project. */
export function accountOf({ account, project }: Tenant): PrincipalId {
  if (project !== undefined) {
    throw new ActionError('Forbidden', {
      detail: `These credentials are limited to project ${project} and can't act for account ${account}.`,
    });
  }
  return account;
}

/** The error for an unknown account. */
export const accountNotFound = (accountId: PrincipalId) =>
  new ActionError('AccountNotFound', { detail: `Account ${accountId} doesn't exist.` });

/** The error for an operator who tries to change a closed principal. */
export const principalClosed = (what: 'Account' | 'Project', id: PrincipalId) =>
  new ActionError('AccountClosed', {
    detail: `${what} ${id} is closed and can't be reopened.`,
    rule: 'account.close',
  });

const projectNotFound = (projectId: PrincipalId) =>
  new ActionError('ProjectNotFound', { detail: `Project ${projectId} doesn't exist in your account.` });

/** Returns the account if it exists and is open. Throws AccountNotFound and Forbidden. */
export function requireOpenAccount(accountId: PrincipalId, account: Account | undefined): Account {
  if (account === undefined) {
    throw accountNotFound(accountId);
  }
  if (account.state === 'closed') {
    throw new ActionError('Forbidden', { detail: `Account ${accountId} is closed.`, rule: 'account.close' });
  }
  return account;
}

/** Whether the project is open and the caller can act as it. */
export const canActFor = (caller: Tenant, project: Project | undefined): boolean =>
  project?.state === 'open' && project.account === caller.account && (caller.project ?? project.projectId) === project.projectId;

/** Returns the principal that the caller acts as. Throws AccountNotFound, ProjectNotFound, and Forbidden for a closed account. */
export function actingPrincipal(
  caller: Tenant,
  keys: ActingKeys,
  policy: Pick<Policy, 'principalKind'>,
  facts: PrincipalFacts,
): PrincipalId {
  if (keys.project !== undefined) {
    if (!canActFor(caller, facts.projects.get(keys.project))) {
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

/** The kinds of principal that a caller acts as if a request covers all regions. */
export const actingKinds = ({ project }: Tenant): PrincipalKind[] =>
  project === undefined ? ['account', 'project'] : ['project'];

/** Whether the caller has no principal of this kind: its account has no default project, and the request names none. */
export const hasNoProject = (
  { account }: ActingKeys,
  kind: PrincipalKind,
  { accounts }: { accounts: ReadonlyMap<PrincipalId, Account> },
): boolean => kind === 'project' && account !== undefined && accounts.get(account)?.defaultProject === undefined;

/** Returns the principals as accounts or projects to read, depending on the policy. */
export const principalKeys = (ids: readonly PrincipalId[], { principalKind }: Pick<Policy, 'principalKind'>) =>
  principalKind === 'account' ? { accounts: ids } : { projects: ids };

/** Accounts and projects that were read. */
export interface PrincipalFacts {
  readonly accounts: ReadonlyMap<PrincipalId, Account>;
  readonly projects: ReadonlyMap<PrincipalId, Project>;
}

/** Returns the account or project with this ID among the facts. */
export const principalIn = (
  { accounts, projects }: PrincipalFacts,
  { principal, kind }: { readonly principal: PrincipalId; readonly kind: PrincipalKind },
): Account | Project | undefined => (kind === 'account' ? accounts : projects).get(principal);

/** Returns the open principals among the facts, of the kind that images are shared with. Rule `share.recipient-exists`. */
export function openPrincipals(
  { accounts, projects }: PrincipalFacts,
  { principalKind }: Pick<Policy, 'principalKind'>,
): ReadonlyMap<PrincipalId, Account | Project> {
  const principals: readonly [PrincipalId, Account | Project][] = principalKind === 'account' ? [...accounts] : [...projects];
  return new Map(principals.filter(([, { state }]) => state === 'open'));
}
