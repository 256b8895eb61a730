import type { PrincipalId, Region } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import { accountNotFound } from '../rules/principals.ts';
import type { AccountOverview } from '../rules/views.ts';
import { type Store, usedOf } from '../table/store.ts';
import { everyEntry } from './every-entry.ts';

/**
 * Reads an account, its open projects, and its quotas. Projects created a moment ago can be missing, because the list comes from
 * the index. Throws AccountNotFound.
 */
export async function readAccountOverview(
  store: Store,
  accountId: PrincipalId,
  regions: ReadonlyMap<Region, Policy>,
): Promise<AccountOverview> {
  const ids = await everyEntry((page) => store.projectsOf(accountId, page));
  const { accounts, projects } = await store.read({ accounts: [accountId], projects: ids });
  const account = accounts.get(accountId);
  if (account === undefined) {
    throw accountNotFound(accountId);
  }
  const openProjects = [...projects.values()].filter((project) => project.state === 'open');
  const quotaKeys = [...regions].flatMap(([region, { principalKind, imagesPerPrincipalMax }]) =>
    (principalKind === 'account' ? [accountId] : openProjects.map(({ projectId }) => projectId)).map((principal) => ({
      region,
      principal,
      what: 'images' as const,
      limit: imagesPerPrincipalMax,
    })),
  );
  const facts = await store.read({ counts: quotaKeys });
  return { account, projects: openProjects, quotas: quotaKeys.map((key) => ({ ...key, used: usedOf(facts, key) })) };
}
