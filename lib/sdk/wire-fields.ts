/** Parameters as wires state them: a number in JSON is a text in a form. */
import * as z from 'zod';

/** A text; whole numbers are taken as their digits, but for those that JSON cannot carry exactly. */
export const Text = z.union([z.string(), z.int().transform(String)], { error: 'must be a text' });

/** A whole number. */
export const Whole = z.union(
  [
    z.int(),
    z
      .string()
      .regex(/^-?\d{1,15}$/)
      .transform(Number),
  ],
  { error: 'must be a whole number' },
);

/** A flag; `True` and `False` are what some SDKs write. */
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

/** Whatever is stated: a documented parameter that means nothing here. */
export const Ignored = z.unknown().optional();

/** Documented parameters that mean nothing here, by their names. */
export const ignored = <const Names extends readonly string[]>(...names: Names) =>
  Object.fromEntries(names.map((name) => [name, Ignored])) as Record<Names[number], typeof Ignored>;
