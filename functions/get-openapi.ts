import document from '../docs/openapi.json' with { type: 'json' };
import { respond } from '../lib/http/serve.ts';

const body = JSON.stringify(document);

/** Gives the API's OpenAPI document, which is made from the schemas that the actions parse with. */
export const handler = respond('GetOpenApi', async () => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
  body,
}));
