/** Positions in the store's lists, as pages end at them and cursors carry them. */
import type { ImageKey } from '../model/ids.ts';

/** A position in a list of records: the record's id, then the image that it is about. */
export const recordPosition = (id: string, { region, imageId }: ImageKey): string => `${id}#${region}#${imageId}`;

/** The same in its parts. */
export function recordAt(position: string): { readonly id: string; readonly image: ImageKey } {
  const [id = '', region, imageId] = position.split('#');
  return { id, image: { region, imageId } as ImageKey };
}

/** Whether a text has the form of such a position. */
export const isRecordPosition = (position: string): boolean => /^[0-9a-f-]{36}[\w.-]*#[\w.-]+#[\w.-]+$/.test(position);

/** Whether a text has the form of a position in a list of instances. */
export const isInstancePosition = (position: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[\w.-]+$/.test(position);

/** The image or instance that a position in a list of them names, after its time. */
export const idAt = (position: string): string => position.slice(position.indexOf('#') + 1);
