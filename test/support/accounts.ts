/** Accounts in a store, as an operator's calls would have left them. */
import type { PrincipalId } from '../../lib/model/ids.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { Store } from '../../lib/table/store.ts';
import { noon } from './builders.ts';

/** An account that is open, with one project, which is its default one. */
export interface KnownAccount {
  readonly account: PrincipalId;
  readonly project: PrincipalId;
}

/** So many fit into one transaction. */
const accountsPerCommit = 45;

/** Makes accounts known, many at a time. */
export async function makeKnown(store: Store, accounts: readonly KnownAccount[]): Promise<void> {
  for (let at = 0; at < accounts.length; at += accountsPerCommit) {
    const steps = accounts.slice(at, at + accountsPerCommit).flatMap(stepsFor);
    const { committed } = await store.commit(steps);
    if (!committed) {
      throw new Error(`Some of these accounts are known already: ${JSON.stringify(steps)}`);
    }
  }
}

const stepsFor = ({ account: accountId, project: projectId }: KnownAccount): Step[] => {
  const common = { state: 'open', createdAt: noon } as const;
  return [
    { do: 'create-account', account: { accountId, name: accountId, defaultProject: projectId, openProjects: 1, ...common } },
    { do: 'create-project', project: { projectId, account: accountId, name: projectId, ...common } },
  ];
};
