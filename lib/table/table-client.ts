import { BatchGetCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from './document-client.ts';
import { invalidCursor, isValidationError, translateError } from './failures.ts';
import { type IndexQuery, indexQuery } from './index-query.ts';
import type { Item } from './item.ts';
import type { Key } from './schema.ts';
import { Contention } from './store.ts';

/** Maximum number of items in a BatchGetItem request. */
export const batchMax = 100;

/** Maximum number of requests for one batch while DynamoDB keeps returning unprocessed keys. */
const attemptsMax = 20;

/** One table, with what DynamoDB leaves to the caller: complete batches, index positions, and error translation. */
export class TableClient {
  readonly client: DocumentClient;
  readonly name: string;

  constructor(client: DocumentClient, name: string) {
    this.client = client;
    this.name = name;
  }

  /** Returns one page of the index, in order, and the position of the next page. */
  async queryIndex(query: IndexQuery): Promise<{ entries: Item[]; next: { next?: string } }> {
    const { Items, LastEvaluatedKey: lastKey } = await this.send(
      new QueryCommand({ TableName: this.name, ...indexQuery(query) }),
    ).catch((failure: unknown) => {
      throw query.page.after !== undefined && isValidationError(failure) ? invalidCursor(failure) : failure;
    });
    const positionOf = query.positionOf ?? ((item) => item['GSI1SK'] as string);
    return { entries: Items ?? [], next: lastKey === undefined ? {} : { next: positionOf(lastKey) } };
  }

  /** Reads one item, strongly consistent. */
  async get(key: Key): Promise<Item | undefined> {
    const { Item: item } = await this.send(new GetCommand({ TableName: this.name, Key: key, ConsistentRead: true }));
    return item;
  }

  /**
   * Reads items, strongly consistent, in as few batches as possible. Items that do not exist are omitted.
   */
  async batchGet(wanted: readonly Key[]): Promise<Item[]> {
    const items: Item[] = [];
    const batches = Array.from({ length: Math.ceil(wanted.length / batchMax) }, (_, n) =>
      wanted.slice(n * batchMax, (n + 1) * batchMax),
    );
    await Promise.all(batches.map(async (batch) => items.push(...(await this.#batchGetOnce(batch)))));
    return items;
  }

  async #batchGetOnce(batch: readonly Key[]): Promise<Item[]> {
    const items: Item[] = [];
    let keys: Item[] = batch.map((key) => ({ ...key }));
    for (let attempt = 0; keys.length > 0; attempt += 1) {
      if (attempt === attemptsMax) {
        throw new Contention('DynamoDB keeps returning unprocessed keys');
      }
      const response = await this.send(
        new BatchGetCommand({ RequestItems: { [this.name]: { Keys: keys, ConsistentRead: true } } }),
      );
      items.push(...(response.Responses?.[this.name] ?? []));
      keys = response.UnprocessedKeys?.[this.name]?.Keys ?? [];
    }
    return items;
  }

  /** Sends a command. Throws the errors that Store documents. */
  readonly send: DocumentClient['send'] = async (...args: unknown[]) => {
    try {
      return await (this.client.send as (...parameters: unknown[]) => Promise<never>)(...args);
    } catch (failure) {
      throw translateError(failure);
    }
  };
}
