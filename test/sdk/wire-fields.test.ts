import * as z from 'zod';
import { isSameSignature } from '../../lib/sdk/constant-time.ts';
import { Flag, Ignored, Integer, ignored, isCalendarDate, Text } from '../../lib/sdk/wire-fields.ts';

const messageOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0]?.message;

describe('Text', () => {
  it.each([
    ['a', 'a'],
    ['', ''],
    [5, '5'],
  ])('accepts %j as %j', (value, text) => {
    expect(Text.parse(value)).toBe(text);
  });

  it.each([true, null, undefined, ['a'], { a: 1 }, 5.5, JSON.parse('9007199254740993'), 1e20])('refuses %j', (value) => {
    expect(messageOf(Text, value)).toBe('must be a string');
  });
});

describe('Integer', () => {
  it.each([
    [0, 0],
    ['0', 0],
    ['-5', -5],
    ['007', 7],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ['999999999999999', 999_999_999_999_999],
  ])('accepts %j as %d', (value, number) => {
    expect(Integer.parse(value)).toBe(number);
  });

  it.each([1.5, '1.5', '1e3', '0x10', '', ' 1', '１', '1'.repeat(16), Number.NaN, true, null, undefined, [1], {}])(
    'refuses %j',
    (value) => {
      expect(messageOf(Integer, value)).toBe('must be an integer');
    },
  );

  it.each([2 ** 53, -(2 ** 53), 1e300])('refuses %d, which is not exact', (value) => {
    expect(Integer.safeParse(value).success).toBe(false);
  });
});

describe('Flag', () => {
  it.each([
    [true, true],
    [false, false],
    ['true', true],
    ['True', true],
    ['FALSE', false],
  ])('accepts %j as %j', (value, flag) => {
    expect(Flag.parse(value)).toBe(flag);
  });

  it.each(['yes', '1', 1, 0, '', null, undefined, ['true'], 'truest', 'untrue'])('refuses %j', (value) => {
    expect(messageOf(Flag, value)).toBe('must be true or false');
  });
});

describe('isCalendarDate', () => {
  it.each([
    ['2024-02-29', true],
    ['2024-02-29T12:00:00Z', true],
    ['2023-02-29T12:00:00Z', false],
    ['yesterday', false],
  ])('decides on %s: %s', (text, expected) => {
    expect(isCalendarDate(text)).toBe(expected);
  });
});

describe('ignored', () => {
  it('allows any value or none, in an object that accepts no other names', () => {
    const schema = z.strictObject({ Limit: Integer, ...ignored('Password', 'Zone') });

    expect(schema.safeParse({ Limit: 1 }).success).toBe(true);
    expect(schema.safeParse({ Limit: 1, Password: { a: [1] }, Zone: null }).success).toBe(true);
    expect(schema.safeParse({ Limit: 1, Other: 1 }).success).toBe(false);
    expect(Ignored.safeParse(undefined).success).toBe(true);
  });
});

describe('isSameSignature', () => {
  it.each([
    ['abc', 'abc', true],
    ['', '', true],
    ['签名', '签名', true],
    ['abc', 'abd', false],
    ['abc', 'abC', false],
    ['abc', 'ab', false],
    ['abc', 'abcd', false],
    ['', 'a', false],
    // The same number of characters, but not of bytes.
    ['签', 'a', false],
  ])('compares %j and %j: %j', (a, b, isSame) => {
    expect(isSameSignature(a, b)).toBe(isSame);
    expect(isSameSignature(b, a)).toBe(isSame);
  });
});
