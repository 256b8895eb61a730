/** Creates accounts directly in a store, without calls to the operator's actions. */
import type { PrincipalId } from '../../lib/model/ids.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { Store } from '../../lib/table/store.ts';
import { noon } from './builders.ts';

/** An open account with one project, its default project. */
export interface NewAccount {
  readonly account: PrincipalId;
  readonly project: PrincipalId;
  /** Default: the ID of the project. */
  readonly projectName?: string;
}

/** How many accounts fit into one transaction, at two steps each. */
const accountsPerCommit = 45;

/** Creates accounts with their projects, in batches. Throws if any of them already exists. */
export async function createAccounts(store: Store, accounts: readonly NewAccount[], createdAt = noon): Promise<void> {
  for (let index = 0; index < accounts.length; index += accountsPerCommit) {
    const steps = accounts.slice(index, index + accountsPerCommit).flatMap((account) => stepsFor(account, createdAt));
    const { committed } = await store.commit(steps);
    if (!committed) {
      throw new Error(`Some of these accounts already exist: ${JSON.stringify(steps)}`);
    }
  }
}

const stepsFor = ({ account: accountId, project: projectId, projectName = projectId }: NewAccount, createdAt: Date): Step[] => {
  const common = { state: 'open', createdAt } as const;
  return [
    { do: 'create-account', account: { accountId, name: accountId, defaultProject: projectId, openProjects: 1, ...common } },
    { do: 'create-project', project: { projectId, account: accountId, name: projectName, ...common } },
  ];
};
