import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { isAboutTheRequest, noPosition, translated } from './failures.ts';
import { type IndexQuery, indexQuery } from './index-query.ts';
import type { Item } from './item.ts';
import type { Key } from './schema.ts';
import { Contention } from './store.ts';

/** What the store needs of a client. */
export type DocumentClient = Pick<DynamoDBDocumentClient, 'send'>;

/** DynamoDB reads so many items in one batch. */
export const batchMax = 100;

/** A batch of which DynamoDB keeps returning a part unread is given up after so many turns. */
const turnsMax = 20;

/** One table, with what DynamoDB leaves to its callers: whole batches, positions in the index, failures by their names. */
export class TableClient {
  readonly client: DocumentClient;
  readonly name: string;

  constructor(client: DocumentClient, name: string) {
    this.client = client;
    this.name = name;
  }

  /** One page of the index, in its order, with the position that the next one starts after. */
  async queryIndex(query: IndexQuery): Promise<{ entries: Item[]; next: { next?: string } }> {
    const { Items, LastEvaluatedKey: last } = await this.send(
      new QueryCommand({ TableName: this.name, ...indexQuery(query) }),
    ).catch((failure: unknown) => {
      throw query.page.after !== undefined && isAboutTheRequest(failure) ? noPosition(failure) : failure;
    });
    const positionOf = query.positionOf ?? ((item) => item['GSI1SK'] as string);
    return { entries: Items ?? [], next: last === undefined ? {} : { next: positionOf(last) } };
  }

  /** Reads one item, strongly consistent. */
  async get(key: Key): Promise<Item | undefined> {
    const { Item: item } = await this.send(new GetCommand({ TableName: this.name, Key: key, ConsistentRead: true }));
    return item;
  }

  /** Reads items, strongly consistent, in as few batches as can be; those that do not exist are absent. */
  async batchGet(wanted: readonly Key[]): Promise<Item[]> {
    const found: Item[] = [];
    const batches = Array.from({ length: Math.ceil(wanted.length / batchMax) }, (_, n) =>
      wanted.slice(n * batchMax, (n + 1) * batchMax),
    );
    await Promise.all(batches.map(async (batch) => found.push(...(await this.#batchGetOnce(batch)))));
    return found;
  }

  async #batchGetOnce(batch: readonly Key[]): Promise<Item[]> {
    const found: Item[] = [];
    let left: Item[] = batch.map((key) => ({ ...key }));
    for (let turn = 0; left.length > 0; turn += 1) {
      if (turn === turnsMax) {
        throw new Contention('DynamoDB keeps leaving a part of a batch unread');
      }
      const answer = await this.send(
        new BatchGetCommand({ RequestItems: { [this.name]: { Keys: left, ConsistentRead: true } } }),
      );
      found.push(...(answer.Responses?.[this.name] ?? []));
      left = answer.UnprocessedKeys?.[this.name]?.Keys ?? [];
    }
    return found;
  }

  /** Sends a command. Throws failures as the store's promises name them. */
  readonly send: DocumentClient['send'] = async (...args: unknown[]) => {
    try {
      return await (this.client.send as (...passed: unknown[]) => Promise<never>)(...args);
    } catch (failure) {
      throw translated(failure);
    }
  };
}
