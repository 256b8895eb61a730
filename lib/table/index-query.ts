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
}

/** Creates the DynamoDB query. */
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
