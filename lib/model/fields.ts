/** Fields that several requests have in common, with their limits. */
import * as z from 'zod';
import {
  descriptionBytesMax,
  diskGiBMax,
  nameBytesMax,
  pageLimitDefault,
  pageLimitMax,
  tagKeyBytesMax,
  tagsBytesMax,
  tagsMax,
  tagValueBytesMax,
} from './limits.ts';

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/**
 * Normalizes texts to NFC, except those that are longer than `bytesMax` in NFC, too: no text becomes shorter than a third. The
 * time to normalize a text can grow with the square of its length.
 */
export const nfcUpTo =
  (bytesMax: number) =>
  (text: string): string =>
    byteLength(text) > 3 * bytesMax ? text : text.normalize('NFC');

/** Returns the first text that the list already has at an earlier place. */
export function firstRepeated(texts: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return texts.find((text) => seen.size === seen.add(text).size);
}

/** Bidirectional controls, which can change how the surrounding text is displayed. */
const bidiControl = /[\u202a-\u202e\u2066-\u2069]/;

/** Text of at most `bytesMax` bytes in UTF-8, in NFC. Can contain tabs and line breaks, but no other control characters. */
export const textOf = (bytesMax: number) =>
  z
    .string()
    .overwrite(nfcUpTo(bytesMax))
    .refine((text) => byteLength(text) <= bytesMax, `must be at most ${bytesMax} bytes in UTF-8`)
    .refine((text) => !/\p{Cc}/u.test(text.replace(/[\t\n\r]/g, '')), "can't contain control characters")
    .refine((text) => !bidiControl.test(text), "can't contain characters that change the direction of text")
    .refine((text) => text.isWellFormed(), 'must be well-formed Unicode')
    .meta({ maxLength: bytesMax });

const lineBreak = /[\t\n\r\u2028\u2029]/;

/** Text that is displayed on one line. */
export const lineOf = (bytesMax: number) => textOf(bytesMax).refine((text) => !lineBreak.test(text), 'must be a single line');

/** A character that can be seen: no space, no control or format character, nothing that fonts leave blank. */
const visibleCharacter = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** A name: a single line with a visible character. */
export const Name = lineOf(nameBytesMax).refine((name) => visibleCharacter.test(name), 'must contain a visible character');

export const Description = textOf(descriptionBytesMax);

const TagKey = lineOf(tagKeyBytesMax).refine(
  (key) => /^[^\s:][^:]*$/.test(key),
  'must not be empty, start with a space, or contain ":"',
);

/** Tags, limited in their number and in total. Keys that are the same in NFC are the same key. */
export const Tags = z
  .preprocess(
    (tags, context) => {
      const repeated = firstRepeated(
        (typeof tags === 'object' && tags !== null ? Object.keys(tags) : []).map(nfcUpTo(tagKeyBytesMax)),
      );
      if (repeated !== undefined) {
        context.addIssue({ code: 'custom', message: `can't contain the key ${JSON.stringify(repeated)} twice` });
      }
      return tags;
    },
    z.record(TagKey, lineOf(tagValueBytesMax)),
  )
  .refine((tags) => Object.keys(tags).length <= tagsMax, `can't have more than ${tagsMax} tags`)
  .refine(
    (tags) => Object.entries(tags).reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0) <= tagsBytesMax,
    `must be at most ${tagsBytesMax} bytes in UTF-8 in total`,
  );

export const Limit = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, `must be a number from 1 to ${pageLimitMax}`)
  .transform(Number)
  .pipe(z.int().max(pageLimitMax))
  .default(pageLimitDefault)
  .meta({
    description: `Maximum number of entries on a page. A page can have fewer, even none.`,
    override: ({ jsonSchema }) => {
      delete jsonSchema.pattern;
      Object.assign(jsonSchema, { type: 'integer', minimum: 1, maximum: pageLimitMax, default: pageLimitDefault });
    },
  });

export const Cursor = z
  .string()
  .max(2_048)
  .optional()
  .meta({ description: 'The `nextCursor` of the previous page. The filters must be the same.' });

/** A point in time with an offset from UTC, precise to the second or finer. */
export const Instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((instant) => instant.getUTCFullYear() <= 9_999, 'must be before the year 10000');

/** Whether the caller acknowledges the risk of adding recipients. */
export const RiskAcknowledged = z
  .boolean()
  .default(false)
  .meta({ description: 'Confirms that the image contains no sensitive data. Some regions require it to add recipients.' });

/** When the shares of the recipients that a call names expire. */
export const ExpiresAt = Instant.nullable().optional().meta({
  description:
    'When the shares of the recipients expire. Never if null. If absent, new shares never expire, and existing shares keep their expiration.',
});

/** Size of a disk in GiB. */
export const GiB = z.int().min(1).max(diskGiBMax);

/** A Boolean query parameter. */
export const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');
