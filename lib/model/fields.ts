/** Fields that several requests share, with their bounds. */
import * as z from 'zod';
import {
  descriptionBytesMax,
  labelKeyBytesMax,
  labelsBytesMax,
  labelsMax,
  labelValueBytesMax,
  nameBytesMax,
  pageLimitDefault,
  pageLimitMax,
} from './maxima.ts';

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** Text of at most so many bytes in UTF-8, without control characters. */
export const textOf = (bytesMax: number) =>
  z
    .string()
    .refine((text) => bytes(text) <= bytesMax, `must be at most ${bytesMax} bytes in UTF-8`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses.
    .refine((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text), 'must hold no control characters')
    .refine((text) => text.isWellFormed(), 'must be well-formed Unicode')
    .meta({ maxLength: bytesMax });

/** A name: one line, not blank. */
export const Name = textOf(nameBytesMax)
  .refine((name) => name.trim() !== '', 'must not be blank')
  .refine((name) => !/[\t\n\r]/.test(name), 'must be one line');

export const Description = textOf(descriptionBytesMax);

const LabelKey = textOf(labelKeyBytesMax).refine(
  (key) => /^[^\s:][^:]*$/.test(key),
  'must not be empty, start with a space or hold ":"',
);

/** Labels: at most 16 of them and 1,024 bytes in all. */
export const Labels = z
  .record(LabelKey, textOf(labelValueBytesMax))
  .refine((labels) => Object.keys(labels).length <= labelsMax, `must be at most ${labelsMax} labels`)
  .refine(
    (labels) => Object.entries(labels).reduce((sum, [key, value]) => sum + bytes(key) + bytes(value), 0) <= labelsBytesMax,
    `must be at most ${labelsBytesMax} bytes in UTF-8 in all`,
  );

export const Limit = z.coerce
  .number<string>()
  .int()
  .min(1)
  .max(pageLimitMax)
  .default(pageLimitDefault)
  .meta({ description: `Entries a page may hold, 1 to ${pageLimitMax}. A page may hold fewer, even none.` });

export const Cursor = z
  .string()
  .max(2_048)
  .optional()
  .meta({ description: 'The `nextCursor` of the page before, with the same filters.' });

/** An instant, to the second or finer, with its offset from UTC. */
export const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** A flag in a query. */
export const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');
