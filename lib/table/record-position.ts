import type { ImageKey } from '../model/ids.ts';

/** A position in a list of records: the record's id, then the image that it is about. */
export const recordPosition = (id: string, { region, imageId }: ImageKey): string => `${id}#${region}#${imageId}`;

/** Whether a text has the form of such a position. */
export const isRecordPosition = (position: string): boolean => /^[0-9a-f-]{36}[\w.-]*#[\w.-]+#[\w.-]+$/.test(position);
