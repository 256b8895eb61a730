import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { HolderKind } from '../model/holder.ts';
import type { HolderId, ImageKey, InstanceId, InstanceKey } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import type { ChangeRecord, Due } from '../model/record.ts';
import { factsFrom, keysOf, type WantedKeys } from './batch-get.ts';
import { isAboutTheRequest, noPosition, refusalIn, translated } from './failures.ts';
import { type IndexQuery, indexQuery } from './index-query.ts';
import type { Item } from './items.ts';
import * as items from './items.ts';
import * as keys from './keys.ts';
import { recordPosition } from './record-position.ts';
import {
  Contention,
  type Facts,
  type HolderPlace,
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

/** What the store needs of a client. */
export type DocumentClient = Pick<DynamoDBDocumentClient, 'send'>;

/** DynamoDB reads so many items in one batch. */
const batchMax = 100;

/** A batch of which DynamoDB keeps returning a part unread is given up after so many turns. */
const turnsMax = 20;

/** The store on one DynamoDB table, as the resource `Table` of serverless.yml defines it. */
export class DynamoDBStore implements Store {
  readonly #client: DocumentClient;
  readonly #table: string;

  constructor(client: DocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(wanted: Wanted): Promise<Facts> {
    const [first, rest] = keysOf(wanted, batchMax);
    const found = await this.#batchGet(first);
    const facts = factsFrom(wanted, found);
    const missing = rest(facts);
    return missing.length === 0 ? facts : factsFrom(wanted, [...found, ...(await this.#batchGet(missing))]);
  }

  async image(key: ImageKey): Promise<Image | undefined> {
    const { Item: item } = await this.#send(
      new GetCommand({ TableName: this.#table, Key: keys.imageKey(key), ConsistentRead: true }),
    );
    return item === undefined ? undefined : items.imageFrom(item);
  }

  async commit(steps: readonly Step[]): Promise<Outcome> {
    try {
      await this.#client.send(new TransactWriteCommand({ TransactItems: steps.map((step) => transactItem(step, this.#table)) }));
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
      const page = await this.#send(
        new QueryCommand({
          TableName: this.#table,
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
    const { entries, next } = await this.#queryIndex({
      partition: keys.instancesPartition(holder),
      page,
      keyOf: (position) => keys.instanceKey({ region: holder.region, instanceId: keys.idOfPosition(position) as InstanceId }),
    });
    return { entries: entries.map((item) => keys.instanceOfPartition(item['PK'] as string)), ...next };
  }

  async projectsOf(account: HolderId, page: PageRequest): Promise<Page<HolderId>> {
    const { entries, next } = await this.#queryIndex({
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
    const { entries, next } = await this.#queryIndex({
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
    const { Item: item } = await this.#send(
      new GetCommand({ TableName: this.#table, Key: keys.recordKey(key, id), ConsistentRead: true }),
    );
    return item === undefined ? undefined : items.recordFrom(item);
  }

  async noteUse(key: ImageKey, recipient: HolderId, at: Date): Promise<void> {
    try {
      await this.#send(
        new UpdateCommand({
          TableName: this.#table,
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
    const page = await this.#send(
      new QueryCommand({
        TableName: this.#table,
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
      const page = await this.#send(new ScanCommand({ TableName: this.#table, ConsistentRead: true, ExclusiveStartKey: from }));
      yield* (page.Items ?? []).map(items.storedFrom);
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
  }

  async ping(): Promise<void> {
    await this.#send(new GetCommand({ TableName: this.#table, Key: { PK: 'HEALTH', SK: 'HEALTH' }, ConsistentRead: true }));
  }

  async #imagesInIndex(
    partition: string,
    page: PageRequest,
    keyOf: (imageId: ImageKey['imageId']) => keys.Key,
    range?: readonly [string, string],
  ): Promise<Page<ImageKey>> {
    const { entries, next } = await this.#queryIndex({
      partition,
      page,
      range,
      keyOf: (position) => keyOf(keys.idOfPosition(position) as ImageKey['imageId']),
    });
    return { entries: entries.map((item) => keys.imageOfPartition(item['PK'] as string)), ...next };
  }

  async #queryIndex(query: IndexQuery): Promise<{ entries: Item[]; next: { next?: string } }> {
    const { Items, LastEvaluatedKey: last } = await this.#send(
      new QueryCommand({ TableName: this.#table, ...indexQuery(query) }),
    ).catch((failure: unknown) => {
      throw query.page.after !== undefined && isAboutTheRequest(failure) ? noPosition(failure) : failure;
    });
    const positionOf = query.positionOf ?? ((item) => item['GSI1SK'] as string);
    return { entries: Items ?? [], next: last === undefined ? {} : { next: positionOf(last) } };
  }

  async #batchGet(wanted: readonly WantedKeys[]): Promise<Item[]> {
    const found: Item[] = [];
    const batches = Array.from({ length: Math.ceil(wanted.length / batchMax) }, (_, n) =>
      wanted.slice(n * batchMax, (n + 1) * batchMax),
    );
    await Promise.all(batches.map(async (batch) => found.push(...(await this.#batchGetOnce(batch)))));
    return found;
  }

  async #batchGetOnce(batch: readonly WantedKeys[]): Promise<Item[]> {
    const found: Item[] = [];
    let left: Item[] = [...batch];
    for (let turn = 0; left.length > 0; turn += 1) {
      if (turn === turnsMax) {
        throw new Contention('DynamoDB keeps leaving a part of a batch unread');
      }
      const answer = await this.#send(
        new BatchGetCommand({ RequestItems: { [this.#table]: { Keys: left, ConsistentRead: true } } }),
      );
      found.push(...(answer.Responses?.[this.#table] ?? []));
      left = answer.UnprocessedKeys?.[this.#table]?.Keys ?? [];
    }
    return found;
  }

  readonly #send: DocumentClient['send'] = async (...args: unknown[]) => {
    try {
      return await (this.#client.send as (...passed: unknown[]) => Promise<never>)(...args);
    } catch (failure) {
      throw translated(failure);
    }
  };
}
