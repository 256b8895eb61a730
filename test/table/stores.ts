/** The stores that must fulfill the same contract. */
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import type { Store } from '../../lib/table/store.ts';
import { aStamp, imageId, principal, region } from '../support/builders.ts';
import { freshTable } from '../support/dynamodb.ts';
import { faultInjecting } from '../support/fault-injecting-client.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** Waits until lists include everything that was written. Where the index lags by writes, makes unrelated writes. */
  readonly settle: () => Promise<void>;
}

const noWait = async () => {};

async function faultInjectingStore(): Promise<StoreUnderTest> {
  const { client, table } = await freshTable();
  const store = new DynamoDBStore(faultInjecting(client, table), table);
  const counter = { at: 0 };
  return {
    store,
    async settle() {
      const { at, actor, requestId } = aStamp();
      for (let write = 0; write < 20; ) {
        counter.at += 1;
        const record = {
          id: `settle-${counter.at}`,
          at,
          actor,
          requestId,
          action: 'ShareImage',
          region: region('nowhere'),
          imageId: imageId('none'),
          principal: principal('nobody'),
          principalKind: 'account',
        } as const;
        const isWritten = await store.commit([{ do: 'put-record', record }]).then(
          () => true,
          () => false,
        );
        write += isWritten ? 1 : 0;
      }
    },
  };
}

/** Each store with its name and a function that creates a new one. */
export const stores: readonly (readonly [name: string, make: () => Promise<StoreUnderTest>])[] = [
  ['MemoryStore', async () => ({ store: new MemoryStore(), settle: noWait })],
  [
    'DynamoDBStore',
    async () => {
      const { client, table } = await freshTable();
      return { store: new DynamoDBStore(client, table), settle: noWait };
    },
  ],
  ['DynamoDBStore behind a fault-injecting client', faultInjectingStore],
];
