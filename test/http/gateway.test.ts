/** Checks that the local gateway behaves like AWS: it sends the function's response unchanged. */
import { readFileSync } from 'node:fs';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { parse } from 'yaml';
import { Problem } from '../../lib/http/problem.ts';
import { httpApi, type Invoke } from '../../local/http-api.ts';
import { routesOf, type Service } from '../../local/routes.ts';
import { freshMember, freshMembers, tokenOf } from '../support/api.ts';
import { anImageOf, type Member, share } from '../support/client.ts';
import { bytesOf, type RawRequest, type RawResponse, sendAndDisconnect, sendRaw } from '../support/raw-http.ts';
import { environment, origin } from '../support/service.ts';

const service = parse(readFileSync('serverless.yml', 'utf8')) as Service;

/** Headers that Node adds for the connection. */
const connectionHeaders = new Set(['date', 'connection', 'keep-alive', 'content-length']);
const requestIds = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const withoutId = (text: string): string => text.replaceAll(requestIds, 'ID');

const normalized = ({ status, headers, body }: RawResponse) => ({
  status,
  headers: Object.fromEntries(
    headers.filter(([name]) => !connectionHeaders.has(name.toLowerCase())).map(([name, value]) => [name, withoutId(value)]),
  ),
  body: withoutId(body.toString('latin1')),
});

const fromFunction = ({ statusCode, headers, body = '', isBase64Encoded }: APIGatewayProxyStructuredResultV2) => ({
  status: statusCode,
  headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, withoutId(String(value))])),
  body: withoutId(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString('latin1')),
});

type Handler = (event: unknown, context: unknown) => Promise<APIGatewayProxyStructuredResultV2>;
const context = { awsRequestId: crypto.randomUUID(), getRemainingTimeInMillis: () => 29_000 };

beforeAll(() => {
  Object.assign(process.env, environment());
});

/** Sends the request to a function in this process, and returns the function's own response. */
async function invokeDirectly(request: RawRequest) {
  const response: APIGatewayProxyStructuredResultV2[] = [];
  const invoke: Invoke = async (functionName, event) => {
    const { handler } = (await import(`../../functions/${functionName}.ts`)) as { handler: Handler };
    const result = await handler(event, context);
    response.push(result);
    return result;
  };
  const server = httpApi(routesOf(service), invoke);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await sendRaw(`http://127.0.0.1:${port}`, bytesOf(request));
  server.close();
  return response.map(fromFunction);
}

const problemResponse = (status: number, code: string) => ({
  status,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', 'x-request-id': 'ID' },
  body: expect.stringContaining(`"code":"${code}"`),
});
const noRoute = problemResponse(404, 'RouteNotFound');
const tencent = {
  status: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-request-id': 'ID' },
  body: expect.stringContaining('"Error":{"Code":"MissingParameter"'),
};
const preflight = {
  origin: 'https://other.example',
  'access-control-request-method': 'GET',
  'access-control-request-headers': 'authorization',
};
const openapi = {
  status: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-cache', 'x-request-id': 'ID' },
  body: expect.stringMatching(/^\{"openapi":"3\.1\.\d".*\}$/s),
};

