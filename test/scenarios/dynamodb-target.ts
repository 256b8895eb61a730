import type { Step } from '../../lib/model/plan.ts';
import type { ChangeRecord } from '../../lib/model/record.ts';
import { recipientsCopies } from '../../lib/rules/records.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import type { Outcome, Store } from '../../lib/table/store.ts';
import { freshTable } from '../support/dynamodb.ts';
import { storeTarget } from './store-target.ts';
import type { Target } from './target.ts';

/** A DynamoDB store without a stream consumer: writes the recipients' copies of records before the next read of records. */
class RelayingStore extends DynamoDBStore {
  #unrelayed: ChangeRecord[] = [];

  override async commit(steps: readonly Step[]): Promise<Outcome> {
    const outcome = await super.commit(steps);
    if (outcome.committed) {
      this.#unrelayed.push(...steps.flatMap((step) => (step.do === 'put-record' ? recipientsCopies(step.record) : [])));
    }
    return outcome;
  }

  override async records(...args: Parameters<Store['records']>): ReturnType<Store['records']> {
    for (const record of this.#unrelayed.splice(0)) {
      await super.commit([{ do: 'put-record', record }]);
    }
    return super.records(...args);
  }
}

/** Runs the actions on the embedded DynamoDB. */
export async function dynamoDBTarget(): Promise<Target> {
  const { client, table } = await freshTable();
  return storeTarget(new RelayingStore(client, table));
}
