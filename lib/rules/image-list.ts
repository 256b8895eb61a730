import * as z from 'zod';
import type { PrincipalId } from '../model/ids.ts';
import type { Image, ImageState } from '../model/image.ts';
import type { Visibility } from './visibility.ts';

/** The images that a list includes. */
export const ListScope = z.enum(['owned', 'shared', 'public', 'all']);
export type ListScope = z.infer<typeof ListScope>;

/** Returns the parts of a list, in order. The default is own images, then those shared with the caller. */
export const partsOf = (scope: ListScope | undefined): readonly Visibility[] =>
  scope === undefined ? ['owned', 'shared'] : scope === 'all' ? ['owned', 'shared', 'public'] : [scope];

export interface ImageFilter {
  readonly name?: string | undefined;
  readonly state?: ImageState | undefined;
  readonly owner?: PrincipalId | undefined;
  /** The owners that the caller trusts. Shared images of other owners are excluded. */
  readonly trusted?: ReadonlySet<PrincipalId> | undefined;
  /** `key:value` pairs, all of which must match. */
  readonly tag?: readonly string[] | undefined;
}

/** Text as it is compared by searches. */
export const folded = (text: string): string => text.normalize('NFC').toLocaleLowerCase('en');

/** Returns whether an image matches the filter. */
export function matches(image: Image, visibility: Visibility, { name, state, owner, trusted, tag = [] }: ImageFilter): boolean {
  return (
    (trusted === undefined || visibility !== 'shared' || trusted.has(image.owner)) &&
    (name === undefined || folded(image.name).includes(folded(name))) &&
    (state === undefined || image.state === state) &&
    (owner === undefined || image.owner === owner) &&
    tag.every((text) => {
      const separator = text.indexOf(':');
      const key = text.slice(0, separator);
      return Object.hasOwn(image.tags, key) && image.tags[key] === text.slice(separator + 1);
    })
  );
}
