import { ActionError } from '../model/error.ts';
import type { Account, Project } from '../model/holder.ts';
import type { HolderId, Region } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import type { AccountView } from '../model/views.ts';
import { everyEntry } from './every-entry.ts';
import { type QuotaKey, quotaName, type Store } from './store.ts';

/** An account with its open projects and the image counts of all its holders. */
export interface AccountOverview {
  readonly account: Account;
  readonly projects: readonly Project[];
  readonly quotas: readonly (QuotaKey & { readonly used: number; readonly limit: number })[];
}

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
    throw new ActionError('AccountNotFound', { detail: `There is no account ${accountId}.` });
  }
  const open = [...projects.values()].filter((project) => project.state === 'open');
  const holders = [...regions].flatMap(([region, { holderKind, imagesPerHolderMax }]) =>
    (holderKind === 'account' ? [accountId] : open.map(({ projectId }) => projectId)).map((holder) => ({
      region,
      holder,
      limit: imagesPerHolderMax,
    })),
  );
  const { quotas } = await store.read({ quotas: holders });
  return { account, projects: open, quotas: holders.map((key) => ({ ...key, used: quotas.get(quotaName(key))?.used ?? 0 })) };
}

export const accountView = ({ account, projects, quotas }: AccountOverview): AccountView => ({
  accountId: account.accountId,
  name: account.name,
  ...(account.defaultProject !== undefined && { defaultProject: account.defaultProject }),
  projects: projects.map(({ projectId, name }) => ({ projectId, name })),
  quotas: quotas.map(({ region, holder, used, limit }) => ({ region, holder, used, limit })),
});
