import type { ActionError, Offender } from '../model/error.ts';
import type { Account, Holdings, Project } from '../model/holder.ts';
import type { HolderId, Region } from '../model/ids.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { requireProjectOf } from './change-holders.ts';
import { accountNotFound } from './holders.ts';
import { epochSeconds } from './recipients.ts';
import { refusal } from './rule.ts';

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const inUse = (holder: HolderId, { images, instances, projects }: Holdings): ActionError => {
  const offenders: Offender[] = [
    ...images.map(
      ({ region, imageId }): Offender => ({
        id: imageId,
        code: 'AccountInUse',
        rule: 'account.close',
        reason: `image in ${region}`,
      }),
    ),
    ...instances.map(
      ({ region, instanceId }): Offender => ({
        id: instanceId,
        code: 'AccountInUse',
        rule: 'account.close',
        reason: `instance in ${region}`,
      }),
    ),
    ...projects.map((id): Offender => ({ id, code: 'AccountInUse', rule: 'account.close', reason: 'open project' })),
  ];
  const owned = [
    counted(images.length, 'image'),
    counted(instances.length, 'instance'),
    counted(projects.length, 'open project'),
  ];
  return refusal('account.close', `${holder} still owns ${owned.join(', ')}`, { offenders });
};

/** Calls that were under way when a holder was closed are over after so long, and its entries are swept once more. */
const callsInFlightSeconds = 900;

function dueOfClosed(holder: HolderId, policyKind: Policy['holderKind'], now: Date): Step {
  const dueAt = epochSeconds(now) + callsInFlightSeconds;
  return { do: 'put-due', due: { kind: 'holder', dueAt, ref: holder, holder, holderKind: policyKind } };
}

const requireEmpty = (holder: HolderId, regions: readonly Region[]): Step[] =>
  regions.flatMap((region) => [
    { do: 'require-none', what: 'images', region, holder } as const,
    { do: 'require-none', what: 'instances', region, holder } as const,
  ]);

/**
 * Plans the end of an account and of its access keys; `regions` are those where accounts hold images. Refuses with
 * AccountNotFound, AccountInUse.
 */
export function planAccountClosing(
  accountId: HolderId,
  { account, holdings, regions }: { account: Account | undefined; holdings: Holdings | undefined; regions: readonly Region[] },
  now: Date,
): Plan<null> {
  if (account === undefined) {
    throw accountNotFound(accountId);
  }
  if (account.state === 'closed') {
    return { steps: [], answer: null };
  }
  if (holdings !== undefined) {
    throw inUse(accountId, holdings);
  }
  const { accessKeys = [] } = account;
  return {
    answer: null,
    steps: [
      { do: 'close-account', accountId, accessKeys },
      ...accessKeys.map((keyId): Step => ({ do: 'remove-access-key', accountId, keyId })),
      ...requireEmpty(accountId, regions),
      dueOfClosed(accountId, 'account', now),
    ],
  };
}

/** Plans the end of a project; `regions` are those where projects hold images. Refuses with ProjectNotFound, AccountInUse. */
export function planProjectClosing(
  wanted: { accountId: HolderId; projectId: HolderId },
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
    return { steps: [], answer: null };
  }
  if (holdings !== undefined) {
    throw inUse(projectId, holdings);
  }
  return {
    answer: null,
    steps: [
      { do: 'close-project', projectId },
      { do: 'release-project', accountId, projectId, wasDefault: account?.defaultProject === projectId },
      ...requireEmpty(projectId, regions),
      dueOfClosed(projectId, 'project', now),
    ],
  };
}
