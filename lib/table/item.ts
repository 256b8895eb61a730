/** An item as the document client takes and gives it. Dates are ISO 8601 text at rest. */
export type Item = Record<string, unknown>;

/** What the item says apart from where it stands and when it goes. */
export function withoutKeys(item: Item): Item {
  const { PK: _, SK: __, GSI1PK: ___, GSI1SK: ____, ttl: _____, ...rest } = item;
  return rest;
}

/** A thing whose item has its fields as they are, but for `createdAt`. */
export const dated = <Thing>(item: Item): Thing =>
  ({ ...withoutKeys(item), createdAt: new Date(item['createdAt'] as string) }) as Thing;

export const epochSecondsOf = (at: Date): number => Math.floor(at.getTime() / 1_000);
