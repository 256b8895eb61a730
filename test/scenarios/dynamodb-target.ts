import type { Step } from '../../lib/model/plan.ts';
import type { ChangeRecord } from '../../lib/model/record.ts';
import { recipientsCopies } from '../../lib/rules/records.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import type { Outcome, Store } from '../../lib/table/store.ts';
import { actions } from '../../scripts/actions.ts';
import { freshTable } from '../support/dynamodb.ts';
import { limitedToRoles, runAs } from '../support/roles.ts';
import { storeTarget } from './store-target.ts';
import type { Target } from './target.ts';

/** A DynamoDB store without a stream consumer: writes the recipients' copies of records before the next read of records. */
export class RelayingStore extends DynamoDBStore {
  #unrelayed: ChangeRecord[] = [];
  #commitsUntilFailure = Number.POSITIVE_INFINITY;

  /** Makes a commit fail, counted from now. */
  failCommit(number: number): void {
    this.#commitsUntilFailure = number;
  }

  override async commit(steps: readonly Step[]): Promise<Outcome> {
    this.#commitsUntilFailure -= 1;
    if (this.#commitsUntilFailure === 0) {
      throw new Error('The process was killed');
    }
    const outcome = await super.commit(steps);
    if (outcome.committed) {
      this.#unrelayed.push(...steps.flatMap((step) => (step.do === 'put-record' ? recipientsCopies(step.record) : [])));
    }
    return outcome;
  }

  override async records(...args: Parameters<Store['records']>): ReturnType<Store['records']> {
    for (const record of this.#unrelayed.splice(0)) {
      await runAs('relay-changes', () => super.commit([{ do: 'put-record', record }]));
    }
    return super.records(...args);
  }
}

/** The permissions that each function has used. */
export const used = new Map<string, Set<string>>();

const functionNames = new Map((await actions()).map(({ file, action }) => [action.name, file.replace(/\.ts$/, '')]));
/** The function that serves an action. Its role has the same name. */
export const roleOf = (actionName: string): string | undefined => functionNames.get(actionName);

/** Creates a store on a new table. What functions do with it is limited to their roles. */
export async function limitedStore(): Promise<RelayingStore> {
  const { client, table } = await freshTable();
  return new RelayingStore(limitedToRoles(client, used), table);
}

/** Runs the actions on the embedded DynamoDB, each with the role of its function. */
export async function dynamoDBTarget(): Promise<Target> {
  const target = storeTarget(await limitedStore());
  return {
    ...target,
    call: (action, ...args) => runAs(roleOf(action.name), () => target.call(action, ...args)),
    cleanUp: () => runAs('cleanup-orphaned-shares', () => target.cleanUp()),
  };
}
