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
        .map((item) => Object.fromEntries(projected.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])))),
    );
  }

  /** Runs an index query as of `lag` writes ago. Supports only the expressions that the store uses. */
  query(input: QueryCommandInput, lag: number): { Items: Item[]; Count: number; ScannedCount: number; LastEvaluatedKey?: Item } {
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
    const Items = page.filter(matcherOf(filters));
    return {
      Items,
      Count: Items.length,
      ScannedCount: page.length,
      ...(matches.length > page.length && end !== undefined && { LastEvaluatedKey: keysOf(end) }),
    };
  }
}

const projected = ['PK', 'SK', 'GSI1PK', 'GSI1SK', 'record', 'state', 'products', 'product', 'endsAt'];

/** Evaluates the store's conditions, which the names of their values tell apart. */
function matcherOf({ ':now': now, ':first_second': _, ':product': product, ...rest }: Item): (item: Item) => boolean {
  const values = Object.entries(rest);
  const states = values.filter(([name]) => name.startsWith(':state')).map(([, state]) => state);
  const ofRecord = values.filter(([name]) => !name.startsWith(':state'));
  return ({ record, state, endsAt = 0, products, product: own }) =>
    ofRecord.every(([name, value]) => (record as Item | undefined)?.[name.slice(1)] === value) &&
    (states.length === 0 || states.includes(state)) &&
    (now === undefined || endsAt === 0 || (endsAt as number) > (now as number)) &&
    (product === undefined || product === own || (products as unknown[] | undefined)?.includes(product) === true);
}

const keysOf = ({ PK, SK, GSI1PK, GSI1SK }: Item): Item => ({ PK, SK, GSI1PK, GSI1SK });
