interface Shares {
  readonly cap: number;
  readonly used: number;
  readonly shares: readonly { readonly recipient: string }[];
}

/** Counts the IDs that are new to the image, and by how many they exceed its limit. */
export function remainingAfter({ cap, shares, used }: Shares, ids: readonly string[]) {
  const current = new Set<string>(shares.map(({ recipient }) => recipient));
  const added = ids.filter((id) => !current.has(id)).length;
  const left = cap - used - added;
  return { added, left, over: added > 0 ? Math.max(0, -left) : 0 };
}

/** More images are shown only if something is wrong with them. */
const imagesShownMax = 5;
const troubledShownMax = 20;

/** Which rows a dialog shows, and how many others there are with and without trouble. */
export function rowsToShow<Row>(rows: readonly Row[], isTroubled: (row: Row) => boolean) {
  const troubled = rows.filter(isTroubled);
  const isShort = rows.length <= imagesShownMax;
  const shown = isShort ? rows : troubled.slice(0, troubledShownMax);
  return {
    shown,
    moreTroubled: Math.max(0, troubled.length - shown.length),
    others: isShort ? 0 : rows.length - troubled.length,
  };
}
