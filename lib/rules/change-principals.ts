import { ActionError, invalidField } from '../model/error.ts';
import type { PrincipalId } from '../model/ids.ts';
import type { Plan } from '../model/plan.ts';
import type { Account, Project } from '../model/principal.ts';
import { accountNotFound, principalClosed } from './principals.ts';
import { publicOwner } from './visibility.ts';

/** Reserves the owner ID of public images. Throws InvalidRequest. */
function requireNotReserved(field: string, id: PrincipalId): void {
  if (id === publicOwner) {
    throw invalidField(field, `${id} is reserved for public images`);
  }
}

/** Plans to create or rename an account. Throws AccountClosed, because a closed ID can't be reopened. */
export function planAccount(
  wanted: { accountId: PrincipalId; name: string },
  account: Account | undefined,
  now: Date,
): Plan<Account> {
  const { accountId, name } = wanted;
  requireNotReserved('accountId', accountId);
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
 * Plans to create or rename a project, or to make it the default of its account. The first open project becomes the default
 * anyway. Throws AccountNotFound, AccountClosed, and InvalidRequest.
 */
export function planProject(
  wanted: { accountId: PrincipalId; projectId: PrincipalId; name: string; isDefault?: boolean },
  { account, project }: { account: Account | undefined; project: Project | undefined },
  now: Date,
): Plan<Project> {
  const { accountId, projectId, name, isDefault = false } = wanted;
  requireNotReserved('projectId', projectId);
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
  const becomesDefault = isDefault && account.defaultProject !== projectId;
  return {
    result: { ...project, name },
    steps: [
      ...(isRenamed ? [{ do: 'rename-project', projectId, name } as const] : []),
      ...(becomesDefault && !isRenamed ? [{ do: 'require-open', principal: projectId, kind: 'project' } as const] : []),
      ...(becomesDefault ? [{ do: 'set-default-project', accountId, projectId } as const] : []),
    ],
  };
}

/** Returns the project if it belongs to the account, even if closed. Throws ProjectNotFound. */
export function requireProjectOf(accountId: PrincipalId, projectId: PrincipalId, project: Project | undefined): Project {
  if (project?.account !== accountId) {
    throw new ActionError('ProjectNotFound', { detail: `Project ${projectId} doesn't exist in account ${accountId}.` });
  }
  return project;
}
