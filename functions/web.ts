import { configurationFrom } from '../lib/app/configuration.ts';
import { respond } from '../lib/http/serve.ts';
import { staticFile } from '../lib/http/static-files.ts';
import { ActionError } from '../lib/model/error.ts';

/** Seconds of a year, for which what never changes may be kept. */
const yearSeconds = 31_536_000;

/** What the console may load, from this origin alone, and call: this origin, and where people are signed in. */
const contentSecurityPolicy = (signingIn: readonly string[]) =>
  `default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self' data:; img-src 'self' data:; connect-src ${["'self'", ...signingIn].join(' ')}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

let configured: ReturnType<typeof configurationFrom> | undefined;

/** Gives the console: its files, and what it has to know of this deployment. Refuses with: RouteNotFound. */
export const handler = respond('Web', async ({ rawPath, headers: asked }) => {
  if (rawPath === '/console') {
    return { statusCode: 308, headers: { location: '/console/', 'cache-control': 'no-store' } };
  }
  configured ??= configurationFrom(process.env);
  const { OIDC_ISSUER: issuer, CONSOLE_CLIENT_ID: clientId, CONSOLE_CONNECT_ORIGINS, SCOPE_TENANT } = configured;
  const safety = {
    'content-security-policy': contentSecurityPolicy([new URL(issuer).origin, ...CONSOLE_CONNECT_ORIGINS]),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  const path = rawPath.replace(/^\/console\//, '');
  if (path === 'config.json') {
    const headers = { ...safety, 'content-type': 'application/json', 'cache-control': 'no-cache' };
    return { statusCode: 200, headers, body: JSON.stringify({ issuer, clientId, scope: `openid ${SCOPE_TENANT}` }) };
  }

  const file = await staticFile(path, asked['accept-encoding']);
  if (file === undefined) {
    const isBuilt = (await staticFile('', undefined)) !== undefined;
    throw new ActionError('RouteNotFound', {
      detail: isBuilt ? 'The console has no such file.' : 'The console is not built: npm run console:build builds it.',
    });
  }
  const headers = {
    ...safety,
    'content-type': file.contentType,
    'cache-control': file.isImmutable ? `public, max-age=${yearSeconds}, immutable` : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
    ...(file.contentEncoding !== undefined && { 'content-encoding': file.contentEncoding }),
  };
  if (asked['if-none-match']?.includes(file.etag)) {
    return { statusCode: 304, headers };
  }
  return { statusCode: 200, headers, body: file.body.toString('base64'), isBase64Encoded: true };
});
