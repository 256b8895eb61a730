import { readFileSync } from 'node:fs';
import { BatchWriteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'yaml';
import { measureCosts } from '../../bench/costs/measure.ts';
import type { Cost } from '../../bench/costs/meter.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { startCopyJob } from '../../functions/start-copy-job.ts';
import { runCleanUp } from '../../lib/maintenance/clean-up.ts';
import type { CopyJobId } from '../../lib/model/ids.ts';
import * as limits from '../../lib/model/limits.ts';
import { pick } from '../../lib/rules/recipients.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { imageItem, imageKey } from '../../lib/table/items/image.ts';
import { shareKey } from '../../lib/table/items/share.ts';
import { actions } from '../../scripts/actions.ts';
import {
  anImage,
  anImageIn,
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

const budgets: { readonly calls: Readonly<Record<string, Cost>> } = parse(
  readFileSync(new URL('../../bench/budgets.yaml', import.meta.url), 'utf8'),
);

describe('the budgets', () => {
  it('are what each call costs, neither more nor less', async () => {
    const costs = Object.fromEntries(await measureCosts(freshTable));
    // DynamoDB Local reports other units than AWS.
    const isEmbedded = !process.env['DYNAMODB_ENDPOINT'];
    const comparable = (calls: Readonly<Record<string, Cost>>) =>
      isEmbedded ? calls : Object.fromEntries(Object.entries(calls).map(([call, { requests }]) => [call, requests]));

    expect(comparable(costs)).toEqual(comparable(budgets.calls));
  });

  it('have a row for each action', async () => {
    const calls = Object.keys(budgets.calls).map((call) => call.replace(/,.*/, ''));

    expect((await actions()).filter(({ action }) => !calls.includes(action.name)).map(({ action }) => action.name)).toEqual([]);
  });

  it('allow one read for an access check, and a read and a transaction for sharing with 50', () => {
    const { calls } = budgets;
    const rows = ['CheckImageAccess, by the compute platform, 50 recipients', 'ShareImage, with one', 'ShareImage, with 50'];

    expect(rows.map((row) => calls[row]?.requests)).toEqual(['Get', 'BatchGet + TransactWrite', 'BatchGet + TransactWrite']);
    expect(calls[rows[0] as string]?.reads).toBe(1);
    expect(calls[rows[1] as string]?.writes).toBeLessThanOrEqual(10);
  });
});

describe('the cost of a copy job', () => {
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
});

describe.each(policyFixtures)('the cost of a launch under $name', (fixture) => {
  it('is, for a shared image, also an update of the share item, without touching the image', async () => {
    const { service, sentSince: takeCommands, inputs } = await serviceWithRecording();
    const image = anImageIn(fixture, { recipients: sharedWith([fixture.principalOf('h01')]) });
    await service.putImages(image);
    takeCommands();
    inputs.splice(0);
    await service.call(runInstance, { region: fixture.region, imageId: image.imageId }, { as: 'h01' });

    expect(takeCommands()).toEqual([...batchReadAndTransaction, 'Update']);
    expect(inputs.at(-1)).toMatchObject({ Key: shareKey(image, fixture.principalOf('h01')) });
    expect(JSON.stringify(inputs[1])).not.toContain('IMAGE#');
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
  if (Array.isArray(value) || value instanceof Set) {
    return [...value].reduce<number>((sum, entry) => sum + 1 + sizeOf(entry), 3);
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
