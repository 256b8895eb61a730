import type { Numbered, NumberedPage } from '../model/numbered-list.ts';
import type {
  CountQuery,
  ListedFilter,
  NumberedList,
  PageRequest,
  PositionedPage,
  RegionalPrincipal,
  Store,
} from '../table/store.ts';

/** One of several lists that follow each other, and what to show of its entries. */
export interface ListPart<Key, Entry> {
  readonly list: NumberedList;
  readonly principal: RegionalPrincipal;
  readonly readPage: (page: PageRequest) => Promise<PositionedPage<Key>>;
  /** What to show of each entry; undefined for entries that don't count after all. */
  readonly show: (keys: readonly Key[]) => Promise<readonly (Entry | undefined)[]>;
}

/** How many entries of one list are counted. The last page ends there. */
const entriesMax = 10_000;

/** How many entries are read at once where few match. */
const chunk = 1_000;

/**
 * Reads a page of lists that follow each other. Only the entries of the page are read in full: the others are counted in the index,
 * which lags a moment behind. Entries of the page that don't count after all are replaced by the next ones.
 */
export async function readNumberedPage<Key, Entry>(
  store: Store,
  parts: readonly ListPart<Key, Entry>[],
  filter: ListedFilter,
  { offset, limit }: NumberedPage,
): Promise<Numbered<Entry>> {
  if (filter.states?.length === 0) {
    return { total: 0, entries: [] };
  }
  let total = 0;
  const page: Entry[] = [];
  for (const part of parts) {
    const skip = Math.max(0, offset - total);
    const query: CountQuery = { ...filter, skip, entriesMax };
    const { count, after } = await store.countListed(part.list, part.principal, query);
    const { shown, gone } =
      count > skip && page.length < limit
        ? await fill(part, { wanted: limit - page.length, counted: count - skip, start: after })
        : { shown: [], gone: 0 };
    page.push(...shown);
    total += count - gone;
  }
  return { total, entries: page };
}

interface Wanted {
  /** How many entries to show. */
  readonly wanted: number;
  /** How many entries are counted from the start on. Entries beyond them aren't shown. */
  readonly counted: number;
  readonly start: string | undefined;
}

/** Reads entries until there are `wanted` ones to show, or no more are counted. `gone` are those that the index still counts. */
async function fill<Key, Entry>({ readPage, show }: ListPart<Key, Entry>, { wanted, counted, start }: Wanted) {
  const shown: Entry[] = [];
  let gone = 0;
  const missing = () => Math.min(wanted - shown.length, counted - shown.length - gone);
  let limit = missing();
  let after = start;
  do {
    const { entries, next } = await readPage({ limit, after });
    for (let at = 0; at < entries.length && missing() > 0; ) {
      const keys = entries.slice(at, at + missing());
      const found = await show(keys);
      gone += found.filter((entry) => entry === undefined).length;
      shown.push(...found.filter((entry) => entry !== undefined));
      at += keys.length;
    }
    after = next;
    limit = chunk;
  } while (after !== undefined && missing() > 0);
  return { shown, gone };
}
