import type { Shares } from './calls.ts';

/** How many of those entered hold an image not yet, and how many more than it has places for. */
export function roomFor({ cap, shares, used }: Shares, ids: readonly string[]) {
  const holders = new Set<string>(shares.map(({ recipient }) => recipient));
  const newcomers = ids.filter((id) => !holders.has(id)).length;
  const left = cap - used - newcomers;
  return { newcomers, left, over: newcomers > 0 ? Math.max(0, -left) : 0 };
}
