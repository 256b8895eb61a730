import document from '../docs/openapi.json' with { type: 'json' };
import { respond } from '../lib/http/serve.ts';

const body = JSON.stringify(document);

/** Returns the OpenAPI document, which is generated from the schemas of the actions. */
export const handler = respond('GetOpenApi', async () => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
  body,
}));
