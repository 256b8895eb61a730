import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staticFile } from '../../lib/http/static-files.ts';
import { withToken } from '../support/api.ts';
import { problemIn } from '../support/client.ts';
import { requestServer } from '../support/servers.ts';
import { issuer, origin } from '../support/service.ts';

await requestServer('console');

const anyone = withToken();
const get = (path: string, headers: Readonly<Record<string, string>> = {}) => anyone.send('GET', path, { headers });

/** Sends a path unchanged: fetch would normalize it. */
const statusOfRaw = (path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin());
    request({ hostname, port, path }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });

const directivesOf = (policy: string | null) =>
  Object.fromEntries((policy ?? '').split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]));

/** Returns the URLs that the console's page loads. */
const loadedUrls = async () =>
  [...(await get('/console/')).text.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="(\/[^"]+)"/g)].map(([, url = '']) => url);

describe('GET /console', () => {
  it('redirects to the folder, so that relative URLs resolve', async () => {
    const { status, headers } = await get('/console');

    expect([status, headers.get('location')]).toEqual([308, '/console/']);
  });

  it("is the target of the origin's redirect", async () => {
    const { status, headers } = await get('/');

    expect([status, headers.get('location')]).toEqual([302, '/console/']);
  });
});

describe('GET /console/', () => {
  it.each(['', '?a=b', 'index.html', 'signed-in?code=1', 'images', 'images/ap-guangzhou/img-1.2', 'images/'])(
    'returns the page for /console/%s',
    async (path) => {
      const { status, headers, text } = await get(`/console/${path}`);

      expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(text).toMatch(/^<!doctype html>/i);
      expect(headers.get('cache-control')).toBe('no-cache');
      expect(headers.get('x-request-id')).toBeTruthy();
    },
  );

  it('allows loading only from its own origin, and connecting only to the API and the issuer', async () => {
    const { headers } = await get('/console/');

    expect(directivesOf(headers.get('content-security-policy'))).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'font-src': ["'self'", 'data:'],
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'", issuer()],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('returns 304 for a current ETag of the same encoding', async () => {
    const etag = (await get('/console/', { 'accept-encoding': 'br' })).headers.get('etag') as string;

    const again = await get('/console/images', { 'accept-encoding': 'br', 'if-none-match': `"another", W/${etag}` });
    expect(again).toMatchObject({ status: 304, text: '' });
    expect(again.headers.get('etag')).toBe(etag);
    expect((await get('/console/', { 'accept-encoding': 'identity', 'if-none-match': etag })).status).toBe(200);
  });

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['GZIP;q=0.5, br;q=0', 'gzip'],
    ['identity', null],
    ['brotli', null],
  ])('returns for accept-encoding %s the encoding %s', async (acceptEncoding, encoding) => {
    const plain = await get('/console/', { 'accept-encoding': 'identity' });

    const { headers, text } = await get('/console/', { 'accept-encoding': acceptEncoding });

    expect([headers.get('content-encoding'), headers.get('vary')]).toEqual([encoding, 'accept-encoding']);
    expect(text).toBe(plain.text);
  });
});

describe('GET /console/assets/...', () => {
  it('returns everything that the page loads, cacheable for a year', async () => {
    const urls = await loadedUrls();
    expect(urls.length).toBeGreaterThan(1);

    for (const url of urls) {
      const { status, headers } = await get(url, { 'accept-encoding': 'br' });
      expect({ url, status, coding: headers.get('content-encoding') }).toEqual({ url, status: 200, coding: 'br' });
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('content-type')).toMatch(url.endsWith('.css') ? /^text\/css/ : /^text\/javascript/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('loads nothing from other origins', async () => {
    const { text } = await get('/console/');

    expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect((await loadedUrls()).filter((url) => !url.startsWith('/console/'))).toEqual([]);
  });
});

describe('GET /console/config.json', () => {
  it('returns issuer, client, and scope for signing in', async () => {
    const { status, headers, body } = await get('/console/config.json');

    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      expect.stringMatching(/^application\/json/),
      'no-cache',
    ]);
    expect(body).toEqual({ issuer: issuer(), clientId: 'image-share-console', scope: 'openid image-share' });
  });
});

describe('unknown paths of the console', () => {
  it.each([
    '/console/none.js',
    `/console/${'a'.repeat(300)}.js`,
    '/console/assets/none',
    '/console/assets',
    '/console/assets/..%2findex.html',
    '/console/..%2f..%2fpackage.json',
    '/console/..%2f..%2f..%2fetc%2fpasswd',
    '/console/%2e%2e%2f%2e%2e%2fpackage.json',
    '/console/..%5c..%5cpackage.json',
    '/console/.sources',
    '/console/a//b',
    '/console/%00',
  ])('refuses %s with a problem document', async (path) => {
    const expected = path === '/console/assets' ? 200 : 404;

    const response = await get(path);

    expect([path, response.status]).toEqual([path, expected]);
    if (expected === 404) {
      expect(problemIn(response)).toMatchObject({ code: 'RouteNotFound', detail: 'The console has no such file.' });
    }
  });

  it.each([
    '/console/../package.json',
    '/console/../../package.json',
    '/console/assets/../../package.json',
    '/console/./.sources',
  ])('serves nothing outside its folder: %s', async (path) => {
    expect(await statusOfRaw(path)).toBe(404);
  });

  it.each([
    ['GET', '/v1/none'],
    ['GET', '/consoles'],
    ['GET', '/assets/none.js'],
    ['POST', '/console/'],
    ['DELETE', '/console/index.html'],
  ])('refuses %s %s like every unknown route', async (method, path) => {
    const response = await anyone.send(method, path, { headers: { accept: 'text/html' } });

    expect(problemIn(response)).toMatchObject({ status: 404, code: 'RouteNotFound' });
  });
});

describe('staticFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'image-share-console-'));
  beforeAll(() => {
    mkdirSync(join(folder, 'assets'));
    for (const name of ['index.html', 'assets/logo-1.png', 'assets/app-1.js', 'assets/app-1.js.gz', 'robots.txt']) {
      writeFileSync(join(folder, name), name);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['', 'index.html', 'text/html; charset=utf-8', false],
    ['images/a/b', 'index.html', 'text/html; charset=utf-8', false],
    ['assets/logo-1.png', 'assets/logo-1.png', 'image/png', true],
    ['robots.txt', 'robots.txt', 'text/plain; charset=utf-8', false],
  ])('returns for %j: %s', async (path, content, contentType, isImmutable) => {
    const file = await staticFile(path, 'br, gzip', folder);

    expect(file).toMatchObject({ contentType, isImmutable });
    expect(file?.contentEncoding).toBeUndefined();
    expect(file?.body.toString()).toBe(content);
  });

  it('returns the available encoding', async () => {
    expect(await staticFile('assets/app-1.js', 'br, gzip', folder)).toMatchObject({ contentEncoding: 'gzip' });
  });

  it('returns nothing before the console is built', async () => {
    expect(await staticFile('', 'br', join(folder, 'none'))).toBeUndefined();
    expect(await staticFile('assets/app-1.js', 'br', join(folder, 'none'))).toBeUndefined();
  });
});
