/** An item as the document client reads and writes it. Dates are stored as ISO 8601 strings. */
export type Item = Record<string, unknown>;

/** Removes the key attributes and the TTL. */
export function withoutKeys(item: Item): Item {
  const { PK: _, SK: __, GSI1PK: ___, GSI1SK: ____, ttl: _____, ...rest } = item;
  return rest;
}

/** Converts an item whose attributes equal the fields, except for `createdAt`. */
export const dated = <Value>(item: Item): Value =>
  ({ ...withoutKeys(item), createdAt: new Date(item['createdAt'] as string) }) as Value;

/**
 * A Map for keys that callers or operators choose, such as IDs and names of regions. The document client reads the `constructor` of
 * plain objects, which can be one of the keys.
 */
export const mapOf = (entries: Readonly<Record<string, unknown>>): Map<string, unknown> => new Map(Object.entries(entries));

export const epochSecondsOf = (at: Date): number => Math.floor(at.getTime() / 1_000);
