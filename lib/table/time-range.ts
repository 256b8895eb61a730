import type { RecordFilter } from './store.ts';

/**
 * Record ids are UUIDs of version 7, whose first 48 bits are the time in milliseconds. This is what all ids of one
 * millisecond start with; it sorts below each of them and above every id of an earlier one.
 */
function prefixAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

const belowAll = '0';
const aboveAll = 'g';

/** The ids of records made in [from, to). Absent where no time is stated. */
export function timeRange({ from, to }: RecordFilter): readonly [string, string] | undefined {
  if (from === undefined && to === undefined) {
    return undefined;
  }
  return [from === undefined ? belowAll : prefixAt(from), to === undefined ? aboveAll : prefixAt(to)];
}
