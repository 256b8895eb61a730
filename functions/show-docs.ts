import { docsPage } from '../lib/http/docs-pages.ts';
import { respond } from '../lib/http/serve.ts';
import { ActionError } from '../lib/model/error.ts';

/** Only what comes from this origin; Swagger UI draws its icons as data and styles some elements in place. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Shows the reference of the API, and what is said of each error and rule, as pages for people. */
export const handler = respond('ShowDocs', async ({ pathParameters, headers: asked }) => {
  const page = docsPage(pathParameters?.['page'] ?? 'index');
  if (page === undefined) {
    throw new ActionError('RouteNotFound', { detail: 'Page not found. Start at GET /v1/docs.' });
  }
  const isGzipped = /\bgzip\b/.test(asked['accept-encoding'] ?? '');
  const headers = {
    'content-type': page.contentType,
    'cache-control': 'no-cache',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    etag: page.etag,
    vary: 'accept-encoding',
    ...(isGzipped && { 'content-encoding': 'gzip' }),
  };
  if (asked['if-none-match'] === page.etag) {
    return { statusCode: 304, headers };
  }
  return { statusCode: 200, headers, body: (isGzipped ? page.gzipped : page.body).toString('base64'), isBase64Encoded: true };
});
