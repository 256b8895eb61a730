/** Values that services have failed on. */
import type { Random } from './random.ts';

export const texts: readonly string[] = [
  ...['', ' ', 'a', '0', '-0', '-1', '1e400', 'NaN', 'Infinity', 'null', 'undefined', 'true', '0x10', '9'.repeat(400)],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__proto__.polluted', 'constructor.prototype'],
  ...['../../etc/passwd', '..', '.', '/', '//', '%2f', '%2e%2e', '%00', '%', '%zz', '\\', '~', '*', '?', '#', '&', '=', ';', ','],
  ...['a\r\nX-Injected: 1', '\n', '\t', '\u0000', '\u0007', '\u001b[31m', '\u007f', '\u0085', '\u2028'],
  ...[
    'Caf\u00e9',
    'Cafe\u0301',
    '\u202eabc',
    '\u200b',
    '\ufeff',
    '\ufffd',
    '\ud83d\ude00',
    '\ud800',
    '\udfff',
    '\uffff',
    '\u0f73\u0f73',
  ],
  ...["'", '"', '<script>', '$7', '{{7*7}}', '$ne', "' OR 1=1 --", '#{x}', '!!js', 'a:b', 'a#b', 'CODE#1', 'SHARE#a'],
  ...['2026-02-30T00:00:00Z', '0000-01-01T00:00:00Z', '+275760-09-13T00:00:00Z', '2026-11-22T12:00:00+99:99', '1970-01-01'],
  ...['x'.repeat(129), 'x'.repeat(5_000), '\u00e9'.repeat(64), '['.repeat(500), '{"a":'.repeat(500), 'a.'.repeat(500)],
  ...['img-00000001', 'm-00000000000000000001', 'uimage-000000000001', 'ap-guangzhou', 'cn-hangzhou', 'cn-bj2', '100000000001'],
];

const scalars: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 0.1, 1e-320, 1e308, -1e308, 2 ** 53, 2 ** 63, Number.MAX_VALUE, Number.MIN_VALUE],
  ...[[], {}, [null], [[]], [{}], { constructor: { prototype: { polluted: true } } }, { length: 1 }, { toString: 1 }],
];

/** Text that stands for a value in JSON and for something that `JSON.stringify` can't write. */
const written: ReadonlyMap<string, string> = new Map([
  ['@proto', '{"__proto__":{"polluted":true}}'],
  ['@huge', '1e999'],
  ['@digits', '9'.repeat(1_000)],
  ['@twice', '{"a":1,"a":2}'],
  ['@surrogate', '"\\ud800"'],
]);

/** Returns any JSON value. */
export function anyValue(random: Random, depth = 0): unknown {
  switch (random.below(depth > 3 ? 3 : 6)) {
    case 0:
      return random.of(scalars);
    case 1:
      return random.of([...written.keys()]);
    case 2:
      return random.of(texts);
    case 3:
      return Array.from({ length: random.below(4) }, () => anyValue(random, depth + 1));
    case 4:
      return Object.fromEntries(
        Array.from({ length: random.below(4) }, () => [random.of(texts).toWellFormed(), anyValue(random, depth + 1)]),
      );
    default:
      return Array.from({ length: random.below(60) }, () => random.of(texts));
  }
}

/** Writes a value as JSON, with what `JSON.stringify` can't write. */
export const jsonOf = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/"@\w+"/g, (name) => written.get(name.slice(1, -1)) ?? name);
