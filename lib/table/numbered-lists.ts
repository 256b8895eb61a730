/** Lists that are counted and paged by number. The index has what decides whether an entry counts, so nothing else is read. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ImageId } from '../model/ids.ts';
import { type Condition, type IndexQuery, indexQuery } from './index-query.ts';
import { epochSecondsOf } from './item.ts';
import { imageKey, ownedPartition } from './items/image.ts';
import { receivedPartition, shareKey } from './items/share.ts';
import { idAt } from './positions.ts';
import type { Key } from './schema.ts';
import type { CountQuery, ListedFilter, NumberedList, PageRequest, PositionedCount, RegionalPrincipal } from './store.ts';
import type { TableClient } from './table-client.ts';

/** How many entries are read at once to find the next match where few match. */
const chunk = 1_000;

/** Returns the condition for an entry of the list. */
function listedCondition(list: NumberedList, { states, product, now }: ListedFilter): Condition {
  const values: Record<string, unknown> = {};
  const names: Record<string, string> = {};
  const parts: string[] = [];
  if (list === 'received') {
    // 0 if the share never expires.
    parts.push('NOT endsAt BETWEEN :first_second AND :now');
    Object.assign(values, { ':first_second': 1, ':now': epochSecondsOf(now) });
  }
  if (states !== undefined) {
    parts.push(`#state IN (${states.map((_, index) => `:state${index}`).join(', ')})`);
    names['#state'] = 'state';
    Object.assign(values, Object.fromEntries(states.map((state, index) => [`:state${index}`, state])));
  }
  if (product !== undefined) {
    parts.push('contains(products, :product)');
    values[':product'] = product;
  }
  return { parts, names, values };
}

/** A query without a page. */
type WholeQuery = Omit<IndexQuery, 'page'>;

const lists = {
  owned: { partitionOf: ownedPartition, keyOf: ({ region }, id) => imageKey({ region, imageId: id as ImageId }) },
  received: {
    partitionOf: receivedPartition,
    keyOf: ({ region, principal }, id) => shareKey({ region, imageId: id as ImageId }, principal),
  },
} satisfies Readonly<Record<NumberedList, List>>;

interface List {
  readonly partitionOf: (principal: RegionalPrincipal) => string;
  /** Returns the key of the item with this ID. */
  readonly keyOf: (principal: RegionalPrincipal, id: string) => Key;
}

/** Returns the query for a list, newest first. Without a filter, for all of it, expired shares included. */
export function queryOf(name: NumberedList, principal: RegionalPrincipal, filter?: ListedFilter): WholeQuery {
  const { partitionOf, keyOf }: List = lists[name];
  return {
    partition: partitionOf(principal),
    newestFirst: true,
    keyOf: (position) => keyOf(principal, idAt(position)),
    condition: filter && listedCondition(name, filter),
  };
}

/** A number of matches, and the position after them if there are more entries. */
interface Counted {
  readonly count: number;
  /** How many entries were read up to that position. */
  readonly scanned: number;
  readonly next?: string | undefined;
}

/** Counts the entries that match, from the start of the list. See Store.countListed. */
export async function countInIndex(
  table: TableClient,
  query: WholeQuery,
  { skip, entriesMax }: Pick<CountQuery, 'skip' | 'entriesMax'>,
): Promise<PositionedCount> {
  let matched = 0;
  let read = 0;
  let position: string | undefined;
  let hasMore = true;
  let isSparse = false;
  // Reads exactly as many entries as are still to be skipped, so that it never skips too many.
  while (matched < skip && hasMore && read < entriesMax) {
    const left = skip - matched;
    const limit = Math.min(isSparse ? chunk : left, entriesMax - read);
    const { count, scanned, next }: Counted = isSparse
      ? await firstMatches(table, query, { limit, after: position }, left)
      : await countPage(table, query, { limit, after: position });
    isSparse = !isSparse && count < limit / 2;
    matched += count;
    read += scanned;
    position = next;
    hasMore = next !== undefined;
  }
  const after = hasMore && matched >= skip ? position : undefined;
  while (hasMore && read < entriesMax) {
    const { count, scanned, next }: Counted = await countPage(table, query, { limit: entriesMax - read, after: position });
    matched += count;
    read += scanned;
    position = next;
    hasMore = next !== undefined;
  }
  return { count: matched, ...(after !== undefined && { after }) };
}

/** Counts the matches among the next entries, without reading them. */
async function countPage(table: TableClient, query: WholeQuery, page: PageRequest): Promise<Counted> {
  const { Count, ScannedCount, LastEvaluatedKey } = await table.send(
    new QueryCommand({ TableName: table.name, ...indexQuery({ ...query, page }), Select: 'COUNT' }),
  );
  return { count: Count ?? 0, scanned: ScannedCount ?? 0, next: LastEvaluatedKey?.['GSI1SK'] as string | undefined };
}

/** Reads at most `max` matches among the next entries. If there are as many, the rest of the entries counts as not read. */
async function firstMatches(table: TableClient, query: WholeQuery, page: PageRequest, max: number): Promise<Counted> {
  const { entries, next } = await table.queryIndex({ ...query, page });
  const last = entries[max - 1];
  return last === undefined
    ? { count: entries.length, scanned: page.limit, next: next.next }
    : { count: max, scanned: 0, next: last['GSI1SK'] as string };
}
