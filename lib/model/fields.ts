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

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** Text of at most so many bytes in UTF-8, of any number of lines, without other control characters. */
export const textOf = (bytesMax: number) =>
  z
    .string()
    .refine((text) => bytes(text) <= bytesMax, `must be at most ${bytesMax} bytes in UTF-8`)
    .refine((text) => !/\p{Cc}/u.test(text.replace(/[\t\n\r]/g, '')), 'must hold no control characters')
    .refine((text) => text.isWellFormed(), 'must be well-formed Unicode')
    .meta({ maxLength: bytesMax });

/** What breaks a line, or turns the direction of what is shown beside it. */
const breaksTheLine = /[\t\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** Text that is shown in one line. */
export const lineOf = (bytesMax: number) => textOf(bytesMax).refine((text) => !breaksTheLine.test(text), 'must be one line');

/** A name: one line, not blank. */
export const Name = lineOf(nameBytesMax).refine((name) => name.trim() !== '', 'must not be blank');

export const Description = textOf(descriptionBytesMax);

const TagKey = lineOf(tagKeyBytesMax).refine(
  (key) => /^[^\s:][^:]*$/.test(key),
  'must not be empty, start with a space or hold ":"',
);

/** Tags: at most 16 of them and 1,024 bytes in all. */
export const Tags = z
  .record(TagKey, lineOf(tagValueBytesMax))
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

/** When shares end, where a call adds them. */
export const EndOfAdded = Instant.nullable()
  .optional()
  .meta({ description: 'When the added shares expire; null or absent: never.' });

/** Size of a disk. */
export const GiB = z.int().min(1).max(diskGiBMax);

/** A flag in a query. */
export const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');
