import type { ImageKey } from '../../../lib/model/ids.ts';
import type { Image } from '../../../lib/model/image.ts';
import type { CountQuery, ListedFilter, Page, PageRequest, PositionedCount, PositionedPage } from '../../../lib/table/store.ts';

/** Returns the things that exist, by name. */
export const getExisting = <Name, Value>(names: readonly Name[], get: (name: Name) => Value | undefined): Map<Name, Value> =>
  new Map(
    names.flatMap((name) => {
      const value = get(name);
      return value === undefined ? [] : [[name, value] as [Name, Value]];
    }),
  );

/** A page of images, newest first: their keys and positions. */
export function imagePageOf<Entry extends ImageKey>(
  all: readonly Entry[],
  position: (entry: Entry) => string,
  page: PageRequest,
): PositionedPage<ImageKey> {
  const { entries, ...rest } = pageOf(all, position, page, true);
  return { ...rest, entries: entries.map(({ region, imageId }) => ({ region, imageId })), positions: entries.map(position) };
}

/** Returns a page of the entries in the order of their sort keys, as an index would. */
export function pageOf<Entry>(
  all: readonly Entry[],
  sortKey: (entry: Entry) => string,
  { limit, after }: PageRequest,
  newestFirst = false,
): Page<Entry> {
  const direction = newestFirst ? -1 : 1;
  const compare = (a: string, b: string) => (a < b ? -direction : a > b ? direction : 0);
  const sorted = all.map((entry) => ({ entry, key: sortKey(entry) })).sort((a, b) => compare(a.key, b.key));
  const rest = after === undefined ? sorted : sorted.filter(({ key }) => compare(key, after) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { entries: page.map(({ entry }) => entry), ...(rest.length > limit && last !== undefined && { next: last.key }) };
}

/** Counts entries that match, newest first, as an index would. */
export function countOf<Entry>(
  matching: readonly Entry[],
  position: (entry: Entry) => string,
  { skip, entriesMax }: CountQuery,
): PositionedCount {
  const positions = matching.map(position).sort().reverse().slice(0, entriesMax);
  const after = skip < positions.length ? positions[skip - 1] : undefined;
  return { count: positions.length, ...(after !== undefined && { after }) };
}

/** Whether an image, or what a share says about one, counts in a list. */
export const isListed = (
  { state, products, endsAt = 0 }: Pick<Image, 'state' | 'products'> & { readonly endsAt?: number },
  { states, product, now }: ListedFilter,
): boolean =>
  (states?.includes(state) ?? true) &&
  (product === undefined || products.includes(product)) &&
  (endsAt === 0 || endsAt * 1_000 > now.getTime());
