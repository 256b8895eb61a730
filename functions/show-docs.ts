import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { docsPage } from '../lib/http/docs-pages.ts';
import { problemAnswer, routeNotFound } from '../lib/http/problem.ts';

/** Only what comes from this origin; Swagger UI draws its icons as data and styles some elements in place. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Shows the reference of the API, and what is said of each error and rule, as pages for people. */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Pick<Context, 'awsRequestId'>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const page = docsPage(event.pathParameters?.['page'] ?? 'index');
  if (page === undefined) {
    return problemAnswer(routeNotFound(), context.awsRequestId);
  }
  const isGzipped = /\bgzip\b/.test(event.headers['accept-encoding'] ?? '');
  const headers = {
    'content-type': page.contentType,
    'cache-control': 'no-cache',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'x-request-id': context.awsRequestId,
    etag: page.etag,
    vary: 'accept-encoding',
    ...(isGzipped && { 'content-encoding': 'gzip' }),
  };
  if (event.headers['if-none-match'] === page.etag) {
    return { statusCode: 304, headers };
  }
  return { statusCode: 200, headers, body: (isGzipped ? page.gzipped : page.body).toString('base64'), isBase64Encoded: true };
}
