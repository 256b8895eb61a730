import type { ActionError, Violation } from '../model/error.ts';
import type { PrincipalId, Region } from '../model/ids.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { Account, Holdings, Project } from '../model/principal.ts';
import { requireProjectOf } from './change-principals.ts';
import { callsInFlightSeconds, cleanUpOfPrincipal } from './clean-up-tasks.ts';
import { accountNotFound } from './principals.ts';
import { epochSeconds } from './recipients.ts';
import { refusal } from './rule.ts';

const pluralize = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const inUse = (principal: PrincipalId, { images, instances, projects }: Holdings): ActionError => {
  const offender = (id: string, reason: string): Violation => ({ id, code: 'AccountInUse', rule: 'account.close', reason });
  const offenders = [
    ...images.map(({ region, imageId }) => offender(imageId, `image in ${region}`)),
    ...instances.map(({ region, instanceId }) => offender(instanceId, `instance in ${region}`)),
    ...projects.map((id) => offender(id, 'open project')),
  ];
  const owned = [
    pluralize(images.length, 'image'),
    pluralize(instances.length, 'instance'),
    pluralize(projects.length, 'open project'),
  ];
  return refusal('account.close', `${principal} still owns ${owned.join(', ')}`, { offenders });
};

const requireEmpty = (principal: PrincipalId, regions: readonly Region[]): Step[] =>
  regions.flatMap((region) => [
    { do: 'require-none', what: 'images', region, principal } as const,
    { do: 'require-none', what: 'instances', region, principal } as const,
  ]);

/**
 * Plans to close an account and delete its access keys. `regions` are those where accounts own images. Throws AccountNotFound
 * and AccountInUse.
 */
export function planCloseAccount(
  accountId: PrincipalId,
  { account, holdings, regions }: { account: Account | undefined; holdings: Holdings | undefined; regions: readonly Region[] },
  now: Date,
): Plan<null> {
  if (account === undefined) {
    throw accountNotFound(accountId);
  }
  if (account.state === 'closed') {
    return { steps: [], result: null };
  }
  if (holdings !== undefined) {
    throw inUse(accountId, holdings);
  }
  const { accessKeys = [] } = account;
  return {
    result: null,
    steps: [
      { do: 'close-account', accountId, accessKeys },
      ...accessKeys.map((keyId): Step => ({ do: 'remove-access-key', accountId, keyId })),
      ...requireEmpty(accountId, regions),
      cleanUpOfPrincipal(accountId, 'account', epochSeconds(now) + callsInFlightSeconds),
    ],
  };
}

/** Plans to close a project. `regions` are those where projects own images. Throws ProjectNotFound and AccountInUse. */
export function planCloseProject(
  wanted: { accountId: PrincipalId; projectId: PrincipalId },
  facts: {
    account: Account | undefined;
    project: Project | undefined;
    holdings: Holdings | undefined;
    regions: readonly Region[];
  },
  now: Date,
): Plan<null> {
  const { accountId, projectId } = wanted;
  const { account, holdings, regions } = facts;
  const project = requireProjectOf(accountId, projectId, facts.project);
  if (project.state === 'closed') {
    return { steps: [], result: null };
  }
  if (holdings !== undefined) {
    throw inUse(projectId, holdings);
  }
  return {
    result: null,
    steps: [
      { do: 'close-project', projectId },
      { do: 'remove-project', accountId, projectId, wasDefault: account?.defaultProject === projectId },
      ...requireEmpty(projectId, regions),
      cleanUpOfPrincipal(projectId, 'project', epochSeconds(now) + callsInFlightSeconds),
    ],
  };
}
