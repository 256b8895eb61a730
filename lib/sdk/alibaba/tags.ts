import * as z from 'zod';
import { Tags } from '../../model/fields.ts';
import type { Tags as ImageTags } from '../../model/image.ts';
import { Text } from '../wire-fields.ts';

/** `Tag.N.Key` and `Tag.N.Value`. The older lowercase spelling is accepted too. */
const Tag = z
  .object({ Key: Text.optional(), key: Text.optional(), Value: Text.optional(), value: Text.optional() })
  .transform(({ Key, key, Value, value }) => ({ key: Key ?? key, value: Value ?? value }));

/** New tags of an image. A tag without a value has an empty value. */
export const TagList = z.array(Tag).transform((tags, context): ImageTags => {
  const reject = (path: PropertyKey[], message: string) => {
    context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  };
  const imageTags = new Map<string, string>();
  for (const [index, { key, value = '' }] of tags.entries()) {
    if (key === undefined || key === '__proto__' || !Tags.safeParse({ [key]: '' }).success) {
      return reject([index, 'Key'], 'must be a string of at most 32 bytes without ":"');
    }
    if (!Tags.safeParse({ key: value }).success) {
      return reject([index, 'Value'], 'must be one line of at most 64 bytes');
    }
    if (imageTags.has(key)) {
      return reject([index, 'Key'], 'must not be repeated');
    }
    imageTags.set(key, value);
  }
  const result = Object.fromEntries(imageTags);
  return Tags.safeParse(result).success ? result : reject([], 'must be at most 16 tags and 1,024 bytes');
});

/** A tag filter, parsed to a predicate. An image must have every key, with the value if one is given. */
export const TagFilter = z
  .array(Tag)
  .transform((tags) => (imageTags: ImageTags) => tags.every(({ key, value }) => hasTag(imageTags, key, value)));

const hasTag = (imageTags: ImageTags, key: string | undefined, value: string | undefined): boolean =>
  key === undefined || (Object.hasOwn(imageTags, key) && (value === undefined || imageTags[key] === value));

/** Formats tags for a response. */
export const tagsOf = (imageTags: ImageTags) => ({
  Tag: Object.entries(imageTags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
});
