/** Requests as bytes, in which something is wrong that a client with an HTTP library can't send. */
import { Buffer } from 'node:buffer';
import type { Random } from './random.ts';

interface Parts {
  readonly line: string;
  readonly headers: readonly string[];
  readonly body: string;
}

/** Returns the bytes of a request. */
const bytesOf = ({ line, headers, body }: Parts): Buffer =>
  Buffer.concat([Buffer.from([line, ...headers, '', ''].join('\r\n'), 'latin1'), Buffer.from(body)]);

const withHeader = (parts: Parts, ...headers: readonly string[]): Parts => ({
  ...parts,
  headers: [...parts.headers, ...headers],
});
const withoutLength = (parts: Parts): Parts => ({
  ...parts,
  headers: parts.headers.filter((text) => !/^content-length/i.test(text)),
});
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const chunked = (parts: Parts, body: string): Buffer =>
  bytesOf({ ...withHeader(withoutLength(parts), 'Transfer-Encoding: chunked'), body });

const strange = [
  '\u0000',
  '\u0001',
  '\u007f',
  '\u0080',
  '\u00ff',
  '\u00c3\u0028',
  '\u00ed\u00a0\u0080',
  '\r',
  '\n',
  '\r\n',
  '\t',
  ' ',
  ':',
];

/** What can be wrong, by its name. */
const damages: Readonly<Record<string, (parts: Parts, random: Random) => Buffer>> = {
  nothing: bytesOf,
  'only a part': (parts, random) => bytesOf(parts).subarray(0, random.below(bytesOf(parts).length)),
  'another length': (parts, random) => {
    const length = Buffer.byteLength(parts.body) + random.of([-5, -1, 1, 5, 1_000]);
    return bytesOf(withHeader(withoutLength(parts), `Content-Length: ${length}`));
  },
  'a length that is not a number': (parts, random) => {
    const length = random.of(['+5', '-1', '0x5', '5,5', '5, 6', '', ' ', '1e1', '9'.repeat(30), '\u0660', '5\u0000']);
    return bytesOf(withHeader(withoutLength(parts), `Content-Length: ${length}`));
  },
  'two lengths': (parts, random) => bytesOf(withHeader(parts, `Content-Length: ${random.below(20)}`)),
  chunks: (parts) => chunked(parts, `${chunk(parts.body)}0\r\n\r\n`),
  'broken chunks': (parts, random) => {
    const broken = [
      'zz\r\n',
      '-1\r\n',
      `${'f'.repeat(20)}\r\n`,
      '5;a=b\u0000\r\n12345\r\n',
      '5\r\n1234567\r\n0\r\n\r\n',
      '0\r\n',
      '\r\n\r\n',
      '',
    ];
    return chunked(parts, `${random.once(2) ? chunk(parts.body) : ''}${random.of(broken)}`);
  },
  'a trailer': (parts) => chunked(parts, `${chunk(parts.body)}0\r\nX-Injected: 1\r\nAuthorization: Bearer x\r\n\r\n`),
  'chunks and a length': (parts) =>
    bytesOf({ ...withHeader(parts, 'Transfer-Encoding: chunked'), body: `${chunk(parts.body)}0\r\n\r\n` }),
  'an unknown encoding': (parts, random) =>
    bytesOf(
      withHeader(
        parts,
        `Transfer-Encoding: ${random.of(['gzip', 'identity', 'chunked, gzip', 'gzip, chunked', '\u000bchunked'])}`,
      ),
    ),
  'a broken header': (parts, random) => {
    const broken = [
      'X-Injected',
      ': 1',
      'X Injected: 1',
      'X-Injected : 1',
      ' X-Injected: 1',
      '\tfolded',
      'X: a\rX-Injected: 1',
      'X: a\nX-Injected: 1',
    ];
    return bytesOf(withHeader(parts, random.of(broken)));
  },
  'a strange byte in a header': (parts, random) => bytesOf(withHeader(parts, `X-Strange: a${random.of(strange)}b`)),
  'a large header': (parts, random) =>
    bytesOf(withHeader(parts, `X-Large: ${'a'.repeat(random.of([8_000, 16_400, 100_000, 1_000_000]))}`)),
  'many headers': (parts, random) =>
    bytesOf(withHeader(parts, ...Array.from({ length: random.of([50, 500, 3_000]) }, (_, index) => `X-${index}: 1`))),
  'repeated headers': (parts, random) => bytesOf(withHeader(parts, random.of(parts.headers), random.of(parts.headers))),
  'no host': (parts) => bytesOf({ ...parts, headers: parts.headers.filter((text) => !/^host/i.test(text)) }),
  'a strange byte in the first line': (parts, random) => {
    const at = random.below(parts.line.length);
    return bytesOf({ ...parts, line: parts.line.slice(0, at) + random.of(strange) + parts.line.slice(at) });
  },
  'another first line': (parts, random) => {
    const lines = [
      'GET',
      'GET / HTTP/9.9',
      'GET  / HTTP/1.1',
      'get / HTTP/1.1',
      'GET http:// HTTP/1.1',
      'GET * HTTP/1.1',
      'OPTIONS * HTTP/1.1',
      'CONNECT a:1 HTTP/1.1',
      'PRI * HTTP/2.0',
      '\u0016\u0003\u0001',
      '',
      'POST /\u00ff%ff%00?%ff=\u00ff HTTP/1.1',
      'GET / HTTP/1.0',
      'GET /v1/health HTTP/1.1 x',
    ];
    return bytesOf({ ...parts, line: random.of(lines) });
  },
  'an expectation': (parts, random) => bytesOf(withHeader(parts, `Expect: ${random.of(['100-continue', '200-ok', ''])}`)),
  'an upgrade': (parts, random) =>
    bytesOf(withHeader(parts, 'Connection: Upgrade', `Upgrade: ${random.of(['websocket', 'h2c', 'TLS/1.0'])}`)),
  'changed bytes': (parts, random) => {
    const bytes = Buffer.from(bytesOf(parts));
    for (let changes = 1 + random.below(5); changes > 0; changes -= 1) {
      bytes[random.below(bytes.length)] = random.below(256);
    }
    return bytes;
  },
  'only random bytes': (_, random) => Buffer.from(Array.from({ length: 1 + random.below(300) }, () => random.below(256))),
};

/** A request as bytes, and what is wrong with it. */
export interface Damaged {
  readonly damage: string;
  readonly bytes: Buffer;
}

/** Damages a request in a random way. */
export function damaged(parts: Parts, random: Random): Damaged {
  const damage = random.of(Object.keys(damages));
  return { damage, bytes: damages[damage]?.(parts, random) ?? Buffer.alloc(0) };
}
