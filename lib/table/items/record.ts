/** Change records. The index partition includes the kind of principal, because an account and a project can have the same ID. */

import type { ImageKey, PrincipalId } from '../../model/ids.ts';
import type { PrincipalKind } from '../../model/principal.ts';
import type { ChangeRecord } from '../../model/record.ts';
import { type Item, mapOf } from '../item.ts';
import { fillPattern, type Key, keyOf, schema } from '../schema.ts';
import type { RecordFilter } from '../store.ts';
import type { Writes } from '../write.ts';

export const recordKey = (key: ImageKey, recordId: string): Key => keyOf(schema.record, { ...key, recordId });

/** The index partition of the records of a principal. */
export const recordsPartition = (principalKind: PrincipalKind, principal: PrincipalId): string =>
  fillPattern(schema.record.GSI1PK, { principalKind, principal });

/**
 * The complete record is in one attribute, which the index has. In it, `principal` and `principalKind` are named `holder` and
 * `holderKind`, for compatibility with existing items.
 */
type StoredRecord = Omit<ChangeRecord, 'at' | 'principal' | 'principalKind'> & {
  readonly at: string;
  readonly holder: PrincipalId;
  readonly holderKind: PrincipalKind;
};

const storedRecord = ({ at, principal, principalKind, previousEnds, ...rest }: ChangeRecord) => ({
  ...rest,
  ...(previousEnds !== undefined && { previousEnds: mapOf(previousEnds) }),
  at: at.toISOString(),
  holder: principal,
  holderKind: principalKind,
});

export const recordItem = (record: ChangeRecord): Item => ({
  ...recordKey(record, record.id),
  GSI1PK: recordsPartition(record.principalKind, record.principal),
  GSI1SK: fillPattern(schema.record.GSI1SK, { recordId: record.id }),
  record: storedRecord(record),
});

/** Returns the record in an item, or undefined if the item is of another kind. */
export function recordFrom(item: Item): ChangeRecord | undefined {
  const record = item['record'] as StoredRecord | undefined;
  if (record === undefined) {
    return undefined;
  }
  const { at, holder, holderKind, ...rest } = record;
  return { ...rest, at: new Date(at), principal: holder, principalKind: holderKind };
}

export const recordWrites: Writes<'put-record'> = {
  'put-record': ({ record }) => ({ Put: { Item: recordItem(record) } }),
};

const belowAll = '0';
const aboveAll = 'g';

/** Returns the range of record IDs for changes in [from, to), or undefined without a time filter. */
export function recordIdRange({ from, to }: RecordFilter): readonly [string, string] | undefined {
  if (from === undefined && to === undefined) {
    return undefined;
  }
  return [from === undefined ? belowAll : prefixAt(from), to === undefined ? aboveAll : prefixAt(to)];
}

/**
 * Record IDs are UUIDs of version 7, which start with the time in milliseconds (48 bits). Returns the prefix of all IDs of one
 * millisecond, which sorts before each of them and after all earlier IDs.
 */
function prefixAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
