/** What a commit and a nonce make of faults between the service and DynamoDB. test/trust/faults.ts plays all faults on all calls. */
import type { AccessKeyId } from '../../lib/model/ids.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { anImage, noon } from '../support/builders.ts';
import { freshTable } from '../support/dynamodb.ts';
import { requestServer } from '../support/servers.ts';
import { type Fault, FaultyNetwork } from '../trust/faulty-network.ts';
import { VirtualTime } from '../trust/virtual-time.ts';

const { endpoint } = await requestServer('dynamodb');
const network = await FaultyNetwork.start(endpoint);
afterAll(() => network.stop());

/** Runs work on a table whose first requests have these faults. */
async function withFaults<Result>(faults: readonly Fault[], work: (store: DynamoDBStore) => Promise<Result>): Promise<Result> {
  const { table } = await freshTable();
  const time = new VirtualTime();
  await network.plan(time, (_, request) => faults[request]);
  return time.run(() => work(new DynamoDBStore(network.client, table)));
}

const create = (store: DynamoDBStore) => store.commit([{ do: 'create-image', image: anImage() }]);

describe('commit', () => {
  it('commits once if the connection is reset after the transaction', async () => {
    expect(await withFaults(['reset after', 'reset after'], create)).toEqual({ committed: true });
  });

  it.each<Fault>(['throttled', 'transaction conflict', 'transaction in progress'])(
    'does not report contention, which would be tried again, if %s follows a lost answer',
    async (fault) => {
      await expect(withFaults(['reset after', fault, fault], create)).rejects.toMatchObject({ code: 'Unavailable' });
    },
  );

  it('reports contention if every attempt was answered', async () => {
    await expect(withFaults(['throttled', 'throttled', 'throttled'], create)).rejects.toThrow('ThrottlingException');
  });

  it('ends if DynamoDB never answers', async () => {
    await expect(withFaults(['no answer', 'no answer', 'no answer'], create)).rejects.toMatchObject({ code: 'Unavailable' });
  });
});

it('recordNonce recognizes its own use if the answer was lost', async () => {
  const use = { keyId: 'AK1' as AccessKeyId, nonce: 'n', request: 'r', id: 'use-1', now: noon, until: 2_000_000_000 };

  expect(await withFaults(['reset after'], (store) => store.recordNonce(use))).toBe('new');
});
