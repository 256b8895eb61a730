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

/** Stop after this many consecutive empty pages and let the user decide whether to continue. */
const emptyPagesMax = 20;

/**
 * Loads a list page by page. A refresh loads as many items as before. Wrap `readPage` in useCallback. A page can be empty and
 * still have a next cursor.
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
  // A different list starts with one page. Must precede the effect that reads, in useCall.
  // biome-ignore lint/correctness/useExhaustiveDependencies: resets when the list changes.
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
