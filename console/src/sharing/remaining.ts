import type { Shares } from './calls.ts';

/** How many of those entered hold an image not yet, and how many more than it has places for. */
export function remainingAfter({ cap, shares, used }: Shares, ids: readonly string[]) {
  const current = new Set<string>(shares.map(({ recipient }) => recipient));
  const added = ids.filter((id) => !current.has(id)).length;
  const left = cap - used - added;
  return { added, left, over: added > 0 ? Math.max(0, -left) : 0 };
}
