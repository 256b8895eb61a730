import { fileResponse } from '../lib/http/cached-file.ts';
import { docsPage } from '../lib/http/docs-pages.ts';
import { respond } from '../lib/http/serve.ts';
import { ActionError } from '../lib/model/error.ts';

/** Allows only this origin, plus what Swagger UI needs: icons as data URLs and inline styles. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Returns the API reference and the pages about errors and rules as HTML. Fails with RouteNotFound for an unknown page. */
export const handler = respond('ShowDocs', async ({ pathParameters, headers }) => {
  const page = docsPage(pathParameters?.['page'] ?? 'index', headers['accept-encoding']);
  if (page === undefined) {
    throw new ActionError('RouteNotFound', { detail: 'Page not found. Start at GET /v1/docs.' });
  }
  return fileResponse(page, headers['if-none-match'], {
    'cache-control': 'no-cache',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
  });
});
