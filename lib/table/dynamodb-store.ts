import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { AccessKey } from '../model/access-key.ts';
import type { AddressBookEntry } from '../model/address-book.ts';
import type { AccessKeyId, CopyJobId, CopyJobKey, ImageKey, InstanceId, InstanceKey, PrincipalId } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import type { PrincipalKind } from '../model/principal.ts';
import type { ChangeRecord, CleanUpTask } from '../model/record.ts';
import { type DocumentClient, mayHaveCommitted } from './document-client.ts';
import { factsFrom, keysFor } from './facts.ts';
import { imageItemIn, refusalIn, translateError, unknownOutcome } from './failures.ts';
import type { IndexQuery } from './index-query.ts';
import type { Item } from './item.ts';
import { accessKeyFrom, accessKeyKey, accessKeyUse } from './items/access-key.ts';
import { addressBookEntryFrom, addressBookKey } from './items/address-book.ts';
import { copyJobKey, copyJobKeyOf, copyJobsPartition } from './items/copy-job.ts';
import { deletedPartition, imageFrom, imageKey, imageKeyOf } from './items/image.ts';
import { instanceKey, instanceKeyOf, instancesPartition } from './items/instance.ts';
import { nonceKey, nonceUse } from './items/nonce.ts';
import { projectKey, projectsPartition } from './items/project.ts';
import { recipientsUpgrade } from './items/recipients.ts';
import { recordFrom, recordIdRange, recordKey, recordsPartition } from './items/record.ts';
import { shareFrom, shareKey, sharePrefix, shareUse } from './items/share.ts';
import { shardPartition, sortableSeconds, taskFrom } from './items/task.ts';
import { countInIndex, queryOf } from './numbered-lists.ts';
import { idAt, recordAt, recordPosition } from './positions.ts';
import {
  Contention,
  type CountQuery,
  type Facts,
  type ListedFilter,
  type NonceUse,
  type NumberedList,
  type Outcome,
  type Page,
  type PageRequest,
  type PositionedCount,
  type PositionedPage,
  type RecordFilter,
  type RegionalPrincipal,
  type ShareKey,
  type Store,
  type Stored,
  type Wanted,
} from './store.ts';
import { storedFrom } from './stored.ts';
import { batchMax, TableClient } from './table-client.ts';
import { transactItem } from './transaction.ts';

/** The store in one DynamoDB table, which serverless.yml defines as the resource `Table`. */
export class DynamoDBStore implements Store {
  readonly #table: TableClient;

  constructor(client: DocumentClient, table: string) {
    this.#table = new TableClient(client, table);
  }

