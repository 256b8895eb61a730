import type { DocumentClient } from '../../lib/table/document-client.ts';
import { countInIndex, queryOf } from '../../lib/table/numbered-lists.ts';
import type { CountQuery } from '../../lib/table/store.ts';
import { TableClient } from '../../lib/table/table-client.ts';
import { noon, principal, region } from '../support/builders.ts';

interface Query {
  readonly Limit: number;
  readonly Select?: 'COUNT';
  readonly ExclusiveStartKey?: { readonly GSI1SK: string };
}

/** An index of which these entries match. Their positions are their numbers. A page has at most `pageMax` entries. */
function indexWith(matches: readonly boolean[], pageMax = Number.POSITIVE_INFINITY) {
  const queries: string[] = [];
  const send = async ({ input }: { readonly input: Query }) => {
    const { Limit, Select, ExclusiveStartKey } = input;
    queries.push(`${Select === 'COUNT' ? 'count' : 'read'} ${Limit}`);
    const start = ExclusiveStartKey === undefined ? 0 : Number(ExclusiveStartKey.GSI1SK) + 1;
    const page = matches.slice(start, start + Math.min(Limit, pageMax));
    const Items = page.flatMap((isMatch, at) => (isMatch ? [{ GSI1SK: String(start + at) }] : []));
    const last = start + page.length - 1;
    return {
      ...(Select === undefined && { Items }),
      Count: Items.length,
      ScannedCount: page.length,
      ...(last < matches.length - 1 && { LastEvaluatedKey: { GSI1SK: String(last) } }),
    };
  };
  const table = new TableClient({ send } as unknown as DocumentClient, 'table');
  const query = { partition: 'list', keyOf: (position: string) => ({ PK: position, SK: position }) };
  return { queries, count: (of: Pick<CountQuery, 'skip' | 'entriesMax'>) => countInIndex(table, query, of) };
}

const entries = (length: number, isMatch: (at: number) => boolean = () => true) => Array.from({ length }, (_, at) => isMatch(at));

describe('countInIndex', () => {
  it.each([
    ['none to skip', { skip: 0, entriesMax: 100 }, { count: 10 }, ['count 100']],
    ['some to skip', { skip: 3, entriesMax: 100 }, { count: 10, after: '2' }, ['count 3', 'count 97']],
    ['all to skip', { skip: 10, entriesMax: 100 }, { count: 10 }, ['count 10']],
    ['more to skip than there are', { skip: 11, entriesMax: 100 }, { count: 10 }, ['count 11']],
    ['fewer entries to read than there are', { skip: 3, entriesMax: 5 }, { count: 5, after: '2' }, ['count 3', 'count 2']],
    ['as many to skip as to read', { skip: 5, entriesMax: 5 }, { count: 5, after: '4' }, ['count 5']],
    ['more to skip than to read', { skip: 6, entriesMax: 5 }, { count: 5, after: '4' }, ['count 5']],
  ])('counts a list that matches, with %s', async (_, query, expected, queries) => {
    const index = indexWith(entries(10));

    expect(await index.count(query)).toEqual(expected);
    expect(index.queries).toEqual(queries);
  });

  it('goes on counting while half of the entries match', async () => {
    const index = indexWith(entries(20, (at) => at % 2 === 0));

    expect(await index.count({ skip: 8, entriesMax: 100 })).toEqual({ count: 10, after: '14' });
    expect(index.queries).toEqual(['count 8', 'count 4', 'count 2', 'count 1', 'count 85']);
  });

  it('reads the next matches if fewer match', async () => {
    const index = indexWith(entries(100, (at) => at % 10 === 0));

    expect(await index.count({ skip: 5, entriesMax: 200 })).toEqual({ count: 10, after: '40' });
    expect(index.queries).toEqual(['count 5', 'read 195', 'count 195']);
  });

  it('reads 1,000 entries at once, and counts again after them', async () => {
    const index = indexWith(entries(3_000, (at) => at % 800 === 0));

    expect(await index.count({ skip: 3, entriesMax: 10_000 })).toEqual({ count: 4, after: '1600' });
    expect(index.queries).toEqual(['count 3', 'read 1000', 'count 1', 'read 1000', 'count 8996']);
  });

  it('reads no more entries than it may', async () => {
    const index = indexWith(entries(3_000, (at) => at % 800 === 0));

    expect(await index.count({ skip: 4, entriesMax: 1_500 })).toEqual({ count: 2, after: '1499' });
    expect(index.queries).toEqual(['count 4', 'read 1000', 'count 2', 'read 494']);
  });

  it('goes on after pages that are cut short', async () => {
    const index = indexWith(entries(14), 4);

    expect(await index.count({ skip: 6, entriesMax: 100 })).toEqual({ count: 14, after: '5' });
    expect(index.queries).toEqual(['count 6', 'count 2', 'count 94', 'count 90']);
  });
});

describe('the condition of a list', () => {
  const place = { region: region('r'), principal: principal('p') };

  it('is about expiration for received images only', () => {
    const conditions = (['owned', 'received'] as const).map((list) => queryOf(list, place, { now: noon }).condition?.parts);

    expect(conditions).toEqual([[], ['NOT endsAt BETWEEN :first_second AND :now']]);
  });
});
