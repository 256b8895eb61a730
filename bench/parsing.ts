/**
 * `npm run bench:parsing [-- TEXT]`: looks for requests that take long for their size. Sends requests of 64 KiB that consist of
 * one character or JSON entry again and again, in this process: every field of the HTTP API, every parameter of the SDKs, whole
 * bodies and queries, and headers. Measures CPU time. Prints those whose names contain TEXT and that take too long, or four times the size more
 * than `growthMax` times as long.
 */

import type { Action } from '../lib/app/action.ts';
import type { SdkCloud } from '../test/trust/permissions/sdk-requests.ts';

// Before the first module that logs.
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
const { createAccessKey } = await import('../functions/create-access-key.ts');
const { actions } = await import('../scripts/actions.ts');
const { sendSigned } = await import('../test/sdk/wire-request.ts');
const { noon } = await import('../test/support/builders.ts');
const { fetchInProcess, freshMember, host } = await import('../test/support/in-process.ts');
const { sdkClouds } = await import('../test/trust/permissions/sdk-requests.ts');

const bytesMax = 64_000;
/** API Gateway accepts about this much of a request line with all headers. */
const headBytesMax = 10_000;
/** A request that is slower is measured again, and then with a quarter of the size. */
const slowMs = 20;
const msMax = 100;
/** More than four, because short times are inexact. */
const growthMax = 8;
const repetitions = 5;

/** Texts to repeat. `#` becomes a different number each time. */
const units = [
  ...['&', '=', ';', ',', '.', '/', ' ', ':', '%', '+', '-', '*', '\\', '"', "'", '\t', '\n', '[', '{', '(', '0', 'é'],
  ...[
    '%2C',
    '&=',
    'a=&',
    'a#=&',
    'a.',
    'a.#=1&',
    '.#=',
    '; ',
    ', ',
    '" ',
    '",',
    ' ,"a"',
    '"a",',
    '\u0301\u0323',
    '\u0f73',
    '\u202e',
    '😀',
  ],
];

function repeated(unit: string, bytes: number): string {
  const parts: string[] = [];
  for (let length = 0; length < bytes; length += Buffer.byteLength(unit)) {
    parts.push(unit.replace('#', parts.length.toString(36)));
  }
  return parts.join('');
}

const listOf = <Entry>(bytes: number, entryBytes: number, entry: (number: number) => Entry): Entry[] =>
  Array.from({ length: bytes / entryBytes }, (_, number) => entry(number));
const objectOf = (bytes: number, key: (number: number) => string, value: unknown): object =>
  Object.fromEntries(listOf(bytes, 12, (number) => [key(number), value]));

/** JSON values of a size. */
const values: Readonly<Record<string, (bytes: number) => unknown>> = {
  ...Object.fromEntries(units.map((unit) => [`repeated ${JSON.stringify(unit)}`, (bytes: number) => repeated(unit, bytes)])),
  'a list of texts': (bytes) => listOf(bytes, 8, (number) => `a${number}`),
  'a list of the same text': (bytes) => listOf(bytes, 4, () => 'a'),
  'a list of the region': (bytes) => listOf(bytes, 15, () => 'ap-guangzhou'),
  'a list of invalid texts': (bytes) => listOf(bytes, 4, () => '!'),
  'a list of numbers': (bytes) => listOf(bytes, 2, () => 1),
  'a list of objects': (bytes) =>
    listOf(bytes, 60, (number) => ({ Key: `k${number}`, Value: '', TagKey: `k${number}`, TagValue: '' })),
  'a list of empty objects': (bytes) => listOf(bytes, 3, () => ({})),
  'an object with many keys': (bytes) => objectOf(bytes, (number) => `k${number}`, ''),
  'an object with invalid keys': (bytes) => objectOf(bytes, (number) => ` :${number}`, 1),
  'nested lists': (bytes) => listOf(Math.min(bytes, 2_000), 2, () => 0).reduce<unknown>((inner) => [inner], 1),
};

const head = (bytes: number): number => (bytes * headBytesMax) / bytesMax;

/** A request with a part of a given size. */
interface Target {
  readonly name: string;
  readonly prepare: (bytes: number) => () => Promise<unknown>;
}

const member = await freshMember();
const { keyId, secret = '' } = await member.ok(createAccessKey);

const pathOf = (route: string): readonly [method: string, path: string] => {
  const [method = '', template = ''] = route.split(' ');
  return [method, `/v1${template.replace('{region}', 'ap-guangzhou').replaceAll(/\{\w+\}/g, 'a')}`];
};

