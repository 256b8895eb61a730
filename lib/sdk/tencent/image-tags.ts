/** The tags of images, and the family of an image, which is stored as a tag. */
import { Tags as TagsSchema } from '../../model/fields.ts';
import type { Tags } from '../../model/image.ts';
import { tagKeyBytesMax, tagValueBytesMax } from '../../model/limits.ts';
import { ProviderError } from '../wire.ts';
import { truncate } from './error-codes.ts';

/** The key of the tag whose value is the family. Only the actions of Tencent Cloud report it as `ImageFamily` instead of a tag. */
const familyKey = 'tencent-image-family';

interface Tagged {
  readonly tags: Tags;
}

/** The tags of an image, without its family. */
export const tagsIn = ({ tags: { [familyKey]: _, ...tags } }: Tagged): Tags => tags;

/** `ImageFamily` of an image: empty if it has none. */
export const familyOf = ({ tags }: Tagged): string => tags[familyKey] ?? '';

/** Adds the family to the tags of an image. An empty family is none. */
export const withFamily = (tags: Tags, family: string): Tags => ({
  ...tagsIn({ tags }),
  ...(family !== '' && { [familyKey]: family }),
});

/** Replaces the tags of an image, and keeps its family. */
export const withTags = (image: Tagged, tags: Tags): Tags => withFamily(tags, familyOf(image));

/** The codes of a product for invalid tags. */
export interface TagCodes {
  readonly emptyKey: string;
  readonly longKey: string;
  readonly invalidKey: string;
  readonly reservedKey: string;
  readonly longValue: string;
  readonly invalidValue: string;
  readonly tooMany: string;
}

const bytesIn = (text: string): number => Buffer.byteLength(text);

/** Throws ProviderError for a key that an image can't have. */
export function requireTagKey(key: string, codes: TagCodes): void {
  const refuse = (code: string, reason: string): never => {
    throw new ProviderError({ code, message: `The tag key ${truncate(JSON.stringify(key))} ${reason}.` });
  };
  if (key === '') {
    refuse(codes.emptyKey, 'is empty');
  }
  if (bytesIn(key) > tagKeyBytesMax) {
    refuse(codes.longKey, `must be at most ${tagKeyBytesMax} bytes in UTF-8`);
  }
  if (key === familyKey) {
    refuse(codes.reservedKey, 'is reserved for the image family');
  }
  if (key === '__proto__' || !TagsSchema.safeParse({ [key]: '' }).success) {
    refuse(codes.invalidKey, 'must be a single line that does not start with a space or contain ":"');
  }
}

/** Returns the tags in NFC. Throws ProviderError for tags that an image can't have. */
export function requireTags(tags: Tags, codes: TagCodes): Tags {
  for (const [key, value] of Object.entries(tags)) {
    requireTagKey(key, codes);
    const refuse = (code: string, reason: string): never => {
      throw new ProviderError({ code, message: `The value ${truncate(JSON.stringify(value))} of the tag ${key} ${reason}.` });
    };
    if (bytesIn(value) > tagValueBytesMax) {
      refuse(codes.longValue, `must be at most ${tagValueBytesMax} bytes in UTF-8`);
    }
    if (!TagsSchema.safeParse({ [key]: value }).success) {
      refuse(codes.invalidValue, 'must be a single line');
    }
  }
  const all = TagsSchema.safeParse(tags);
  if (!all.success) {
    throw new ProviderError({ code: codes.tooMany, message: `The tags of an image ${all.error.issues[0]?.message}.` });
  }
  return all.data;
}
