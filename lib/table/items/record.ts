/** Records of changes, listed under the kind of principal too: an account and a project may have the same id. */

import type { ImageKey, PrincipalId } from '../../model/ids.ts';
import type { PrincipalKind } from '../../model/principal.ts';
import type { ChangeRecord } from '../../model/record.ts';
import type { Item } from '../item.ts';
import { filled, type Key, keyOf, schema } from '../schema.ts';
import type { RecordFilter } from '../store.ts';
import type { Writes } from '../write.ts';

export const recordKey = (key: ImageKey, recordId: string): Key => keyOf(schema.record, { ...key, recordId });

/** The index's partition of the records of an account or project. */
export const recordsPartition = (principalKind: PrincipalKind, principal: PrincipalId): string =>
  filled(schema.record.GSI1PK, { principalKind, principal });

/**
 * The whole record stands in one attribute, the only one that the index carries besides keys. There, `principal` is named
 * `holder` and `principalKind` `holderKind`, as in the items that earlier versions wrote.
 */
type StoredRecord = Omit<ChangeRecord, 'at' | 'principal' | 'principalKind'> & {
  readonly at: string;
  readonly holder: PrincipalId;
  readonly holderKind: PrincipalKind;
};

const storedRecord = ({ at, principal, principalKind, ...rest }: ChangeRecord): StoredRecord => ({
  ...rest,
  at: at.toISOString(),
  holder: principal,
  holderKind: principalKind,
});

export const recordItem = (record: ChangeRecord): Item => ({
  ...recordKey(record, record.id),
  GSI1PK: recordsPartition(record.principalKind, record.principal),
  GSI1SK: filled(schema.record.GSI1SK, { recordId: record.id }),
  record: storedRecord(record),
});

/** The record that an item holds, or undefined for an item of another kind. */
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

/** The ids of records made in [from, to). Absent where no time is stated. */
export function recordIdRange({ from, to }: RecordFilter): readonly [string, string] | undefined {
  if (from === undefined && to === undefined) {
    return undefined;
  }
  return [from === undefined ? belowAll : prefixAt(from), to === undefined ? aboveAll : prefixAt(to)];
}

/**
 * Record ids are UUIDs of version 7, whose first 48 bits are the time in milliseconds. This is what all ids of one
 * millisecond start with; it sorts below each of them and above every id of an earlier one.
 */
function prefixAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
