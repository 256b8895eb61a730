import { ActionError, invalidField } from '../model/error.ts';
import type { PrincipalId } from '../model/ids.ts';
import type { Plan } from '../model/plan.ts';
import type { Account, Project } from '../model/principal.ts';
import { accountNotFound, principalClosed, requireOpenAccount } from './principals.ts';
import { publicOwner } from './visibility.ts';

/** Refuses with InvalidRequest the id under which public images stand: no principal may have it. */
function requireOrdinary(field: string, id: PrincipalId): void {
  if (id === publicOwner) {
    throw invalidField(field, `${id} is reserved for public images`);
  }
}

/** Plans an account under its name: made, or renamed. Refuses with AccountClosed: a closed id is never opened again. */
export function planAccount(
  wanted: { accountId: PrincipalId; name: string },
  account: Account | undefined,
  now: Date,
): Plan<Account> {
  const { accountId, name } = wanted;
  requireOrdinary('accountId', accountId);
  if (account === undefined) {
    const created: Account = { accountId, name, state: 'open', createdAt: now, openProjects: 0 };
    return { result: created, steps: [{ do: 'create-account', account: created }] };
  }
  if (account.state === 'closed') {
    throw principalClosed('Account', accountId);
  }
  return { result: { ...account, name }, steps: account.name === name ? [] : [{ do: 'rename-account', accountId, name }] };
}

/**
 * Plans a project of an account: made, renamed, or made the account's default one. The first open project is that anyway.
 * Refuses with AccountNotFound, AccountClosed and InvalidRequest.
 */
export function planProject(
  wanted: { accountId: PrincipalId; projectId: PrincipalId; name: string; isDefault?: boolean },
  { account, project }: { account: Account | undefined; project: Project | undefined },
  now: Date,
): Plan<Project> {
  const { accountId, projectId, name, isDefault = false } = wanted;
  requireOrdinary('projectId', projectId);
  if (account === undefined) {
    throw accountNotFound(accountId);
  }
  if (account.state === 'closed') {
    throw principalClosed('Account', accountId);
  }
  if (project === undefined) {
    const created: Project = { projectId, account: accountId, name, state: 'open', createdAt: now };
    return {
      result: created,
      steps: [
        { do: 'create-project', project: created },
        { do: 'add-project', project: created, isDefault },
      ],
    };
  }
  if (project.account !== accountId) {
    throw invalidField('projectId', `project ${projectId} belongs to a different account`);
  }
  if (project.state === 'closed') {
    throw principalClosed('Project', projectId);
  }
  const isRenamed = project.name !== name;
  const isChosen = isDefault && account.defaultProject !== projectId;
  return {
    result: { ...project, name },
    steps: [
      ...(isRenamed ? [{ do: 'rename-project', projectId, name } as const] : []),
      ...(isChosen && !isRenamed ? [{ do: 'require-open', principal: projectId, kind: 'project' } as const] : []),
      ...(isChosen ? [{ do: 'choose-project', accountId, projectId } as const] : []),
    ],
  };
}

/** Plans which owners an account trusts, each once. Refuses with AccountNotFound, and with Forbidden a closed account. */
export function planTrustedOwners(
  accountId: PrincipalId,
  owners: readonly PrincipalId[],
  account: Account | undefined,
): Plan<readonly PrincipalId[]> {
  const known = requireOpenAccount(accountId, account).trustedOwners ?? [];
  const wanted = [...new Set(owners)];
  const isSame = wanted.length === known.length && wanted.every((owner, at) => owner === known[at]);
  return { result: wanted, steps: isSame ? [] : [{ do: 'set-trusted-owners', accountId, owners: wanted }] };
}

/** A project of the account, closed or not. Refuses with ProjectNotFound. */
export function requireProjectOf(accountId: PrincipalId, projectId: PrincipalId, project: Project | undefined): Project {
  if (project?.account !== accountId) {
    throw new ActionError('ProjectNotFound', { detail: `Project ${projectId} doesn't exist in account ${accountId}.` });
  }
  return project;
}
