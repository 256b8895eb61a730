import { configurationFrom } from '../lib/app/configuration.ts';
import { fileResponse } from '../lib/http/cached-file.ts';
import { respond } from '../lib/http/serve.ts';
import { staticFile } from '../lib/http/static-files.ts';
import { ActionError } from '../lib/model/error.ts';

/** One year: how long immutable files can be cached. */
const yearSeconds = 31_536_000;

/** Lets the console load only from this origin, and connect only to this origin and to the sign-in origins. */
const contentSecurityPolicy = (signInOrigins: readonly string[]) =>
  `default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self' data:; img-src 'self' data:; connect-src ${["'self'", ...signInOrigins].join(' ')}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

let configuration: ReturnType<typeof configurationFrom> | undefined;

/** Serves the console's files and its configuration for this deployment. Fails with RouteNotFound for an unknown file. */
export const handler = respond('Web', async ({ rawPath, headers: requestHeaders }) => {
  if (rawPath === '/console') {
    return { statusCode: 308, headers: { location: '/console/', 'cache-control': 'no-store' } };
  }
  configuration ??= configurationFrom(process.env);
  const { issuer, scopeNames } = configuration.tokens;
  const { clientId, connectOrigins } = configuration.console;
  const securityHeaders = {
    'content-security-policy': contentSecurityPolicy([new URL(issuer).origin, ...connectOrigins]),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  const path = rawPath.replace(/^\/console\//, '');
  if (path === 'config.json') {
    const headers = { ...securityHeaders, 'content-type': 'application/json', 'cache-control': 'no-cache' };
    return { statusCode: 200, headers, body: JSON.stringify({ issuer, clientId, scope: `openid ${scopeNames.tenant}` }) };
  }

  const file = await staticFile(path, requestHeaders['accept-encoding']);
  if (file === undefined) {
    const isBuilt = (await staticFile('', undefined)) !== undefined;
    throw new ActionError('RouteNotFound', {
      detail: isBuilt ? 'The console has no such file.' : 'The console is not built. To build it, run npm run console:build.',
    });
  }
  return fileResponse(file, requestHeaders['if-none-match'], {
    ...securityHeaders,
    'cache-control': file.isImmutable ? `public, max-age=${yearSeconds}, immutable` : 'no-cache',
  });
});
