import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, ScanCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { AccessKey } from '../model/access-key.ts';
import type { HolderKind } from '../model/holder.ts';
import type { AccessKeyId, HolderId, ImageKey, InstanceId, InstanceKey } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import type { ChangeRecord, Due } from '../model/record.ts';
import { factsFrom, keysOf } from './batch-get.ts';
import { batchMax, type DocumentClient, TableClient } from './client.ts';
import { refusalIn, translated } from './failures.ts';
import type { Item } from './items.ts';
import * as items from './items.ts';
import { recordPosition } from './positions.ts';
import * as keys from './schema.ts';
import {
  Contention,
  type Facts,
  type HolderPlace,
  type NonceUse,
  type Outcome,
  type Page,
  type PageRequest,
  type RecordFilter,
  type Store,
  type Stored,
  usesApartMs,
  type Wanted,
} from './store.ts';
import { timeRange } from './time-range.ts';
import { transactItem } from './transact-items.ts';

/** The store on one DynamoDB table, as the resource `Table` of serverless.yml defines it. */
export class DynamoDBStore implements Store {
  readonly #table: TableClient;

  constructor(client: DocumentClient, table: string) {
    this.#table = new TableClient(client, table);
  }

  async read(wanted: Wanted): Promise<Facts> {
    const [first, rest] = keysOf(wanted, batchMax);
    const found = await this.#table.batchGet(first);
    const facts = factsFrom(wanted, found);
    const missing = rest(facts);
    return missing.length === 0 ? facts : factsFrom(wanted, [...found, ...(await this.#table.batchGet(missing))]);
  }

  async image(key: ImageKey): Promise<Image | undefined> {
    const { Item: item } = await this.#table.send(
      new GetCommand({ TableName: this.#table.name, Key: keys.imageKey(key), ConsistentRead: true }),
    );
    return item === undefined ? undefined : items.imageFrom(item);
  }

  async accessKey(keyId: AccessKeyId): Promise<AccessKey | undefined> {
    const { Item: item } = await this.#table.send(
      new GetCommand({ TableName: this.#table.name, Key: keys.accessKeyKey(keyId), ConsistentRead: true }),
    );
    return item === undefined ? undefined : items.accessKeyFrom(item);
  }

  async useNonce(use: NonceUse): Promise<boolean> {
    try {
      await this.#table.send(
        new PutCommand({
          TableName: this.#table.name,
          Item: items.nonceItem(use),
          ConditionExpression: 'attribute_not_exists(PK) OR expiresAt <= :now',
          ExpressionAttributeValues: { ':now': Math.floor(use.now.getTime() / 1_000) },
        }),
      );
      return true;
    } catch (failure) {
      if (failure instanceof ConditionalCheckFailedException) {
        return false;
      }
      throw failure;
    }
  }

  async commit(steps: readonly Step[]): Promise<Outcome> {
    try {
      await this.#table.client.send(
        new TransactWriteCommand({ TransactItems: steps.map((step) => transactItem(step, this.#table.name)) }),
      );
      return { committed: true };
    } catch (failure) {
      const refused = refusalIn(failure, steps);
      if (refused === undefined) {
        throw translated(failure);
      }
      return refused;
    }
  }

  async sharesOf(key: ImageKey): Promise<readonly Share[]> {
    const shares: Share[] = [];
    let from: Item | undefined;
    do {
      const page = await this.#table.send(
        new QueryCommand({
          TableName: this.#table.name,
          ConsistentRead: true,
          KeyConditionExpression: 'PK = :image AND begins_with(SK, :shares)',
          ExpressionAttributeValues: { ':image': keys.imageKey(key).PK, ':shares': keys.sharePrefix },
          ExclusiveStartKey: from,
        }),
      );
      shares.push(...(page.Items ?? []).map(items.shareFrom));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return shares;
  }

  ownedImages(holder: HolderPlace, page: PageRequest): Promise<Page<ImageKey>> {
    return this.#imagesInIndex(keys.ownedPartition(holder), page, (imageId) => keys.imageKey({ region: holder.region, imageId }));
  }

  receivedImages(holder: HolderPlace, page: PageRequest): Promise<Page<ImageKey>> {
    return this.#imagesInIndex(keys.receivedPartition(holder), page, (imageId) =>
      keys.shareKey({ region: holder.region, imageId }, holder.holder),
    );
  }

  endedImages(holder: HolderPlace, since: Date, page: PageRequest): Promise<Page<ImageKey>> {
    return this.#imagesInIndex(
      keys.endedPartition(holder),
      page,
      (imageId) => keys.imageKey({ region: holder.region, imageId }),
      [since.toISOString(), '~'],
    );
  }

  async instancesOf(holder: HolderPlace, page: PageRequest): Promise<Page<InstanceKey>> {
    const { entries, next } = await this.#table.queryIndex({
      partition: keys.instancesPartition(holder),
      page,
      keyOf: (position) => keys.instanceKey({ region: holder.region, instanceId: keys.idOfPosition(position) as InstanceId }),
    });
    return { entries: entries.map((item) => keys.instanceOfPartition(item['PK'] as string)), ...next };
  }

  async projectsOf(account: HolderId, page: PageRequest): Promise<Page<HolderId>> {
    const { entries, next } = await this.#table.queryIndex({
      partition: keys.projectsPartition(account),
      page,
      keyOf: (id) => keys.projectKey(id as HolderId),
    });
    return { entries: entries.map((item) => item['GSI1SK'] as HolderId), ...next };
  }

  async records(
    { holder, kind }: { holder: HolderId; kind: HolderKind },
    filter: RecordFilter,
    page: PageRequest,
  ): Promise<Page<ChangeRecord>> {
    const position = page.after?.split('#');
    const { entries, next } = await this.#table.queryIndex({
      partition: keys.recordsPartition(kind, holder),
      page: { limit: page.limit, after: position?.[0] },
      newestFirst: true,
      range: timeRange(filter),
      filter: { region: filter.region, imageId: filter.imageId },
      keyOf: (id) => keys.recordKey(keys.imageOfPartition(`IMAGE#${position?.[1]}#${position?.[2]}`), id),
      positionOf: (item) => recordPosition(item['GSI1SK'] as string, keys.imageOfPartition(item['PK'] as string)),
    });
    return { entries: entries.flatMap((item) => items.recordFrom(item) ?? []), ...next };
  }

  async record(key: ImageKey, id: string): Promise<ChangeRecord | undefined> {
    const { Item: item } = await this.#table.send(
      new GetCommand({ TableName: this.#table.name, Key: keys.recordKey(key, id), ConsistentRead: true }),
    );
    return item === undefined ? undefined : items.recordFrom(item);
  }

  async noteUse(key: ImageKey, recipient: HolderId, at: Date): Promise<void> {
    try {
      await this.#table.send(
        new UpdateCommand({
          TableName: this.#table.name,
          Key: keys.shareKey(key, recipient),
          UpdateExpression: 'SET lastUsedAt = :at',
          ConditionExpression: 'attribute_exists(PK) AND (attribute_not_exists(lastUsedAt) OR lastUsedAt <= :aMinuteAgo)',
          ExpressionAttributeValues: {
            ':at': at.toISOString(),
            ':aMinuteAgo': new Date(at.getTime() - usesApartMs).toISOString(),
          },
        }),
      );
    } catch (failure) {
      const isNoted = failure instanceof ConditionalCheckFailedException || failure instanceof Contention;
      if (!isNoted) {
        throw failure;
      }
    }
  }

  async due(shard: number, until: number, { limit, after }: PageRequest): Promise<Page<Due>> {
    const PK = keys.shardPartition(shard);
    const page = await this.#table.send(
      new QueryCommand({
        TableName: this.#table.name,
        ConsistentRead: true,
        KeyConditionExpression: 'PK = :shard AND SK < :after',
        ExpressionAttributeValues: { ':shard': PK, ':after': keys.dueTime(until + 1) },
        Limit: limit,
        ExclusiveStartKey: after === undefined ? undefined : { PK, SK: after },
      }),
    );
    return {
      entries: (page.Items ?? []).map(items.dueFrom),
      ...(page.LastEvaluatedKey && { next: page.LastEvaluatedKey['SK'] as string }),
    };
  }

  async *everything(): AsyncIterable<Stored> {
    let from: Item | undefined;
    do {
      const page = await this.#table.send(
        new ScanCommand({ TableName: this.#table.name, ConsistentRead: true, ExclusiveStartKey: from }),
      );
      yield* (page.Items ?? []).map(items.storedFrom);
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
  }

  async ping(): Promise<void> {
    await this.#table.send(
      new GetCommand({ TableName: this.#table.name, Key: { PK: 'HEALTH', SK: 'HEALTH' }, ConsistentRead: true }),
    );
  }

  async #imagesInIndex(
    partition: string,
    page: PageRequest,
    keyOf: (imageId: ImageKey['imageId']) => keys.Key,
    range?: readonly [string, string],
  ): Promise<Page<ImageKey>> {
    const { entries, next } = await this.#table.queryIndex({
      partition,
      page,
      range,
      keyOf: (position) => keyOf(keys.idOfPosition(position) as ImageKey['imageId']),
    });
    return { entries: entries.map((item) => keys.imageOfPartition(item['PK'] as string)), ...next };
  }
}
