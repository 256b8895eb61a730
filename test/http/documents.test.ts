import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { errorCodes } from '../../lib/model/error.ts';
import { ruleSlugs } from '../../lib/model/rule-slug.ts';
import { withToken } from '../support/api.ts';
import { problemIn } from '../support/client.ts';

const anyone = withToken();

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly security?: unknown;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const documentOf = async () => (await anyone.send('GET', '/v1/openapi.json')).body as Document;
const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, path, operation })),
  );

/** Returns the routes of the deployed functions. */
function deployedRoutes(): string[] {
  const { functions } = parse(readFileSync('serverless.yml', 'utf8')) as {
    functions: Record<string, { events?: { httpApi?: string | { method: string; path: string } }[] }>;
  };
  return Object.values(functions).flatMap(({ events = [] }) =>
    events.flatMap(({ httpApi }) => (typeof httpApi === 'object' ? [`${httpApi.method} ${httpApi.path}`] : [])),
  );
}

/** Routes outside the API: documents, the console, and the clouds' SDK protocols. */
const others = [
  ...['GET /v1/openapi.json', 'GET /v1/docs', 'GET /v1/docs/{page}', 'GET /console', 'GET /console/{proxy+}'],
  ...['GET /', 'POST /', 'GET /v2/index.php', 'POST /v2/index.php'],
];

describe('GET /v1/openapi.json', () => {
  it('describes exactly the deployed routes', async () => {
    const described = operationsOf(await documentOf()).map(({ route }) => route);

    expect([...described, ...others].toSorted()).toEqual(deployedRoutes().toSorted());
  });

  it('is a valid OpenAPI 3.1 document: unique operation ids, declared path parameters, resolvable references', async () => {
    const document = await documentOf();
    const operations = operationsOf(document);

    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info).toMatchObject({ title: expect.any(String), version: '1' });
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    for (const { route, path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect({ route, names: declared.map(({ name }) => name).toSorted() }).toEqual({ route, names: inPath.toSorted() });
      expect(declared.every(({ required }) => required)).toBe(true);
      expect(Object.keys(operation.responses).length).toBeGreaterThan(1);
    }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      const target = reference
        .replace('#/', '')
        .split('/')
        .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document);
      expect({ reference, found: typeof target }).toEqual({ reference, found: 'object' });
    }
  });

  it('states correctly which routes require a token', async () => {
    for (const { route, path, operation } of operationsOf(await documentOf())) {
      const [method = ''] = route.split(' ');
      const { status } = await anyone.send(method, path.replaceAll(/\{\w+\}/g, 'a'));
      expect({ route, isRefused: status === 401 }).toEqual({ route, isRefused: operation.security !== undefined });
    }
  });
});

describe('GET /v1/docs', () => {
  /** Returns the URLs that a page loads. */
  const loadedBy = (html: string) =>
    [...html.matchAll(/<(?:script|link|img|iframe)[^>]+(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url);

  it.each(['/v1/docs', '/v1/docs/errors'])('returns %s with a policy that allows only its own origin', async (path) => {
    const { status, headers, text } = await anyone.send('GET', path);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-request-id')).toBeTruthy();
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).toContain("script-src 'self';");
    expect(policy.split(/[ ;]+/).filter((source) => /\.|^https?:|^\*/.test(source))).toEqual([]);

    expect(loadedBy(text).filter((url) => !url.startsWith('/v1/docs/') && url !== 'data:,')).toEqual([]);
    expect(text).not.toMatch(/<script(?![^>]* src=)/);
  });

  it.each(['/v1/docs', '/v1/docs/errors'])('serves everything that %s loads, with its content type', async (path) => {
    const urls = loadedBy((await anyone.send('GET', path)).text);
    expect(urls.length).toBeGreaterThan(0);
    for (const url of urls.filter((url) => url !== 'data:,')) {
      const part = await anyone.send('GET', url);
      expect({ url, status: part.status }).toEqual({ url, status: 200 });
      expect(part.headers.get('content-type')).toMatch(url.endsWith('.css') ? /^text\/css/ : /^text\/javascript/);
      if (url.endsWith('.css')) {
        expect([...part.text.matchAll(/@import|url\((?!["']?(?:data:|#))/g)]).toEqual([]);
      }
    }
  });

  it('has an anchor for every error code and rule, which problems link to', async () => {
    const { text } = await anyone.send('GET', '/v1/docs/errors');
    const { type } = problemIn(await anyone.send('GET', '/v1/none'));

    expect([...errorCodes, ...ruleSlugs].filter((id) => !text.includes(`id="${id}"`))).toEqual([]);
    expect(type).toBe('/v1/docs/errors#RouteNotFound');
  });

  it('returns 304 for a current ETag', async () => {
    const etag = (await anyone.send('GET', '/v1/docs/errors')).headers.get('etag') as string;
    const again = await anyone.send('GET', '/v1/docs/errors', { headers: { 'if-none-match': etag } });

    expect(again).toMatchObject({ status: 304, text: '' });
  });

  it('is compressed only for clients that accept it', async () => {
    const compressed = await anyone.send('GET', '/v1/docs', { headers: { 'accept-encoding': 'gzip' } });
    const plain = await anyone.send('GET', '/v1/docs', { headers: { 'accept-encoding': 'identity' } });

    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(compressed.text).toBe(plain.text);
  });

  it.each(['none', '__proto__', 'constructor', '..%2fserverless.yml', '%2e%2e%2fpackage.json', 'index.html'])(
    'has no page %s',
    async (page) => {
      expect(problemIn(await anyone.send('GET', `/v1/docs/${page}`))).toMatchObject({ status: 404, code: 'RouteNotFound' });
    },
  );
});

describe('an unknown path or method', () => {
  it.each([
    ['GET', '/v1'],
    ['GET', '/v1/none'],
    ['GET', '/v2/regions'],
    ['GET', '/V1/health'],
    ['GET', '/v1/regions/ap-guangzhou'],
    ['POST', '/v1/regions'],
    ['PUT', '/v1/health'],
    ['PATCH', '/v1/openapi.json'],
    ['DELETE', '/v1/docs'],
    ['POST', '/v1/regions/ap-guangzhou/images/img-1'],
    ['PROPFIND', '/v1/health'],
    ['OPTIONS', '/v1/health'],
    ['GET', '/v1/health/'],
    ['GET', '/v1/docs/'],
    ['OPTIONS', '/v1/regions/ap-guangzhou/images'],
    ['GET', '/v1/regions/ap-guangzhou/images/img-1/shares/a/b'],
    ['GET', '/.env'],
    ['GET', '/v1/%2e%2e/package.json'],
  ])('%s %s is RouteNotFound', async (method, path) => {
    expect(problemIn(await anyone.send(method, path))).toMatchObject({ status: 404, code: 'RouteNotFound' });
  });

  it('is RouteNotFound with any body and token', async () => {
    const response = await withToken('not-a-token').send('POST', '/v1/none', { body: '{' });

    expect(problemIn(response)).toMatchObject({ code: 'RouteNotFound' });
  });
});

describe('GET /v1/health', () => {
  it('returns 200 while the table can be read', async () => {
    const response = await anyone.send('GET', '/v1/health');

    expect(response).toMatchObject({ status: 200, text: '{"status":"ok"}' });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toBeTruthy();
  });
});
