import { BatchWriteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { closeAccount } from '../../functions/close-account.ts';
import { closeProject } from '../../functions/close-project.ts';
import { copyImage } from '../../functions/copy-image.ts';
import { createAccessKey } from '../../functions/create-access-key.ts';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { deleteAccessKey } from '../../functions/delete-access-key.ts';
import { deleteAddressBookEntry } from '../../functions/delete-address-book-entry.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { listAddressBook } from '../../functions/list-address-book.ts';
import { putAccount } from '../../functions/put-account.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { putProject } from '../../functions/put-project.ts';
import { reinitializeInstance } from '../../functions/reinitialize-instance.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { startCopyJob } from '../../functions/start-copy-job.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { updateAccessKey } from '../../functions/update-access-key.ts';
import { updateImage } from '../../functions/update-image.ts';
import { runCleanUp } from '../../lib/maintenance/clean-up.ts';
import type { CopyJobId } from '../../lib/model/ids.ts';
import * as limits from '../../lib/model/limits.ts';
import { pick } from '../../lib/rules/recipients.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { imageItem, imageKey } from '../../lib/table/items/image.ts';
import { shareKey } from '../../lib/table/items/share.ts';
import {
  anImage,
  anImageIn,
  aPublicImageIn,
  aStamp,
  imageId,
  policies,
  policyFixtures,
  principal,
  principals,
  region,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { freshTable, recordCommands } from '../support/dynamodb.ts';
import { InMemoryService, noWaitBudget } from '../support/in-memory-service.ts';

/** Creates a service on DynamoDB. `takeCommands` returns the commands sent since its last call. */
async function serviceWithRecording() {
  const { client, table } = await freshTable();
  const recording = recordCommands(client);
  const service = await new InMemoryService(new DynamoDBStore(recording.client, table)).createAccounts(
    'owner',
    ...principals(50),
  );
  const takeCommands = () => recording.commands.splice(0);
  takeCommands();
  return { service, client, table, sentSince: takeCommands, inputs: recording.inputs };
}

const batchReadAndTransaction = ['BatchGet', 'TransactWrite'];
const compute = { scopes: ['compute' as const] };
const operator = { scopes: ['operator' as const] };

describe('the cost of a write without conflicts', () => {
  it.each(['ap-guangzhou', 'cn-hangzhou', 'cn-bj2'])('is one batch read and one transaction in %s', async (name) => {
    const { service, sentSince: takeCommands } = await serviceWithRecording();
    const isProject = name === 'cn-bj2';
    const recipients = principals(50).map((id) => (isProject ? `org-${id}` : id));
    const commands: Record<string, string[]> = {};
    const record = async <Response>(label: string, call: Promise<Response>): Promise<Response> => {
      const response = await call;
      commands[label] = takeCommands();
      return response;
    };

    const image = await record('import', service.call(importImage, { region: name, name: 'web', sizeGiB: 20 }));
    const copy = await record('copy', service.call(copyImage, { ...image, destinationRegion: name }));
    await record('report', service.call(reportImageState, { ...copy, state: 'available' }, compute));
    await record('update', service.call(updateImage, { ...image, name: 'renamed' }));
    await record(
      'share one with a key',
      service.call(shareImage, { ...image, recipients: recipients.slice(0, 1), acknowledgeRisk: true }, { key: 'k' }),
    );
    await record('share all', service.call(shareImage, { ...image, recipients, acknowledgeRisk: true }));
    const { instanceId } = await record('launch', service.call(runInstance, { region: name, imageId: image.imageId }));
    const instance = { region: name, instanceId };
    await record('reinstall', service.call(reinstallInstance, { ...instance, imageId: image.imageId }));
    await record('image from an instance', service.call(createImageFromInstance, { ...instance, name: 'derived' }));
    await record('terminate', service.call(terminateInstance, instance));
    await record('save', service.call(saveSharedImage, { region: name, imageId: image.imageId }, { as: 'h01' }));
    await record('cancel all', service.call(cancelImageShares, { ...image, all: 'true' }));
    await record('share 50', service.call(shareImage, { ...image, recipients, acknowledgeRisk: true }));
    await record('cancel 50', service.call(cancelImageShares, { ...image, recipient: recipients }));
    await record('delete', service.call(deleteImage, image));
    const { keyId } = await record('create a key', service.call(createAccessKey, {}));
    await record('disable a key', service.call(updateAccessKey, { keyId, state: 'disabled' }));
    await record('delete a key', service.call(deleteAccessKey, { keyId }));
    await record('name an account', service.call(putAddressBookEntry, { principalId: 'h01', name: 'First' }));
    await record('delete a name', service.call(deleteAddressBookEntry, { principalId: 'h01' }));

    expect(commands).toEqual(Object.fromEntries(Object.keys(commands).map((label) => [label, batchReadAndTransaction])));
  });

  it.each(policyFixtures)(
    'is one transaction for all copies of a job under $name, and one for each of them and its shares',
    async (fixture) => {
      const { region, otherRegion, principalOf, policy } = fixture;
      const { service, sentSince: takeCommands, inputs } = await serviceWithRecording();
      await service.putImages(anImageIn(fixture));
      const recipients = principals(50).map((id) => principalOf(id));
      takeCommands();
      inputs.splice(0);
      const destinations = [{ region: otherRegion }, { region }];
      const job = await service.call(
        startCopyJob,
        { ...anImageIn(fixture), destinations, recipients, acknowledgeRisk: true },
        { key: 'once' },
      );
      const sharing = ['BatchGet', 'BatchGet', 'TransactWrite'];
      const shared = policy.pendingMayBeShared ? [...sharing, ...sharing] : [];
      expect(takeCommands()).toEqual([
        ...batchReadAndTransaction,
        'BatchGet',
        'BatchGet',
        ...shared,
        ...Array(3).fill('BatchGet'),
      ]);

      await service.call(reportImageState, { ...job.copies[0], state: 'available' }, { ...compute, key: 'twice' });
      expect(takeCommands()).toEqual(policy.pendingMayBeShared ? batchReadAndTransaction : sharing);
      const sizes = inputs.flatMap((input) => (input as { TransactItems?: unknown[] }).TransactItems?.length ?? []);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    },
  );

  it('is two batch reads for listing access keys, and one read for a single key', async () => {
    const { service, sentSince: takeCommands } = await serviceWithRecording();
    const { keyId } = await service.call(createAccessKey, {});
    takeCommands();

    await service.call(listAccessKeys, {});
    await service.store.accessKey(keyId);

    expect(takeCommands()).toEqual(['BatchGet', 'BatchGet', 'Get']);
  });

  it('is a batch read and a query for a page of the address book', async () => {
    const { service, sentSince: takeCommands } = await serviceWithRecording();

    await service.call(listAddressBook, {});

    expect(takeCommands()).toEqual(['BatchGet', 'Query']);
  });

  it('is the same for operators, plus two queries per region when closing a principal, and one for its address book', async () => {
    const { service, sentSince: takeCommands } = await serviceWithRecording();
    const perRegion = (count: number) => Array.from({ length: count }, () => 'Query');
    const calls: [() => Promise<unknown>, string[]][] = [
      [() => service.call(putAccount, { accountId: 'fresh', name: 'Fresh' }, operator), []],
      [() => service.call(putProject, { accountId: 'fresh', projectId: 'org-fresh', name: 'Fresh' }, operator), []],
      [() => service.call(closeProject, { accountId: 'fresh', projectId: 'org-fresh' }, operator), perRegion(2)],
      [() => service.call(closeAccount, { accountId: 'fresh' }, operator), ['Query', ...perRegion(4)]],
    ];

    for (const [call, queries] of calls) {
      await call();
      expect(takeCommands()).toEqual([...batchReadAndTransaction, ...queries]);
    }
  });
});

describe.each(policyFixtures)('the cost of a launch under $name', (fixture) => {
  const { region } = fixture;
  const launch = async (as: string) => {
    const { service, sentSince: takeCommands, inputs } = await serviceWithRecording();
    const image = anImageIn(fixture, { recipients: sharedWith([fixture.principalOf('h01')]) });
    await service.putImages(image);
    takeCommands();
    inputs.splice(0);
    const { instanceId } = await service.call(runInstance, { region, imageId: image.imageId }, { as });
    return { service, sentSince: takeCommands, inputs, as: { as }, instance: { region, instanceId }, image };
  };

  it('is one batch read and one transaction for an owned image', async () => {
    expect((await launch('owner')).sentSince()).toEqual(batchReadAndTransaction);
  });

  it('is also one update of the share item for a shared image, without touching the image', async () => {
    const { sentSince: takeCommands, inputs, image } = await launch('h01');

    expect(takeCommands()).toEqual([...batchReadAndTransaction, 'Update']);
    expect(inputs.at(-1)).toMatchObject({ Key: shareKey(image, fixture.principalOf('h01')) });
    expect(JSON.stringify(inputs[1])).not.toContain('IMAGE#');
  });

  it('is one batch read and one transaction for a public image', async () => {
    const { service, sentSince: takeCommands, as } = await launch('h01');
    const publicImage = aPublicImageIn(fixture);
    await service.putPublicImages(publicImage);
    takeCommands();
    await service.call(runInstance, { region, imageId: publicImage.imageId }, as);

    expect(takeCommands()).toEqual(batchReadAndTransaction);
  });

  it('is the same for a reinstall, plus one read for a reinitialization', async () => {
    const { service, sentSince: takeCommands, as, instance, image } = await launch('h01');
    takeCommands();
    await service.call(reinstallInstance, { ...instance, imageId: image.imageId }, as);
    expect(takeCommands()).toEqual([...batchReadAndTransaction, 'Update']);

    await service.call(reinitializeInstance, instance, as);
    expect(takeCommands()).toEqual(['BatchGet', 'Get', 'TransactWrite', 'Update']);
  });
});

describe.each(policyFixtures)('setImageShares under $name', (fixture) => {
  const [old, fresh] = [principals(50, 'old'), principals(50).map((id) => fixture.principalOf(id))];
  const serviceAtCap = async () => {
    const { service, sentSince: takeCommands, inputs } = await serviceWithRecording();
    const image = anImageIn(fixture, { recipients: sharedWith(old) });
    await service.putImages(image);
    takeCommands();
    inputs.splice(0);
    const key = { region: fixture.region, imageId: image.imageId };
    const set = (recipients: readonly string[], options = {}) =>
      service.call(setImageShares, { ...key, recipients, acknowledgeRisk: true }, options);
    return { service, sentSince: takeCommands, inputs, image, set };
  };

  it.each([
    ['', {}],
    [' with a key', { key: 'once' }],
  ])('replaces 50 recipients with 50 others%s in one batch read and one transaction of at most 100 items', async (_, options) => {
    const { service, sentSince: takeCommands, inputs, image, set } = await serviceAtCap();
    await set(fresh, options);

    expect(takeCommands()).toEqual(batchReadAndTransaction);
    expect((inputs[1] as { TransactItems: unknown[] }).TransactItems.length).toBeLessThanOrEqual(100);
    expect((await service.store.image(image))?.recipients).toEqual(sharedWith(fresh));
  });

  it('needs at most one more batch read if the recipients are unchanged', async () => {
    const { sentSince: takeCommands, set } = await serviceAtCap();
    await set(fresh);
    takeCommands();
    await set(fresh);
    expect(takeCommands()).toEqual(['BatchGet', 'BatchGet']);

    await set(fresh.slice(1));
    expect(takeCommands()).toEqual(batchReadAndTransaction);
  });
});

describe('recordUse', () => {
  it.each(['TransactionConflictException', 'ThrottlingException'])('gives up immediately on a %s', async (name) => {
    const { client, table } = await freshTable();
    const commands: unknown[] = [];
    const busy = {
      send: async (command: unknown) => {
        commands.push(command);
        throw Object.assign(new Error('Too many conflicts'), { name });
      },
    } as unknown as typeof client;

    await new DynamoDBStore(busy, table).recordUse(anImage(), principal('h01'), secondsFromNoon(0));

    expect(commands).toHaveLength(1);
  });
});

describe('checkImageAccess', () => {
  it.each([
    ['a compute platform', { principal: 'h01' }, compute],
    ['the principal itself', {}, { as: 'h01' }],
  ])('makes one strongly consistent read of one item for %s', async (_, fields, options) => {
    const { service, sentSince: takeCommands, inputs } = await serviceWithRecording();
    const image = await service.call(importImage, { region: 'ap-guangzhou', name: 'web', sizeGiB: 20 });
    await service.call(shareImage, { ...image, recipients: principals(50) });
    takeCommands();

    expect(await service.call(checkImageAccess, { ...image, ...fields }, options)).toMatchObject({ allowed: true });

    expect(takeCommands()).toEqual(['Get']);
    expect(inputs.at(-1)).toMatchObject({ ConsistentRead: true });
  });
});

describe('the largest image that the limits allow', () => {
  const text = (bytes: number) => 'x'.repeat(bytes);
  const padded = (id: string, length: number) => id.padEnd(length, 'x');
  const largest = anImage({
    region: region(padded('r', limits.regionLengthMax)),
    imageId: imageId(padded('', Math.max(...policies.map(({ imageId: idFormat }) => idFormat.prefix.length + idFormat.length)))),
    owner: principal(padded('o', limits.principalIdLengthMax)),
    name: text(limits.nameBytesMax),
    description: text(limits.descriptionBytesMax),
    tags: Object.fromEntries(
      Array.from({ length: limits.tagsMax }, (_, index) => [padded(`k${index.toString(16)}`, 32), text(32)]),
    ),
    state: 'deprecated',
    stateReason: text(limits.stateReasonBytesMax),
    os: text(limits.osBytesMax),
    product: 'lightweight',
    products: ['standard', 'lightweight'],
    disksGiB: Array.from({ length: limits.disksMax }, () => limits.diskGiBMax - 1),
    encryption: 'customer',
    recipients: Object.fromEntries(principals(50).map((id) => [padded(id, limits.principalIdLengthMax), 253_402_300_799])),
    revision: 999_999_999,
    detailsRevision: 999_999_999,
    lastRecordId: '00000000-0000-7000-8000-000000000000',
  });

  /** A copy that is still being made, with this many of its 50 recipients planned. Only such images have a plan. */
  const planning = (planned: number) => {
    const { stateReason: _, ...rest } = largest;
    const everyone = Object.keys(largest.recipients).map(principal);
    const job = { region: largest.region, jobId: padded('copy-', 21) as CopyJobId };
    return {
      ...rest,
      state: 'copying',
      recipients: pick(largest.recipients, everyone.slice(planned)),
      plannedShares: { job, recipients: everyone.slice(0, planned) },
    } as const;
  };

  it.each([
    ['50 recipients', largest],
    ['50 planned recipients', planning(50)],
    ['49 recipients and 1 planned', planning(1)],
  ])('is at most 4,096 bytes with %s, so that a read costs one unit', async (_, image) => {
    const { client, table } = await freshTable();
    await client.send(new PutCommand({ TableName: table, Item: imageItem(image) }));

    const { ConsumedCapacity } = await client.send(
      new GetCommand({ TableName: table, Key: imageKey(image), ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' }),
    );

    expect(sizeOf(imageItem(image))).toBeLessThanOrEqual(4_096);
    expect(ConsumedCapacity?.CapacityUnits).toBe(1);
  });
});

/** Returns an item's size as DynamoDB counts it (Developer Guide, "DynamoDB item sizes and formats"). */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') {
    return new TextEncoder().encode(value).length;
  }
  if (typeof value === 'number') {
    return Math.ceil(String(value).replace(/0+$/, '').length / 2) + 1;
  }
  if (Array.isArray(value)) {
    return 3 + value.reduce<number>((sum, entry) => sum + 1 + sizeOf(entry), 0);
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value as object);
  return entries.reduce((sum, [name, entry]) => sum + sizeOf(name) + sizeOf(entry) + 1, 3);
}

describe('clean-up', () => {
  it("reads only the shards and the orphans' images and items, however much else is stored", async () => {
    const { service, client, table, sentSince: takeCommands, inputs } = await serviceWithRecording();
    const image = await service.call(importImage, { region: 'cn-bj2', name: 'web', sizeGiB: 20 });
    await service.call(shareImage, { ...image, recipients: ['org-h01', 'org-h02'], acknowledgeRisk: true });
    await service.call(deleteImage, image);
    for (let batch = 0; batch < 8; batch += 1) {
      const items = Array.from({ length: 25 }, (_, index) =>
        imageItem(anImage({ imageId: imageId(`img-${batch}-${index}`), recipients: sharedWith(principals(50)) })),
      );
      await client.send(new BatchWriteCommand({ RequestItems: { [table]: items.map((Item) => ({ PutRequest: { Item } })) } }));
    }
    takeCommands();
    inputs.splice(0);

    const result = await runCleanUp({
      ...service,
      newStamp: () => aStamp({ at: secondsFromNoon(0) }),
      budget: noWaitBudget(),
      store: service.store,
      regions: service.regions,
      now: service.now,
    });

    expect(result).toEqual({ done: 1, failed: [], isFinished: true });
    expect(takeCommands().sort()).toEqual(['BatchGet', ...Array.from({ length: 9 }, () => 'Query'), 'TransactWrite']);
    const text = JSON.stringify(inputs);
    expect(text).not.toContain('IndexName');
    expect(text).toContain(image.imageId);
  });
});
