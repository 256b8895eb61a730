import * as z from 'zod';
import { Tags } from '../../model/fields.ts';
import type { Tags as ImageTags } from '../../model/image.ts';
import { tagKeyBytesMax, tagValueBytesMax } from '../../model/limits.ts';
import { compareTexts } from '../../model/order.ts';
import { NfcText } from '../wire-fields.ts';
import { type EcsError, ownError, tagQuotaExceeded } from './error-codes.ts';

/** Source: TagResources and DescribeImages in the ECS API reference. */
export const tagsPerCallMax = 20;

/** `Tag.N.Key` and `Tag.N.Value`. The older lowercase spelling is accepted too. */
const Tag = z
  .object({ Key: NfcText.optional(), key: NfcText.optional(), Value: NfcText.optional(), value: NfcText.optional() })
  .transform(({ Key, key, Value, value }) => ({ key: Key ?? key, value: Value ?? value }));

type TagEntry = z.output<typeof Tag>;

const withError = (error: EcsError) => ({ code: 'custom' as const, message: error.message, params: { ...ownError(error) } });

const mismatch = withError({
  code: 'InvalidTag.Mismatch',
  status: 400,
  message: 'The specified Tag.n.Key and Tag.n.Value are not match.',
});
const tooMany = withError({
  code: 'InvalidTagCount',
  status: 400,
  message: 'The specified tags are beyond the permitted range.',
});
const duplicate = withError({ code: 'Duplicate.TagKey', status: 400, message: 'The Tag.N.Key contain duplicate key.' });

type CustomIssue = Exclude<Parameters<z.RefinementCtx['addIssue']>[0], string>;

/** At most 20 tags, each with a key. */
const tagEntries = (withoutKey: (index: number) => CustomIssue) =>
  z.array(Tag).transform((entries, context): readonly (TagEntry & { readonly key: string })[] => {
    if (entries.length > tagsPerCallMax) {
      context.addIssue(tooMany);
      return z.NEVER;
    }
    return entries.flatMap(({ key, value }, index) => {
      if (key === undefined) {
        context.addIssue(withoutKey(index));
        return [];
      }
      return [{ key, value }];
    });
  });

/** New tags of an image. A tag without a value has an empty value. */
export const TagList = tagEntries((index) => ({
  code: 'custom',
  path: [index, 'Key'],
  message: 'is required',
})).transform((entries, context): ImageTags => {
  const tags = new Map<string, string>();
  for (const [index, { key, value = '' }] of entries.entries()) {
    const problem =
      key === '__proto__' || !Tags.safeParse({ [key]: '' }).success
        ? {
            code: 'custom' as const,
            path: [index, 'Key'],
            message: `must be a string of at most ${tagKeyBytesMax} bytes without ":"`,
          }
        : !Tags.safeParse({ key: value }).success
          ? { code: 'custom' as const, path: [index, 'Value'], message: `must be one line of at most ${tagValueBytesMax} bytes` }
          : tags.has(key)
            ? { ...duplicate, path: [index, 'Key'] }
            : undefined;
    if (problem !== undefined) {
      context.addIssue(problem);
      return z.NEVER;
    }
    tags.set(key, value);
  }
  const result = Object.fromEntries(tags);
  if (!Tags.safeParse(result).success) {
    context.addIssue(withError(tagQuotaExceeded));
    return z.NEVER;
  }
  return result;
});

const FilterEntries = tagEntries((index) => ({ ...mismatch, path: [index] }));

/** A tag filter, parsed to a predicate. There must be every key, with the value if one is given. */
export const TagFilter = FilterEntries.transform((entries) => (tags: ImageTags) => entries.every((entry) => hasTag(tags, entry)));

const hasTag = (tags: ImageTags, { key, value }: TagEntry & { readonly key: string }): boolean =>
  Object.hasOwn(tags, key) && (value === undefined || tags[key] === value);

/** Tags to remove, parsed to a predicate. A tag without a value is removed whatever its value is. */
export const TagSelection = FilterEntries.transform(
  (entries) => (key: string, value: string) => entries.some((entry) => hasTag({ [key]: value }, entry)),
);

/** Returns tags by key, because the table doesn't keep their order. */
export const tagEntriesOf = (tags: ImageTags) =>
  Object.entries(tags)
    .map(([TagKey, TagValue]) => ({ TagKey, TagValue }))
    .sort((a, b) => compareTexts(a.TagKey, b.TagKey));

/** Formats tags for a response. */
export const tagsOf = (tags: ImageTags) => ({ Tag: tagEntriesOf(tags) });
