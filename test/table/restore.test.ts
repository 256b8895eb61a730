/** The drill of docs/operations.md: an export of the table, imported into a new one, is the whole service. */
import { BatchWriteItemCommand, type BatchWriteItemCommandInput, ScanCommand } from '@aws-sdk/client-dynamodb';
import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { createAccessKey } from '../../functions/create-access-key.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getAccount } from '../../functions/get-account.ts';
import { importImage } from '../../functions/import-image.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { listAddressBook } from '../../functions/list-address-book.ts';
import { listCopyJobs } from '../../functions/list-copy-jobs.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { listRecords } from '../../functions/list-records.ts';
import { listShares } from '../../functions/list-shares.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import { startCopyJob } from '../../functions/start-copy-job.ts';
import { fsck } from '../../lib/maintenance/fsck.ts';
import type { AccessKeyId } from '../../lib/model/ids.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { clientOf } from '../../local/embedded-dynamodb.ts';
import { noon } from '../support/builders.ts';
import { freshTable } from '../support/dynamodb.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { requestServer } from '../support/servers.ts';

const region = 'ap-guangzhou';
const dynamodb = clientOf((await requestServer('dynamodb')).endpoint);
const batchMax = 25;
afterAll(() => dynamodb.destroy());

/** Returns a line of JSON for each item, as in an export of DynamoDB to S3. */
async function exportOf(table: string): Promise<string> {
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
  expect(LastEvaluatedKey).toBeUndefined();
  return Items.map((item) => JSON.stringify({ Item: item })).join('\n');
}

async function importInto(table: string, lines: string): Promise<void> {
  const requests = lines.split('\n').map((line) => ({ PutRequest: JSON.parse(line) }));
  for (let start = 0; start < requests.length; start += batchMax) {
    const input: BatchWriteItemCommandInput = { RequestItems: { [table]: requests.slice(start, start + batchMax) } };
    const { UnprocessedItems } = await dynamodb.send(new BatchWriteItemCommand(input));
    expect(UnprocessedItems ?? {}).toEqual({});
  }
}

async function serviceOnNewTable(): Promise<{ service: InMemoryService; table: string }> {
  const { client, table } = await freshTable();
  return { service: new InMemoryService(new DynamoDBStore(client, table), { at: noon }), table };
}

describe('a table that is imported from an export', () => {
  it('has no problems, and the service on it responds as before and goes on', async () => {
    const { service: before, table } = await serviceOnNewTable();
    await before.createAccounts('owner', 'friend', 'guest');
    const { imageId } = await before.call(importImage, { region, name: 'web', sizeGiB: 20 });
    const friends = { region, imageId, recipients: ['friend', 'guest'], acknowledgeRisk: true };
    await before.call(shareImage, { ...friends, recipients: ['friend'] });
    await before.call(shareImage, { ...friends, recipients: ['guest'], expiresAt: '2026-12-31T00:00:00Z' });
    await before.call(cancelImageShares, { region, imageId, recipient: 'guest' });
    await before.call(runInstance, { region, imageId, name: 'node' }, { as: 'friend', key: 'once' });
    await before.call(startCopyJob, { region, imageId, destinations: [{ region: 'ap-shanghai' }], recipients: ['guest'] });
    await before.call(putAddressBookEntry, { principalId: 'friend', name: 'Friend', note: '' });
    const { keyId } = await before.call(createAccessKey, {});

    const { service: after, table: restored } = await serviceOnNewTable();
    await importInto(restored, await exportOf(table));

    const secretOf = async ({ store, secrets }: InMemoryService) => {
      const key = await store.accessKey(keyId as AccessKeyId);
      return key && secrets.unseal(key.secret, key);
    };
    const responses = async (service: InMemoryService) => [
      await service.call(getAccount, {}),
      await service.call(listImages, { region }),
      await service.call(listImages, { region }, { as: 'friend' }),
      await service.call(listImageShares, { region, imageId }),
      await service.call(listShares, {}),
      await service.call(checkImageAccess, { region, imageId, principal: 'friend' }),
      await service.call(listInstances, { region }, { as: 'friend' }),
      await service.call(listCopyJobs, { region }),
      await service.call(listRecords, {}),
      await service.call(listAddressBook, {}),
      await service.call(listAccessKeys, {}),
      await secretOf(service),
    ];
    expect(await fsck({ store: after.store, regions: after.regions, now: after.now })).toEqual([]);
    expect(await responses(after)).toEqual(await responses(before));
    expect(await secretOf(after)).toMatch(/\S/);

    // A repeated call is recognized, and what was impossible still is.
    const repeated = await after.call(runInstance, { region, imageId, name: 'node' }, { as: 'friend', key: 'once' });
    expect((await after.call(listInstances, { region }, { as: 'friend' })).instances).toEqual([repeated]);
    await expect(after.call(deleteImage, { region, imageId })).rejects.toMatchObject({ code: 'ImageShared' });
    await after.call(cancelImageShares, { region, imageId, recipient: 'friend' });
    expect((await after.call(listImageShares, { region, imageId })).shares).toEqual([]);
    expect((await before.call(listImageShares, { region, imageId })).shares).toHaveLength(1);
  });
});
