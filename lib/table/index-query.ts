import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Item } from './item.ts';
import { indexName, type Key } from './schema.ts';
import type { PageRequest } from './store.ts';

/** One page of one partition of the index. */
export interface IndexQuery {
  readonly partition: string;
  readonly page: PageRequest;
  /** The table's key of the entry at a position. */
  readonly keyOf: (position: string) => Key;
  /** The position of an entry, where that is more than its sort key. */
  readonly positionOf?: (item: Item) => string;
  readonly newestFirst?: boolean;
  /** The first and the last sort key. */
  readonly range?: readonly [string, string] | undefined;
  /** What fields of the entry's record have to be; what is undefined may be anything. */
  readonly filter?: Readonly<Record<string, string | undefined>>;
}

/** Writes the query as DynamoDB takes it. */
export function indexQuery({
  partition,
  page,
  keyOf,
  newestFirst = false,
  range,
  filter = {},
}: IndexQuery): Omit<QueryCommandInput, 'TableName'> {
  const filters = Object.entries(filter).filter(([, value]) => value !== undefined);
  return {
    IndexName: indexName,
    KeyConditionExpression: `GSI1PK = :partition${range === undefined ? '' : ' AND GSI1SK BETWEEN :first AND :last'}`,
    ExpressionAttributeValues: {
      ':partition': partition,
      ...(range !== undefined && { ':first': range[0], ':last': range[1] }),
      ...Object.fromEntries(filters.map(([name, value]) => [`:${name}`, value])),
    },
    ...(filters.length > 0 && {
      FilterExpression: filters.map(([name]) => `#record.#${name} = :${name}`).join(' AND '),
      ExpressionAttributeNames: { '#record': 'record', ...Object.fromEntries(filters.map(([name]) => [`#${name}`, name])) },
    }),
    ScanIndexForward: !newestFirst,
    Limit: page.limit,
    ExclusiveStartKey: page.after === undefined ? undefined : { GSI1PK: partition, GSI1SK: page.after, ...keyOf(page.after) },
  };
}
