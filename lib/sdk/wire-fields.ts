/** Parameter types that accept both JSON and forms, which contain only strings. */
import * as z from 'zod';
import { nfcUpTo } from '../model/fields.ts';
import { nameBytesMax } from '../model/limits.ts';

/** A string. Accepts an integer as its digits, except beyond the safe range, where JSON loses precision. */
export const Text = z.union([z.string(), z.int().transform(String)], { error: 'must be a string' });

/** Text in NFC, in which names and tags are stored, unless it is longer than any of them. */
export const NfcText = Text.transform(nfcUpTo(nameBytesMax));

/** Returns whether a text starts with a date that exists, unlike 2023-02-30, which `Date.parse` accepts. */
export const isCalendarDate = (text: string): boolean => z.iso.date().safeParse(text.slice(0, 10)).success;

/** An integer. In a form at most 15 digits, which are always exact. */
export const Integer = z.union(
  [
    z.int(),
    z
      .string()
      .regex(/^-?\d{1,15}$/)
      .transform(Number),
  ],
  { error: 'must be an integer' },
);

/** A Boolean. In a form in any case: some SDKs write `True` and `False`. */
export const Flag = z.union(
  [
    z.boolean(),
    z
      .string()
      .regex(/^(true|false)$/i)
      .transform((text) => text.toLowerCase() === 'true'),
  ],
  { error: 'must be true or false' },
);

/** A documented parameter that has no effect here. Accepts any value. */
export const Ignored = z.unknown().optional();

/** Returns schemas for documented parameters that have no effect here. */
export const ignored = <const Names extends readonly string[]>(...names: Names) =>
  Object.fromEntries(names.map((name) => [name, Ignored])) as Record<Names[number], typeof Ignored>;
