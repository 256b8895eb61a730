import * as z from 'zod';
import { Tags } from '../../model/fields.ts';
import type { Tags as ImageTags } from '../../model/image.ts';
import { Text } from '../wire-fields.ts';

/** `Tag.N.Key` and `Tag.N.Value`; the older spelling in lower case is taken too. A tag without a value has an empty one. */
const Tag = z
  .object({ Key: Text.optional(), key: Text.optional(), Value: Text.optional(), value: Text.optional() })
  .transform(({ Key, key, Value, value }) => ({ key: Key ?? key, value: Value ?? value }));

/** The tags of an image, as `Tag` states them. */
export const StatedTags = z.array(Tag).transform((tags, context): ImageTags => {
  const refuse = (path: PropertyKey[], message: string) => {
    context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  };
  const imageTags = new Map<string, string>();
  for (const [at, { key, value = '' }] of tags.entries()) {
    if (key === undefined || key === '__proto__' || !Tags.safeParse({ [key]: '' }).success) {
      return refuse([at, 'Key'], 'must be a text of at most 32 bytes without ":"');
    }
    if (!Tags.safeParse({ key: value }).success) {
      return refuse([at, 'Value'], 'must be one line of at most 64 bytes');
    }
    if (imageTags.has(key)) {
      return refuse([at, 'Key'], 'must be named once');
    }
    imageTags.set(key, value);
  }
  const stated = Object.fromEntries(imageTags);
  return Tags.safeParse(stated).success ? stated : refuse([], 'must be at most 16 tags and 1,024 bytes');
});

/** Which tags something has to have: each with its key and, where one is stated, its value. */
export const TagsWanted = z
  .array(Tag)
  .transform((tags) => (imageTags: ImageTags) => tags.every(({ key, value }) => hasTag(imageTags, key, value)));

const hasTag = (imageTags: ImageTags, key: string | undefined, value: string | undefined): boolean =>
  key === undefined || (Object.hasOwn(imageTags, key) && (value === undefined || imageTags[key] === value));

/** Tags as answers show them. */
export const tagsOf = (imageTags: ImageTags) => ({
  Tag: Object.entries(imageTags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
});
