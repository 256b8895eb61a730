import { ScanCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../lib/table/document-client.ts';

export type Item = Record<string, unknown>;

export const nameOf = ({ PK, SK }: Item): string => JSON.stringify([PK, SK]);

/** Text that is the same for equal items. DynamoDB returns attributes, and the members of sets, in any order. */
export const textOf = (item: unknown): string =>
  JSON.stringify(item, (_, value: unknown) => {
    if (value instanceof Set) {
      return [...value].sort();
    }
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  });

/** The contents of a table, which can be restored if it is small. */
export class TableSnapshot {
  readonly #client: DocumentClient;
  readonly #table: string;
  #items: ReadonlyMap<string, Item> = new Map();

  private constructor(client: DocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  static async take(client: DocumentClient, table: string): Promise<TableSnapshot> {
    const snapshot = new TableSnapshot(client, table);
    snapshot.#items = await snapshot.#scan();
    return snapshot;
  }

  /** The items as they were. */
  get taken(): Item[] {
    return [...this.#items.values()];
  }

  /** The items as they are now. */
  async current(): Promise<Item[]> {
    return [...(await this.#scan()).values()];
  }

  async restore(): Promise<void> {
    const current = await this.#scan();
    const TableName = this.#table;
    const changed = [...this.#items].filter(([name, item]) => textOf(current.get(name)) !== textOf(item));
    const added = [...current].filter(([name]) => !this.#items.has(name));
    const TransactItems = [
      ...changed.map(([, Item]) => ({ Put: { TableName, Item } })),
      ...added.map(([, { PK, SK }]) => ({ Delete: { TableName, Key: { PK, SK } } })),
    ];
    if (TransactItems.length > 0) {
      await this.#client.send(new TransactWriteCommand({ TransactItems }));
    }
  }

  async #scan(): Promise<Map<string, Item>> {
    const found = new Map<string, Item>();
    let ExclusiveStartKey: Item | undefined;
    do {
      const page = await this.#client.send(new ScanCommand({ TableName: this.#table, ConsistentRead: true, ExclusiveStartKey }));
      page.Items?.forEach((item) => void found.set(nameOf(item), item));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return found;
  }
}