const cases: readonly (RawRequest & { readonly what: string; readonly expected: object })[] = [
  { what: 'JSON with exactly its content type', method: 'GET', target: '/v1/openapi.json', expected: openapi },
  {
    what: 'a cross-origin request, without CORS headers',
    method: 'GET',
    target: '/v1/openapi.json',
    headers: { origin: 'https://a.example' },
    expected: openapi,
  },
  {
    what: 'a refused cross-origin request with credentials, without CORS headers',
    method: 'GET',
    target: '/v1/regions/cn-bj2/images',
    headers: { origin: 'https://a.example', cookie: 'a=b' },
    expected: {
      ...problemResponse(401, 'Unauthenticated'),
      headers: { ...problemResponse(401, '').headers, 'www-authenticate': 'Bearer' },
    },
  },
  {
    what: 'a cross-origin SDK call, without CORS headers',
    method: 'POST',
    target: '/',
    headers: {
      origin: 'https://a.example',
      'content-type': 'application/json',
      'x-tc-action': 'DescribeImages',
      'x-tc-version': '2017-03-12',
    },
    body: '{}',
    expected: tencent,
  },
  {
    what: 'a range request, with the whole document',
    method: 'GET',
    target: '/v1/openapi.json',
    headers: { range: 'bytes=0-9' },
    expected: openapi,
  },
  {
    what: 'a request that accepts compression, uncompressed',
    method: 'GET',
    target: '/v1/openapi.json',
    headers: { 'accept-encoding': 'gzip, br' },
    expected: openapi,
  },
  {
    what: 'a request with if-modified-since, with the whole document',
    method: 'GET',
    target: '/v1/openapi.json',
    headers: { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' },
    expected: openapi,
  },
  {
    what: 'a request with malformed cookies',
    method: 'GET',
    target: '/v1/openapi.json',
    headers: { cookie: 'a=b; =; "; é=ü' },
    expected: openapi,
  },
  { what: 'a preflight request', method: 'OPTIONS', target: '/v1/regions', headers: preflight, expected: noRoute },
  {
    what: 'a preflight request of an unknown route',
    method: 'OPTIONS',
    target: '/v1/none',
    headers: preflight,
    expected: noRoute,
  },
  { what: 'a method without a route', method: 'PROPFIND', target: '/v1/regions', expected: noRoute },
  { what: 'HEAD, which has no route', method: 'HEAD', target: '/v1/openapi.json', expected: { ...noRoute, body: '' } },
  { what: 'a trailing slash', method: 'GET', target: '/v1/openapi.json/', expected: noRoute },
  { what: 'an empty last parameter', method: 'GET', target: '/v1/regions/cn-bj2/images/', expected: noRoute },
  { what: 'a double slash', method: 'GET', target: '//v1/openapi.json', expected: noRoute },
  { what: 'an empty parameter', method: 'GET', target: '/v1/regions//images', expected: noRoute },
  { what: 'a different case', method: 'GET', target: '/v1/OpenAPI.json', expected: noRoute },
  {
    what: 'an encoded slash in a parameter',
    method: 'GET',
    target: '/v1/docs/a%2fb',
    expected: problemResponse(404, 'RouteNotFound'),
  },
  { what: 'an invalidly encoded query', method: 'GET', target: '/v1/openapi.json?%ZZ&%', expected: openapi },
  {
    what: 'a call without a token',
    method: 'GET',
    target: '/v1/regions/cn-bj2/images',
    expected: {
      ...problemResponse(401, 'Unauthenticated'),
      headers: { ...problemResponse(401, '').headers, 'www-authenticate': 'Bearer' },
    },
  },
  {
    what: 'a refusal by an SDK protocol',
    method: 'POST',
    target: '/',
    headers: { 'content-type': 'application/json', 'x-tc-action': 'DescribeImages', 'x-tc-version': '2017-03-12' },
    body: '{}',
    expected: tencent,
  },
  {
    what: 'a redirect',
    method: 'GET',
    target: '/',
    expected: { status: 302, headers: { location: '/console/', 'cache-control': 'no-store', 'x-request-id': 'ID' }, body: '' },
  },
];

describe('the local gateway', () => {
  it.each(cases)('responds like the function to $what: $method $target', async ({ expected, ...request }) => {
    const actual = normalized(await sendRaw(origin(), bytesOf(request)));

    expect(actual).toEqual(expected);
    const [response] = await invokeDirectly(request);
    expect(actual).toEqual(request.method === 'HEAD' ? { ...response, body: '' } : response);
  });

  it.each<[string, number, Buffer | string]>([
    ['a path that is not percent-encoded', 400, bytesOf({ method: 'GET', target: '/v1/%ZZ' })],
    ['a path that is not UTF-8', 400, bytesOf({ method: 'GET', target: '/v1/regions/%ff/images' })],
    [
      'a body of more than 10 MiB',
      413,
      bytesOf({ method: 'POST', target: '/v1/regions/cn-bj2/images', body: new Uint8Array(10_485_761) }),
    ],
    [
      'headers that exceed the size limit',
      431,
      bytesOf({ method: 'GET', target: '/v1/health', headers: { filler: 'x'.repeat(20_000) } }),
    ],
    ['bytes that are not a request', 400, 'Hello?\r\n\r\n'],
    ['an invalid content length', 400, 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: many\r\n\r\n'],
  ])('responds to %s with its own problem document, status %i', async (_, status, bytes) => {
    const { status: response, headers, body } = await sendRaw(origin(), bytes);

    expect([response, Object.fromEntries(headers)['content-type']]).toEqual([status, 'application/problem+json']);
    expect(Problem.parse(JSON.parse(body.toString()))).toMatchObject({ status, code: 'InvalidRequest' });
  });
});

describe('the local gateway, for functions', () => {
  it('passes a body that is not UTF-8 to the function, which refuses it', async () => {
    const { account } = await freshMember();
    const headers = { authorization: `Bearer ${await tokenOf({ account })}`, 'content-type': 'application/json' };
    const body = Buffer.from('{"name":"caf\xe9","sizeGiB":1}', 'latin1');

    const response = await sendRaw(origin(), bytesOf({ method: 'POST', target: '/v1/regions/cn-bj2/images', headers, body }));

    expect(JSON.parse(response.body.toString())).toMatchObject({ status: 400, detail: 'body: must be UTF-8.' });
  });

  it('returns an image despite If-None-Match, because the ETag does not cover its shares', async () => {
    const [member, recipient] = (await freshMembers(2)) as [Member, Member];
    const { imageId } = await anImageOf(member, 'cn-hangzhou');
    const authorization = `Bearer ${await tokenOf({ account: member.account })}`;
    const request = { method: 'GET', target: `/v1/regions/cn-hangzhou/images/${imageId}`, headers: { authorization } };
    const etag = Object.fromEntries((await sendRaw(origin(), bytesOf(request))).headers)['etag'] ?? '';
    await share(member, { region: 'cn-hangzhou', imageId }, [recipient.account]);

    for (const ifNoneMatch of [etag, '*', `W/${etag}`]) {
      const again = await sendRaw(origin(), bytesOf({ ...request, headers: { authorization, 'if-none-match': ifNoneMatch } }));

      const { headers, body } = again;
      expect([again.status, Object.fromEntries(headers)['etag'], JSON.parse(body.toString()).shareCount]).toEqual([
        200,
        '"1"',
        1,
      ]);
    }
  });

  it('returns whole documents despite Range', async () => {
    const member = await freshMember();
    const { imageId } = await anImageOf(member, 'cn-hangzhou');
    const headers = { authorization: `Bearer ${await tokenOf({ account: member.account })}`, range: 'bytes=0-9' };

    for (const path of ['images', `images/${imageId}`, `images/${imageId}/shares`]) {
      const response = await sendRaw(origin(), bytesOf({ method: 'GET', target: `/v1/regions/cn-hangzhou/${path}`, headers }));

      expect(response.status).toBe(200);
      expect(JSON.parse(response.body.toString())).toEqual(expect.any(Object));
    }
  });
});

describe('a misbehaving client', () => {
  const health = { method: 'GET', target: '/v1/health' };
  const statusOf = async (bytes: Uint8Array | string) => (await sendRaw(origin(), bytes)).status;

  it.each([
    ['a body that ends before its length', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\na'],
    ['a chunk without a size', 'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['an unknown transfer coding', 'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n'],
  ])('does not stop the service: %s', async (_, bytes) => {
    await sendAndDisconnect(origin(), bytes);

    expect(await statusOf(bytesOf(health))).toBe(200);
  });

  it('gets the response to a valid request that is followed by a malformed one', async () => {
    const { status, body } = await sendRaw(origin(), 'GET /v1/health HTTP/1.1\r\nhost: a\r\n\r\nBAD\r\n\r\n');

    expect([status, body.toString()]).toEqual([200, expect.stringMatching(/^\{"status":"ok"\}HTTP\/1\.1 400 /)]);
  });

  it('can wait for 100 Continue while the response to an earlier request is on its way', async () => {
    const [earlier, request] = [
      'GET /v1/health HTTP/1.1\r\nhost: image-share.test\r\n\r\n',
      bytesOf({ method: 'GET', target: '/v1/nowhere', headers: { expect: '100-continue' } }),
    ];
    const { status, body } = await sendRaw(origin(), `${earlier}${request}`);
    const [, head = '', rest = ''] = /\}(HTTP\/1\.1 404 .*?)\r\n\r\n(.*)$/s.exec(body.toString()) ?? [];
    expect([status, Number(/^content-length: (\d+)/im.exec(head)?.[1])]).toEqual([200, Buffer.byteLength(rest)]);
    expect(JSON.parse(rest)).toMatchObject({ code: 'RouteNotFound' });
  });

  it('can send the whole URL as the target, as through a proxy', async () => {
    expect(await statusOf(bytesOf({ method: 'GET', target: 'http://image-share.test/v1/health' }))).toBe(200);
    expect(await statusOf(bytesOf({ method: 'GET', target: 'http://image-share.test' }))).toBe(302);
  });

  it.each([
    ['no host', 400, 'GET /v1/health HTTP/1.1\r\nconnection: close\r\n\r\n'],
    ['two hosts', 400, 'GET /v1/health HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n'],
    ['an expectation', 417, 'GET /v1/health HTTP/1.1\r\nhost: a\r\nexpect: foo\r\nconnection: close\r\n\r\n'],
    ['CONNECT', 400, 'CONNECT a:80 HTTP/1.1\r\nhost: a\r\n\r\n'],
  ])('gets a problem document for %s', async (_, status, bytes) => {
    const response = await sendRaw(origin(), bytes);

    expect([response.status, Problem.parse(JSON.parse(response.body.toString())).status]).toEqual([status, status]);
  });
});

describe('a content type', () => {
  const routes = Object.values(service.functions).flatMap(({ events = [] }) =>
    events.flatMap(({ httpApi: route }) => (typeof route === 'object' ? [`${route.method} ${route.path}`] : [])),
  );
  /** Some clients, such as Tencent Cloud's SDK for Python, parse a refusal only if its content type is exactly this one. */
  const json = ['application/json', 'application/problem+json'];
  const others: Readonly<Record<string, readonly string[]>> = {
    'GET /v1/docs': ['text/html; charset=utf-8'],
    'GET /console': ['none'],
    'GET /console/{proxy+}': ['text/html; charset=utf-8', ...json],
    'GET /': ['none'],
  };

  it.each(routes)('has no parameters on %s', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    const { headers } = await sendRaw(origin(), bytesOf({ method, target: path.replaceAll(/\{\w+\+?\}/g, 'a') }));

    const types = headers.filter(([name]) => name.toLowerCase() === 'content-type').map(([, value]) => value);
    expect(others[route] ?? json).toContain(types.join() || 'none');
  });

  it.each([
    [
      'Tencent Cloud, API 3.0',
      { method: 'POST', target: '/', headers: { 'x-tc-action': 'DeleteImages', 'x-tc-version': '2017-03-12' }, body: '{}' },
      'application/json',
    ],
    ['Tencent Cloud, API 2.0', { method: 'GET', target: '/v2/index.php?Action=DescribeImages&SecretId=a' }, 'application/json'],
    [
      'Alibaba Cloud, JSON',
      { method: 'GET', target: '/?Action=DescribeImages&Version=2014-05-26&Format=JSON&AccessKeyId=a' },
      'application/json;charset=utf-8',
    ],
    [
      'Alibaba Cloud, XML',
      { method: 'GET', target: '/?Action=DescribeImages&Version=2014-05-26&AccessKeyId=a' },
      'text/xml;charset=utf-8',
    ],
    [
      'UCloud',
      {
        method: 'POST',
        target: '/',
        headers: { 'content-type': 'application/json' },
        body: '{"Action":"DescribeImage","PublicKey":"a"}',
      },
      'application/json',
    ],
  ])("is the cloud's own for %s", async (_, request, type) => {
    const { headers } = await sendRaw(origin(), bytesOf(request));

    expect(headers.filter(([name]) => name.toLowerCase() === 'content-type')).toEqual([[expect.any(String), type]]);
  });
});
