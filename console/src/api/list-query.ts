import { hashKey, type InfiniteData, infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';

/** While the user types, no search starts. */
export const typingMs = 300;

export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly nextCursor?: string | undefined;
}

/** A response can have few entries, or none, and still have a next cursor. */
export const defaultEntriesMin = 25;

/** A search loads this many matches before the user has to ask for more. */
export const matchesMin = 100;

/** After this many responses, the user decides whether to continue. */
const responsesMax = 20;

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
    queryFn: async ({ pageParam, signal }): Promise<Page<Entry>> => {
      const entries: Entry[] = [];
      let cursor = pageParam;
      for (let responses = 0; responses < responsesMax && entries.length < entriesMin; responses += 1) {
        const page = await read(cursor === undefined ? {} : { cursor }, signal);
        entries.push(...page.entries);
        cursor = page.nextCursor;
        if (cursor === undefined) {
          break;
        }
      }
      return { entries, nextCursor: cursor };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: entriesOf<Entry>,
  });
