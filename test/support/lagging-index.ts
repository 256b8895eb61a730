import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';

type Item = Record<string, unknown>;

/** The table's index as of some writes ago, with only the attributes that it projects, in its order. */
export class LaggingIndex {
  readonly #scan: () => Promise<Item[]>;
  readonly #versions: Item[][] = [[]];

  constructor(scan: () => Promise<Item[]>) {
    this.#scan = scan;
  }

  async noteWrite(): Promise<void> {
    const items = await this.#scan();
    this.#versions.push(
      items
        .filter((item) => item['GSI1PK'] !== undefined)
        .map(({ PK, SK, GSI1PK, GSI1SK, record }) => ({ PK, SK, GSI1PK, GSI1SK, ...(record !== undefined && { record }) })),
    );
  }

  /** Runs an index query as of `lag` writes ago. Supports only the expressions that the store uses. */
  query(input: QueryCommandInput, lag: number): { Items: Item[]; LastEvaluatedKey?: Item } {
    const version = this.#versions[Math.max(0, this.#versions.length - 1 - lag)] ?? [];
    const { ':partition': partition, ':first': first, ':last': last, ...filters } = input.ExpressionAttributeValues ?? {};
    const direction = input.ScanIndexForward === false ? -1 : 1;
    const sortKeyOf = (item: Item) => `${item['GSI1SK']} ${item['PK']} ${item['SK']}`;
    const compare = (a: string, b: string) => (a < b ? -direction : a > b ? direction : 0);
    const start = input.ExclusiveStartKey;
    const matches = version
      .filter((item) => item['GSI1PK'] === partition)
      .filter(({ GSI1SK }) => first === undefined || ((GSI1SK as string) >= first && (GSI1SK as string) <= last))
      .sort((a, b) => compare(sortKeyOf(a), sortKeyOf(b)))
      .filter((item) => start === undefined || compare(sortKeyOf(item), sortKeyOf(start)) > 0);
    const page = matches.slice(0, input.Limit);
    const end = page.at(-1);
    const record = (item: Item) => item['record'] as Item | undefined;
    return {
      Items: page.filter((item) => Object.entries(filters).every(([name, value]) => record(item)?.[name.slice(1)] === value)),
      ...(matches.length > page.length && end !== undefined && { LastEvaluatedKey: keysOf(end) }),
    };
  }
}

const keysOf = ({ PK, SK, GSI1PK, GSI1SK }: Item): Item => ({ PK, SK, GSI1PK, GSI1SK });
