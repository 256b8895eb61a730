import { pageLimitMax } from '../model/limits.ts';
import type { Page, PageRequest } from '../table/store.ts';

/** Reads all pages of a list. */
export async function everyEntry<Entry>(read: (page: PageRequest) => Promise<Page<Entry>>): Promise<Entry[]> {
  const all: Entry[] = [];
  let after: string | undefined;
  do {
    const { entries, next } = await read({ limit: pageLimitMax, after });
    all.push(...entries);
    after = next;
  } while (after !== undefined);
  return all;
}
