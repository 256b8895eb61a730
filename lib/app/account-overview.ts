import type { PrincipalId, Region } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import { accountNotFound } from '../rules/principals.ts';
import type { AccountOverview } from '../rules/views.ts';
import { type Store, usedOf } from '../table/store.ts';
import { everyEntry } from './every-entry.ts';

/** Reads what belongs to an account. Projects made a moment ago may be missing, since they come from the index. */
export async function accountWith(
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
  const open = [...projects.values()].filter((project) => project.state === 'open');
  const principals = [...regions].flatMap(([region, { principalKind, imagesPerPrincipalMax }]) =>
    (principalKind === 'account' ? [accountId] : open.map(({ projectId }) => projectId)).map((principal) => ({
      region,
      principal,
      what: 'images' as const,
      limit: imagesPerPrincipalMax,
    })),
  );
  const facts = await store.read({ counts: principals });
  return { account, projects: open, quotas: principals.map((key) => ({ ...key, used: usedOf(facts, key) })) };
}
