import { useCallback, useEffect, useRef } from 'react';
import { type Called, useCall } from './use-call.ts';

interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly nextCursor?: string | undefined;
}

export interface Pages<Entry> extends Called<readonly Entry[]> {
  readonly hasMore: boolean;
  readonly loadMore: () => void;
}

/** So many pages may hold nothing before a person is asked whether to go on. */
const emptyPagesMax = 20;

/**
 * A list that is read page by page, as far as it was asked for; reading it again reads as many pages anew. `readPage` has to
 * be made by useCallback. A page may be empty and yet have a next one.
 */
export function usePages<Entry>(
  readPage: (cursor: string | undefined) => Promise<Page<Entry>>,
  { everyMs, atLeast = 25 }: { readonly everyMs?: number | undefined; readonly atLeast?: number } = {},
): Pages<Entry> {
  const wanted = useRef(atLeast);
  const read = useCallback(async () => {
    const entries: Entry[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < emptyPagesMax || entries.length > 0; page += 1) {
      const { entries: some, nextCursor } = await readPage(cursor);
      entries.push(...some);
      cursor = nextCursor;
      if (cursor === undefined || entries.length >= wanted.current) {
        break;
      }
    }
    return { entries, hasMore: cursor !== undefined };
  }, [readPage]);
  // Another list begins with as much as any. This effect stands before the one that reads.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is read is what the effect is for.
  useEffect(() => {
    wanted.current = atLeast;
  }, [readPage, atLeast]);
  const called = useCall(read, { everyMs });
  return {
    ...called,
    data: called.data?.entries,
    hasMore: called.data?.hasMore ?? false,
    loadMore: () => {
      wanted.current += atLeast;
      void called.refresh();
    },
  };
}
