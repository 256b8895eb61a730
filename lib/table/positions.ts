/** Positions in lists: where a page ends, and what cursors contain. */
import { type ImageKey, PrincipalId } from '../model/ids.ts';
import { recordIdRange } from './items/record.ts';
import type { RecordFilter } from './store.ts';

/** A position in a list of records: the ID of the record, then its image. */
export const recordPosition = (id: string, { region, imageId }: ImageKey): string => `${id}#${region}#${imageId}`;

/** Parses such a position. */
export function recordAt(position: string): { readonly id: string; readonly image: ImageKey } {
  const [id = '', region, imageId] = position.split('#');
  return { id, image: { region, imageId } as ImageKey };
}

/** Whether the string has the format of such a position, in the period of the list. DynamoDB refuses to start outside of it. */
export function isRecordPosition(position: string, period: Pick<RecordFilter, 'from' | 'to'> = {}): boolean {
  const { id } = recordAt(position);
  const [first, last] = recordIdRange(period) ?? [id, id];
  return /^[0-9a-f-]{36}[\w.-]*#[\w.-]+#[\w.-]+$/.test(position) && first <= id && id <= last;
}

/** Whether the string has the format of a position in a list that is sorted by time of creation. */
export const isTimePosition = (position: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[\w.-]+$/.test(position);

/** Returns the time in such a position. */
export const timeAt = (position: string): Date => new Date(position.slice(0, position.indexOf('#')));

/** Returns the ID in such a position, which follows the time. */
export const idAt = (position: string): string => position.slice(position.indexOf('#') + 1);

/** Whether the string has the format of a position in a list in the order of principals, which is an ID. */
export const isPrincipalPosition = (position: string): boolean => PrincipalId.safeParse(position).success;
