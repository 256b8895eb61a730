import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Item } from './item.ts';
import { indexName, type Key } from './schema.ts';
import type { PageRequest } from './store.ts';

/** A query for one page of one partition of the index. */
export interface IndexQuery {
  readonly partition: string;
  readonly page: PageRequest;
  /** Returns the table key of the entry at a position. */
  readonly keyOf: (position: string) => Key;
  /** Returns the position of an entry, if it is more than the sort key. */
  readonly positionOf?: (item: Item) => string;
  readonly newestFirst?: boolean;
  /** The first and last sort key, inclusive. */
  readonly range?: readonly [string, string] | undefined;
  /** Required values of fields in the record of the entry. Undefined values match anything. */
  readonly filter?: Readonly<Record<string, string | undefined>>;
  readonly condition?: Condition | undefined;
  /** Whether to read only `PK` and `GSI1SK`: which item an entry is of, and its position. */
  readonly keysOnly?: boolean;
}

/** A condition on what the index has of an entry. */
export interface Condition {
  /** Expressions that must all be true. */
  readonly parts: readonly string[];
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Creates the DynamoDB query. */
export function indexQuery({
  partition,
  page,
  keyOf,
  newestFirst = false,
  range,
  filter = {},
  condition = { parts: [], names: {}, values: {} },
  keysOnly = false,
}: IndexQuery): Omit<QueryCommandInput, 'TableName'> {
  const filters = Object.entries(filter).filter(([, value]) => value !== undefined);
  const parts = [...filters.map(([name]) => `#record.#${name} = :${name}`), ...condition.parts];
  const names = {
    ...(filters.length > 0 && { '#record': 'record', ...Object.fromEntries(filters.map(([name]) => [`#${name}`, name])) }),
    ...condition.names,
  };
  return {
    IndexName: indexName,
    KeyConditionExpression: `GSI1PK = :partition${range === undefined ? '' : ' AND GSI1SK BETWEEN :first AND :last'}`,
    ExpressionAttributeValues: {
      ':partition': partition,
      ...(range !== undefined && { ':first': range[0], ':last': range[1] }),
      ...Object.fromEntries(filters.map(([name, value]) => [`:${name}`, value])),
      ...condition.values,
    },
    ...(keysOnly && { ProjectionExpression: 'PK, GSI1SK' }),
    ...(parts.length > 0 && { FilterExpression: parts.join(' AND ') }),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ScanIndexForward: !newestFirst,
    Limit: page.limit,
    ExclusiveStartKey: page.after === undefined ? undefined : { GSI1PK: partition, GSI1SK: page.after, ...keyOf(page.after) },
  };
}
