import * as z from 'zod';
import type { HolderId } from '../model/ids.ts';
import type { Image, ImageState } from '../model/image.ts';

/** Which images a list is to show: own ones, shared ones, or both. */
export const ListScope = z.enum(['owned', 'shared', 'all']);
export type ListScope = z.infer<typeof ListScope>;

/** The parts of which a list is made, in their order. */
export type Part = Exclude<ListScope, 'all'>;
export const partsOf = (scope: ListScope): readonly Part[] => (scope === 'all' ? ['owned', 'shared'] : [scope]);

export const asksFor = (scope: ListScope, part: Part): boolean => scope === 'all' || scope === part;

export interface ImageFilter {
  readonly name?: string | undefined;
  readonly state?: ImageState | undefined;
  readonly owner?: HolderId | undefined;
  /** `key:value`, of which all must match. */
  readonly label?: readonly string[] | undefined;
}

/** Whether an image is among those asked for. */
export function matches(image: Image, { name, state, owner, label = [] }: ImageFilter): boolean {
  return (
    (name === undefined || image.name.toLocaleLowerCase('en').includes(name.toLocaleLowerCase('en'))) &&
    (state === undefined || image.state === state) &&
    (owner === undefined || image.owner === owner) &&
    label.every((text) => {
      const at = text.indexOf(':');
      const key = text.slice(0, at);
      return Object.hasOwn(image.labels, key) && image.labels[key] === text.slice(at + 1);
    })
  );
}
