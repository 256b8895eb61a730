import type { Shares } from './calls.ts';

/** Counts the IDs that are new to the image, and by how many they exceed its limit. */
export function remainingAfter({ cap, shares, used }: Shares, ids: readonly string[]) {
  const current = new Set<string>(shares.map(({ recipient }) => recipient));
  const added = ids.filter((id) => !current.has(id)).length;
  const left = cap - used - added;
  return { added, left, over: added > 0 ? Math.max(0, -left) : 0 };
}
