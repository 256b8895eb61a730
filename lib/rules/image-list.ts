import * as z from 'zod';
import type { ImageId, PrincipalId } from '../model/ids.ts';
import type { Architecture, Image, ImageState } from '../model/image.ts';
import { endOfShare, expiresBefore } from './recipients.ts';
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
  readonly imageId?: ImageId | undefined;
  /** Part of the operating system. */
  readonly os?: string | undefined;
  readonly architecture?: Architecture | undefined;
  /** Part of the name, ID, operating system, or architecture. */
  readonly search?: string | undefined;
  /** The owners that the caller trusts. Shared images of other owners are excluded. */
  readonly trusted?: ReadonlySet<PrincipalId> | undefined;
  /** Only shared images whose share expires before this time. */
  readonly expiringBefore?: Date | undefined;
  /** `key:value` pairs, all of which must match. */
  readonly tag?: readonly string[] | undefined;
}

/** Text as it is compared by searches. */
const folded = (text: string): string => text.normalize('NFC').toLowerCase();

/** Whether a search finds the text in one of the fields. */
export const isFoundIn = (fields: readonly string[], text: string): boolean =>
  fields.some((field) => folded(field).includes(folded(text)));

/** Returns whether an image that the principal can see matches the filter. */
export function matches(
  image: Image,
  { visibility, principal }: { visibility: Visibility; principal: PrincipalId },
  { name, state, owner, imageId, os, architecture, search, trusted, expiringBefore, tag = [] }: ImageFilter,
): boolean {
  return (
    (expiringBefore === undefined || (visibility === 'shared' && expiresBefore(endOfShare(image, principal), expiringBefore))) &&
    (trusted === undefined || visibility !== 'shared' || trusted.has(image.owner)) &&
    (name === undefined || isFoundIn([image.name], name)) &&
    (imageId === undefined || image.imageId === imageId) &&
    (os === undefined || isFoundIn([image.os], os)) &&
    (architecture === undefined || image.architecture === architecture) &&
    (search === undefined || isFoundIn([image.name, image.imageId, image.os, image.architecture], search)) &&
    (state === undefined || image.state === state) &&
    (owner === undefined || image.owner === owner) &&
    tag.every((text) => {
      const separator = text.indexOf(':');
      const key = text.slice(0, separator);
      return Object.hasOwn(image.tags, key) && image.tags[key] === text.slice(separator + 1);
    })
  );
}