/** Every field of a body with every value, every text as the whole body, and as the query. */
function targetsOf(action: Action): Target[] {
  const [method, path] = pathOf(action.routes[0] ?? '');
  const send = (query: string, body?: string) => () => member.send(method, path + query, body === undefined ? {} : { body });
  const name = (what: string, where: string) => `${action.name}: ${what} as ${where}`;
  return [
    ...Object.keys(action.body?.shape ?? {}).flatMap((field) =>
      Object.entries(values).map(
        ([what, create]): Target => ({
          name: name(what, field),
          prepare: (bytes) => send('', JSON.stringify({ [field]: create(bytes) })),
        }),
      ),
    ),
    ...Object.keys(action.query.shape).flatMap((field) =>
      units.map(
        (unit): Target => ({
          name: name(unit, field),
          prepare: (bytes) => send(`?${field}=${encodeURIComponent(repeated(unit, head(bytes) / 3))}`),
        }),
      ),
    ),
    ...(method === 'GET' ? [] : units).map(
      (unit): Target => ({ name: name(unit, 'the body'), prepare: (bytes) => send('', repeated(unit, bytes)) }),
    ),
    ...units.map(
      (unit): Target => ({
        name: name(unit, 'the query'),
        prepare: (bytes) => send(`?${encodeURI(repeated(unit, head(bytes)))}`),
      }),
    ),
  ];
}

const headerNames = ['authorization', 'if-match', 'idempotency-key', 'cookie', 'accept-encoding', 'content-type', 'host'];
const sdkHeaderNames = ['authorization', 'x-tc-action', 'x-tc-timestamp', 'x-acs-action', 'x-acs-date', 'x-acs-signature-nonce'];
const headerStarts = ['', 'a', '"a"', 'Bearer ', 'TC3-HMAC-SHA256 Credential=', 'ACS3-HMAC-SHA256 Credential='];

/** Headers of the API, the SDKs, and the console. */
const headerTargets = [
  ...headerNames.flatMap((name) => [
    { name, method: 'DELETE', path: '/v1/regions/ap-guangzhou/images/a' },
    { name, method: 'GET', path: '/console/' },
  ]),
  ...sdkHeaderNames.map((name) => ({ name, method: 'POST', path: '/' })),
].flatMap(({ name, method, path }) =>
  headerStarts.flatMap((start) =>
    units
      .filter((unit) => /^[\x20-\x7e]+$/.test(unit))
      .map(
        (unit): Target => ({
          name: `header ${name} to ${path}: ${start}${unit}`,
          prepare: (bytes) => {
            const value = `${start}${repeated(unit, head(bytes))}x`;
            return () => fetchInProcess(path, { method, headers: { authorization: 'Bearer token-0', [name]: value } });
          },
        }),
      ),
  ),
);

const regions: Readonly<Record<string, string>> = { tencent: 'ap-guangzhou', alibaba: 'cn-hangzhou', ucloud: 'cn-bj2' };

/** Every parameter of a cloud's actions with every value, signed, and every text as the whole body. */
function sdkTargetsOf(cloud: SdkCloud): Target[] {
  const parameters = new Map(
    Object.entries(cloud.actions)
      .toReversed()
      .flatMap(
        ([
          action,
          {
            parameters: { shape },
          },
        ]) => Object.keys(shape).map((name) => [name, action] as const),
      ),
  );
  const common = { key: { keyId, secret }, region: regions[cloud.policy] ?? '', host, at: noon };
  return [...parameters].flatMap(([name, action]) =>
    Object.entries(values).map(
      ([what, create]): Target => ({
        name: `${cloud.name} ${action}: ${what} as ${name}`,
        prepare: (bytes) => {
          const value = create(bytes / 3);
          return () => sendSigned(cloud.sign({ ...common, action, parameters: { [name]: value } }), fetchInProcess);
        },
      }),
    ),
  );
}

const keyParameters = ['PublicKey=a&', '{"PublicKey":"a",', 'SecretId=a&', 'AccessKeyId=a&'];
const sdkBodies = keyParameters.flatMap((start) =>
  ['application/x-www-form-urlencoded', 'application/json'].flatMap((type) =>
    units.map(
      (unit): Target => ({
        name: `SDK: ${start}${unit} as ${type}`,
        prepare: (bytes) => {
          const body = start + repeated(unit, bytes);
          return () => fetchInProcess('/', { method: 'POST', headers: { 'content-type': type }, body });
        },
      }),
    ),
  ),
);

async function msOf({ prepare }: Target, bytes: number, times: number): Promise<number> {
  const send = prepare(bytes);
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time += 1) {
    const start = process.cpuUsage();
    await send();
    least = Math.min(least, process.cpuUsage(start).user / 1_000);
  }
  return least;
}

const [text = ''] = process.argv.slice(2);
const targets = [
  ...(await actions()).flatMap(({ action }) => targetsOf(action)),
  ...headerTargets,
  ...sdkClouds.flatMap(sdkTargetsOf),
  ...sdkBodies,
].filter(({ name }) => name.includes(text));
let slow = 0;
for (const target of targets) {
  if ((await msOf(target, bytesMax, 1)) < slowMs) {
    continue;
  }
  const [ms, quarterMs] = [await msOf(target, bytesMax, repetitions), await msOf(target, bytesMax / 4, repetitions)];
  if (ms > msMax || (ms > slowMs && ms / quarterMs > growthMax)) {
    slow += 1;
    console.log(
      `${ms.toFixed(0).padStart(6)} ms, ${(ms / quarterMs).toFixed(1)} times as long as a quarter  ${target.name.slice(0, 120)}`,
    );
  }
}
console.log(`${targets.length} requests, ${slow} too slow`);
process.exitCode = slow === 0 ? 0 : 1;
