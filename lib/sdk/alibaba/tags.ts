import * as z from 'zod';
import { Labels } from '../../model/fields.ts';
import type { Labels as ImageLabels } from '../../model/image.ts';
import { Text } from '../wire-fields.ts';

/** `Tag.N.Key` and `Tag.N.Value`; the older spelling in lower case is taken too. A tag without a value has an empty one. */
const Tag = z
  .object({ Key: Text.optional(), key: Text.optional(), Value: Text.optional(), value: Text.optional() })
  .transform(({ Key, key, Value, value }) => ({ key: Key ?? key, value: Value ?? value }));

/** The labels of an image, as tags state them. */
export const TagsAsLabels = z.array(Tag).transform((tags, context): ImageLabels => {
  const refuse = (path: PropertyKey[], message: string) => {
    context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  };
  const labels = new Map<string, string>();
  for (const [at, { key, value = '' }] of tags.entries()) {
    if (key === undefined || key === '__proto__' || !Labels.safeParse({ [key]: '' }).success) {
      return refuse([at, 'Key'], 'must be a text of at most 32 bytes without ":"');
    }
    if (!Labels.safeParse({ key: value }).success) {
      return refuse([at, 'Value'], 'must be one line of at most 64 bytes');
    }
    if (labels.has(key)) {
      return refuse([at, 'Key'], 'must be named once');
    }
    labels.set(key, value);
  }
  const stated = Object.fromEntries(labels);
  return Labels.safeParse(stated).success ? stated : refuse([], 'must be at most 16 tags and 1,024 bytes');
});

/** Which tags something has to have: each with its key and, where one is stated, its value. */
export const TagsWanted = z
  .array(Tag)
  .transform((tags) => (labels: ImageLabels) => tags.every(({ key, value }) => hasTag(labels, key, value)));

const hasTag = (labels: ImageLabels, key: string | undefined, value: string | undefined): boolean =>
  key === undefined || (Object.hasOwn(labels, key) && (value === undefined || labels[key] === value));

/** Labels as answers show them. */
export const tagsOf = (labels: ImageLabels) => ({
  Tag: Object.entries(labels).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
});
