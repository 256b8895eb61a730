import { ActionError } from '../model/error.ts';
import type { Account, Project } from '../model/holder.ts';
import type { HolderId } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';

/** Whose call it is, as its credentials say. */
export interface Tenant {
  readonly account: HolderId;
  /** The project that the credentials are bound to. */
  readonly project?: HolderId | undefined;
}

/** The keys of the items that say whom the caller acts as, and the holder itself where it is known without them. */
export interface Acting {
  readonly account?: HolderId;
  readonly project?: HolderId;
}

/**
 * What has to be read to know which holder a caller acts as: its account where accounts hold images; where projects do,
 * the project of its credentials, else the one that the request states, else its account, which names the default one.
 * Refuses with Forbidden when the request states another project than the credentials.
 */
export function actingAs(caller: Tenant, policy: Pick<Policy, 'holderKind'>, stated?: HolderId): Acting {
  if (policy.holderKind === 'account') {
    return { account: caller.account };
  }
  if (caller.project !== undefined && stated !== undefined && stated !== caller.project) {
    throw new ActionError('Forbidden', {
      detail: `These credentials are limited to project ${caller.project} and can't act as ${stated}.`,
    });
  }
  const project = caller.project ?? stated;
  return project === undefined ? { account: caller.account } : { project };
}

/** The holder that the credentials alone name, which their issuer vouches for; absent where something has to be read. */
export function holderByToken(caller: Tenant, policy: Policy, stated?: HolderId): HolderId | undefined {
  const { account, project } = actingAs(caller, policy, stated);
  return policy.holderKind === 'account' ? account : project === caller.project ? project : undefined;
}

/** The refusal of an account that nobody has made known. */
export const accountNotFound = (accountId: HolderId) =>
  new ActionError('AccountNotFound', { detail: `Account ${accountId} doesn't exist.` });

/** The refusal to operators of what would have a closed holder open. */
export const holderClosed = (what: 'Account' | 'Project', id: HolderId) =>
  new ActionError('AccountClosed', {
    detail: `${what} ${id} is closed and can't be reopened.`,
    rule: 'account.close',
  });

const projectNotFound = (projectId: HolderId) =>
  new ActionError('ProjectNotFound', { detail: `Project ${projectId} doesn't exist in your account.` });

/** The account, which must be known and open. Refuses with AccountNotFound and Forbidden. */
export function requireOpenAccount(accountId: HolderId, account: Account | undefined): Account {
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

/** The holder that the caller acts as. Refuses with AccountNotFound, ProjectNotFound, and Forbidden for a closed account. */
export function actingHolder(
  caller: Tenant,
  acting: Acting,
  policy: Pick<Policy, 'holderKind'>,
  facts: { accounts: ReadonlyMap<HolderId, Account>; projects: ReadonlyMap<HolderId, Project> },
): HolderId {
  if (acting.project !== undefined) {
    if (!mayActFor(caller, facts.projects.get(acting.project))) {
      throw projectNotFound(acting.project);
    }
    return acting.project;
  }
  const account = requireOpenAccount(caller.account, facts.accounts.get(caller.account));
  if (policy.holderKind === 'account') {
    return account.accountId;
  }
  if (account.defaultProject === undefined) {
    throw new ActionError('ProjectNotFound', {
      detail: `Account ${account.accountId} has no default project. Specify one with ?project=.`,
    });
  }
  return account.defaultProject;
}

/** Which of accounts and projects the named holders are, for reading them. */
export const holdersNamed = (ids: readonly HolderId[], { holderKind }: Pick<Policy, 'holderKind'>) =>
  holderKind === 'account' ? { accounts: ids } : { projects: ids };

/** Those of the holders found who are open, of the kind that the policy shares with. Rule `share.recipient-exists`. */
export function openHolders(
  facts: { accounts: ReadonlyMap<HolderId, Account>; projects: ReadonlyMap<HolderId, Project> },
  { holderKind }: Pick<Policy, 'holderKind'>,
): ReadonlySet<HolderId> {
  const found: readonly [HolderId, { readonly state: 'open' | 'closed' }][] =
    holderKind === 'account' ? [...facts.accounts] : [...facts.projects];
  return new Set(found.filter(([, holder]) => holder.state === 'open').map(([id]) => id));
}
