import { hashKey, type InfiniteData, infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';
import { type Page, readMatches } from './read-matches.ts';

/** While the user types, no search starts. */
export const typingMs = 300;

/** A response can have few entries, or none, and still have a next cursor. */
export const defaultEntriesMin = 25;

/** A search loads this many matches before the user has to ask for more. */
export const matchesMin = 100;

const entriesOf = <Entry>({ pages }: InfiniteData<Page<Entry>, unknown>): readonly Entry[] =>
  pages.flatMap(({ entries }) => entries);

/** The data of another search, if it is in the same list. */
export const keepDataOf =
  <Entry>(list: QueryKey) =>
  (
    data: InfiniteData<Page<Entry>, string | undefined> | undefined,
    query: { readonly queryKey: QueryKey } | undefined,
  ): InfiniteData<Page<Entry>, string | undefined> | undefined =>
    query !== undefined && hashKey(query.queryKey.slice(0, list.length)) === hashKey(list) ? data : undefined;

/** A list that is loaded page by page. The data of the query is one list of entries. */
export const listQuery = <Entry>(
  queryKey: QueryKey,
  read: (page: { readonly cursor?: string }, signal: AbortSignal) => Promise<Page<Entry>>,
  entriesMin = defaultEntriesMin,
) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => readMatches((page) => read(page, signal), pageParam, entriesMin),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: entriesOf<Entry>,
  });
