/** Fields that several requests share, with their bounds. */
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

const nfc = (text: string): string => text.normalize('NFC');
const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** Characters that turn the direction of the text around them. */
const bidiControl = /[\u202a-\u202e\u2066-\u2069]/;

/** Text of at most `bytesMax` bytes in UTF-8, normalized to NFC, of any number of lines, without other control characters. */
export const textOf = (bytesMax: number) =>
  z
    .string()
    .normalize('NFC')
    .refine((text) => bytes(text) <= bytesMax, `must be at most ${bytesMax} bytes in UTF-8`)
    .refine((text) => !/\p{Cc}/u.test(text.replace(/[\t\n\r]/g, '')), 'must hold no control characters')
    .refine((text) => !bidiControl.test(text), 'must not contain characters that change the direction of text')
    .refine((text) => text.isWellFormed(), 'must be well-formed Unicode')
    .meta({ maxLength: bytesMax });

const lineBreak = /[\t\n\r\u2028\u2029]/;

/** Text that is shown in one line. */
export const lineOf = (bytesMax: number) => textOf(bytesMax).refine((text) => !lineBreak.test(text), 'must be one line');

/** A character that can be seen: no space, no control or format character, nothing that fonts leave blank. */
const visibleCharacter = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** A name: one line with a visible character. */
export const Name = lineOf(nameBytesMax).refine(
  (name) => visibleCharacter.test(name),
  'must not be blank: it needs a visible character',
);

export const Description = textOf(descriptionBytesMax);

const TagKey = lineOf(tagKeyBytesMax).refine(
  (key) => /^[^\s:][^:]*$/.test(key),
  'must not be empty, start with a space or hold ":"',
);

/** Tags: at most 16 of them and 1,024 bytes in all. Keys that differ only in their Unicode normalization are the same key. */
export const Tags = z
  .preprocess(
    (tags, context) => {
      const keys = typeof tags === 'object' && tags !== null ? Object.keys(tags) : [];
      const repeated = keys.find((key, at) => keys.some((other, before) => before < at && nfc(other) === nfc(key)));
      if (repeated !== undefined) {
        context.addIssue({ code: 'custom', message: `must not contain the key ${JSON.stringify(nfc(repeated))} twice` });
      }
      return tags;
    },
    z.record(TagKey, lineOf(tagValueBytesMax)),
  )
  .refine((tags) => Object.keys(tags).length <= tagsMax, `must be at most ${tagsMax} tags`)
  .refine(
    (tags) => Object.entries(tags).reduce((sum, [key, value]) => sum + bytes(key) + bytes(value), 0) <= tagsBytesMax,
    `must be at most ${tagsBytesMax} bytes in UTF-8 in all`,
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
  .meta({ description: 'The `nextCursor` of the page before, with the same filters.' });

/** An instant, to the second or finer, with its offset from UTC. */
export const Instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((instant) => instant.getUTCFullYear() <= 9_999, 'must be before the year 10000');

/** Whether who adds recipients says that the risk is known. */
export const RiskAcknowledged = z
  .boolean()
  .default(false)
  .meta({ description: 'Confirms that the image contains no sensitive data. Some regions require it to add recipients.' });

/** When the shares of the recipients that a call names expire. */
export const ExpiresAt = Instant.nullable().optional().meta({
  description:
    'When the shares of the recipients expire; null for never. Absent: new shares never expire, existing ones keep their expiration.',
});

/** Size of a disk. */
export const GiB = z.int().min(1).max(diskGiBMax);

/** A flag in a query. */
export const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');
