import { pageLimitMax } from '../model/limits.ts';
import type { Page, PageRequest, PositionedPage } from '../table/store.ts';

/** How many entries of a list one call reads at most in order to fill its page. */
export const entriesReadMax = 1_000;

/**
 * Reads a list until the page has `limit` entries that match, the list ends, or `entriesReadMax` entries were read. Only in the
 * last case can a page be short although it has a `next`.
 */
export async function fillPage<Entry, Match>(
  { limit, after, isFiltered }: PageRequest & { readonly isFiltered: boolean },
  read: (page: PageRequest) => Promise<PositionedPage<Entry>>,
  /** What to show of each entry; undefined for entries that do not match. */
  match: (entries: readonly Entry[]) => Promise<readonly (Match | undefined)[]>,
): Promise<Page<Match>> {
  const matches: Match[] = [];
  let position = after;
  for (let entriesRead = 0; entriesRead < entriesReadMax; ) {
    const size = isFiltered ? pageLimitMax : limit - matches.length;
    const { entries, positions, next } = await read({ limit: size, after: position });
    for (const [at, found] of (await match(entries)).entries()) {
      if (found !== undefined) {
        matches.push(found);
      }
      if (matches.length === limit) {
        return pageOf(matches, at === entries.length - 1 ? next : positions[at]);
      }
    }
    if (next === undefined) {
      return { entries: matches };
    }
    position = next;
    entriesRead += size;
  }
  return pageOf(matches, position);
}

const pageOf = <Match>(entries: readonly Match[], next: string | undefined): Page<Match> => ({
  entries,
  ...(next !== undefined && { next }),
});