  async read(wanted: Wanted): Promise<Facts> {
    const [firstKeys, missingKeys] = keysFor(wanted, batchMax);
    const items = await this.#table.batchGet(firstKeys);
    const facts = factsFrom(wanted, items);
    const missing = missingKeys(facts);
    return missing.length === 0 ? facts : factsFrom(wanted, [...items, ...(await this.#table.batchGet(missing))]);
  }

  async image(key: ImageKey): Promise<Image | undefined> {
    const item = await this.#table.get(imageKey(key));
    return item && imageFrom(item);
  }

  async accessKey(keyId: AccessKeyId): Promise<AccessKey | undefined> {
    const item = await this.#table.get(accessKeyKey(keyId));
    return item && accessKeyFrom(item);
  }

  async recordKeyUse(keyId: AccessKeyId, at: Date): Promise<void> {
    await this.#updateIfPossible(accessKeyUse(keyId, at));
  }

  async recordNonce(use: NonceUse): Promise<'new' | 'same-request' | 'other-request'> {
    try {
      await this.#table.send(new PutCommand({ TableName: this.#table.name, ...nonceUse(use) }));
      return 'new';
    } catch (failure) {
      if (!(failure instanceof ConditionalCheckFailedException)) {
        throw failure;
      }
      const item = await this.#table.get(nonceKey(use.keyId, use.nonce));
      if (item?.['id'] === use.id) {
        return 'new';
      }
      return item?.['request'] === use.request ? 'same-request' : 'other-request';
    }
  }

  async commit(steps: readonly Step[]): Promise<Outcome> {
    const command = new TransactWriteCommand({ TransactItems: steps.map((step) => transactItem(step, this.#table.name)) });
    try {
      await this.#table.client.send(command);
      return { committed: true };
    } catch (failure) {
      const refused = refusalIn(failure, steps);
      if (refused === undefined) {
        throw mayHaveCommitted(command) ? unknownOutcome(failure) : translateError(failure);
      }
      return (await this.#upgrade(imageItemIn(failure, steps))) ? this.commit(steps) : refused;
    }
  }

  /** Makes an image of an earlier version current, because no condition on its recipients holds before. Returns whether it did. */
  async #upgrade({ PK, SK, ...image }: Item = {}): Promise<boolean> {
    const update = recipientsUpgrade(image);
    return update !== undefined && this.#updateIfPossible({ Key: { PK, SK }, ...update });
  }

  async sharesOf(key: ImageKey): Promise<readonly Share[]> {
    const shares: Share[] = [];
    let startKey: Item | undefined;
    do {
      const page = await this.#table.send(
        new QueryCommand({
          TableName: this.#table.name,
          ConsistentRead: true,
          KeyConditionExpression: 'PK = :image AND begins_with(SK, :shares)',
          ExpressionAttributeValues: { ':image': imageKey(key).PK, ':shares': sharePrefix },
          ExclusiveStartKey: startKey,
        }),
      );
      shares.push(...(page.Items ?? []).map(shareFrom));
      startKey = page.LastEvaluatedKey;
    } while (startKey !== undefined);
    return shares;
  }

  async shares(keys: readonly ShareKey[]): Promise<readonly Share[]> {
    return (await this.#table.batchGet(keys.map((key) => shareKey(key, key.recipient)))).map(shareFrom);
  }

  ownedImages(principal: RegionalPrincipal, page: PageRequest, filter?: ListedFilter): Promise<PositionedPage<ImageKey>> {
    return this.#pageOf({ ...queryOf('owned', principal, filter), page }, imageKeyOf);
  }

  receivedImages(principal: RegionalPrincipal, page: PageRequest, filter?: ListedFilter): Promise<PositionedPage<ImageKey>> {
    return this.#pageOf({ ...queryOf('received', principal, filter), page }, imageKeyOf);
  }

  countListed(list: NumberedList, principal: RegionalPrincipal, query: CountQuery): Promise<PositionedCount> {
    return countInIndex(this.#table, queryOf(list, principal, query), query);
  }

  deletedImages(principal: RegionalPrincipal, since: Date, page: PageRequest): Promise<Page<ImageKey>> {
    const query = { ...queryOf('owned', principal), partition: deletedPartition(principal) };
    return this.#pageOf({ ...query, page, range: [since.toISOString(), '~'] }, imageKeyOf);
  }

  instancesOf(principal: RegionalPrincipal, page: PageRequest): Promise<PositionedPage<InstanceKey>> {
    const keyOf = (position: string) => instanceKey({ region: principal.region, instanceId: idAt(position) as InstanceId });
    return this.#pageOf({ partition: instancesPartition(principal), page, newestFirst: true, keyOf }, instanceKeyOf);
  }

  copyJobsOf(principal: RegionalPrincipal, page: PageRequest): Promise<PositionedPage<CopyJobKey>> {
    const keyOf = (position: string) => copyJobKey({ region: principal.region, jobId: idAt(position) as CopyJobId });
    return this.#pageOf({ partition: copyJobsPartition(principal), page, newestFirst: true, keyOf }, copyJobKeyOf);
  }

  async projectsOf(account: PrincipalId, page: PageRequest): Promise<Page<PrincipalId>> {
    const { entries, next } = await this.#table.queryIndex({
      partition: projectsPartition(account),
      page,
      keyOf: (id) => projectKey(id as PrincipalId),
    });
    return { entries: entries.map((item) => item['GSI1SK'] as PrincipalId), ...next };
  }

  async addressBook(accountId: PrincipalId, { limit, after }: PageRequest): Promise<PositionedPage<AddressBookEntry>> {
    const keyAt = (principalId: string) => addressBookKey({ accountId, principalId: principalId as PrincipalId });
    const { Items = [], LastEvaluatedKey: lastKey } = await this.#table.send(
      new QueryCommand({
        TableName: this.#table.name,
        ConsistentRead: true,
        KeyConditionExpression: 'PK = :book',
        ExpressionAttributeValues: { ':book': keyAt('').PK },
        Limit: limit,
        ExclusiveStartKey: after === undefined ? undefined : keyAt(after),
      }),
    );
    const entries = Items.map(addressBookEntryFrom);
    return {
      entries,
      positions: entries.map(({ principalId }) => principalId),
      ...(lastKey && { next: lastKey['SK'] as string }),
    };
  }

  async records(
    { principal, kind }: { principal: PrincipalId; kind: PrincipalKind },
    filter: RecordFilter,
    page: PageRequest,
  ): Promise<Page<ChangeRecord>> {
    const position = page.after === undefined ? undefined : recordAt(page.after);
    const { entries, next } = await this.#table.queryIndex({
      partition: recordsPartition(kind, principal),
      page: { limit: page.limit, after: position?.id },
      newestFirst: true,
      range: recordIdRange(filter),
      filter: { region: filter.region, imageId: filter.imageId },
      keyOf: (id) => recordKey(position?.image as ImageKey, id),
      positionOf: (item) => recordPosition(item['GSI1SK'] as string, imageKeyOf(item)),
    });
    return { entries: entries.flatMap((item) => recordFrom(item) ?? []), ...next };
  }

  async record(key: ImageKey, id: string): Promise<ChangeRecord | undefined> {
    const item = await this.#table.get(recordKey(key, id));
    return item && recordFrom(item);
  }

  async recordUse(key: ImageKey, recipient: PrincipalId, at: Date): Promise<void> {
    await this.#updateIfPossible(shareUse(key, recipient, at));
  }

  async tasksDue(shard: number, until: number, { limit, after }: PageRequest): Promise<Page<CleanUpTask>> {
    const PK = shardPartition(shard);
    const page = await this.#table.send(
      new QueryCommand({
        TableName: this.#table.name,
        ConsistentRead: true,
        KeyConditionExpression: 'PK = :shard AND SK < :after',
        ExpressionAttributeValues: { ':shard': PK, ':after': sortableSeconds(until + 1) },
        Limit: limit,
        ExclusiveStartKey: after === undefined ? undefined : { PK, SK: after },
      }),
    );
    return {
      entries: (page.Items ?? []).map(taskFrom),
      ...(page.LastEvaluatedKey && { next: page.LastEvaluatedKey['SK'] as string }),
    };
  }

  async *everything(): AsyncIterable<Stored> {
    let startKey: Item | undefined;
    do {
      const page = await this.#table.send(
        new ScanCommand({ TableName: this.#table.name, ConsistentRead: true, ExclusiveStartKey: startKey }),
      );
      yield* (page.Items ?? []).map(storedFrom);
      startKey = page.LastEvaluatedKey;
    } while (startKey !== undefined);
  }

  async ping(): Promise<void> {
    await this.#table.get({ PK: 'HEALTH', SK: 'HEALTH' });
  }

  /** Updates an item if its condition holds and nothing else is writing it. Returns whether it did. */
  async #updateIfPossible(update: Omit<UpdateCommandInput, 'TableName'>): Promise<boolean> {
    try {
      await this.#table.send(new UpdateCommand({ TableName: this.#table.name, ...update }));
      return true;
    } catch (failure) {
      const isExpected = failure instanceof ConditionalCheckFailedException || failure instanceof Contention;
      if (!isExpected) {
        throw failure;
      }
      return false;
    }
  }

  /** Reads a page of keys. `entryOf` gets the PK and position of each item only. */
  async #pageOf<Entry>(query: IndexQuery, entryOf: (item: Item) => Entry): Promise<PositionedPage<Entry>> {
    const { entries, next } = await this.#table.queryIndex({ ...query, keysOnly: true });
    return { entries: entries.map(entryOf), positions: entries.map((item) => item['GSI1SK'] as string), ...next };
  }
}
