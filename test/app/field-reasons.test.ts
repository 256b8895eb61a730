import * as z from 'zod';
import { fieldReasons } from '../../lib/app/field-reasons.ts';

const messagesOf = (schema: z.ZodType, value: unknown): string[] | undefined =>
  schema.safeParse(value, { error: fieldReasons }).error?.issues.map(({ message }) => message);

describe('fieldReasons', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.string(), undefined, 'is required'],
    [z.string(), 7, 'must be a string'],
    [z.int(), 1.5, 'must be an integer'],
    [z.array(z.string()), 'a', 'must be a list'],
    [z.strictObject({}), null, 'must be an object'],
    [z.boolean(), 'true', 'must be a boolean'],
    [z.enum(['a', 'b']), 'c', 'must be one of "a", "b"'],
    [z.literal('a'), 'b', 'must be "a"'],
    [z.string().max(2), 'abc', 'must have at most 2 characters'],
    [z.array(z.string()).min(1), [], 'must have at least 1 entry'],
    [z.int().max(100), 101, 'must be at most 100'],
    [z.int().multipleOf(10), 15, 'must be a multiple of 10'],
    [z.iso.datetime({ offset: true }), 'today', 'must be a date and time with an offset, such as 2026-11-22T12:00:00Z'],
    [z.string().regex(/^a$/), 'b', 'must match /^a$/'],
    [z.string().regex(/^a$/, 'must be an a'), 'b', 'must be an a'],
  ])('describes what is wrong with a field: %#', (schema, value, reason) => {
    expect(messagesOf(schema, value)).toEqual([reason]);
  });
});
