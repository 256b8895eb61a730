export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly nextCursor?: string | undefined;
}

/**
 * After this many responses, the user decides whether to continue. A response of a search covers 1,000 images. Of 10,000 shared
 * images, a search needs 21: one by image ID, ten by owner, and ten by name.
 */
const responsesMax = 50;

/** Reads pages until there are enough entries, or the list ends. */
export async function readMatches<Entry>(
  read: (page: { readonly cursor?: string }) => Promise<Page<Entry>>,
  start: string | undefined,
  entriesMin: number,
): Promise<Page<Entry>> {
  const entries: Entry[] = [];
  let cursor = start;
  for (let responses = 0; responses < responsesMax && entries.length < entriesMin; responses += 1) {
    const page = await read(cursor === undefined ? {} : { cursor });
    entries.push(...page.entries);
    cursor = page.nextCursor;
    if (cursor === undefined) {
      break;
    }
  }
  return { entries, nextCursor: cursor };
}
