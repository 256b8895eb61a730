import type { HolderId, Region } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import { accountNotFound } from '../rules/holders.ts';
import type { AccountOverview } from '../rules/views.ts';
import { type Store, usedOf } from '../table/store.ts';
import { everyEntry } from './every-entry.ts';

/** Reads what belongs to an account. Projects made a moment ago may be missing, since they come from the index. */
export async function accountWith(
  store: Store,
  accountId: HolderId,
  regions: ReadonlyMap<Region, Policy>,
): Promise<AccountOverview> {
  const ids = await everyEntry((page) => store.projectsOf(accountId, page));
  const { accounts, projects } = await store.read({ accounts: [accountId], projects: ids });
  const account = accounts.get(accountId);
  if (account === undefined) {
    throw accountNotFound(accountId);
  }
  const open = [...projects.values()].filter((project) => project.state === 'open');
  const holders = [...regions].flatMap(([region, { holderKind, imagesPerHolderMax }]) =>
    (holderKind === 'account' ? [accountId] : open.map(({ projectId }) => projectId)).map((holder) => ({
      region,
      holder,
      what: 'images' as const,
      limit: imagesPerHolderMax,
    })),
  );
  const facts = await store.read({ counts: holders });
  return { account, projects: open, quotas: holders.map((key) => ({ ...key, used: usedOf(facts, key) })) };
}
