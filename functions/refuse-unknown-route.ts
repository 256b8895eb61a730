import { respond } from '../lib/http/serve.ts';
import { ActionError } from '../lib/model/error.ts';

/** Handles requests that match no other route. Always fails with RouteNotFound. */
export const handler = respond('RefuseUnknownRoute', async () => {
  throw new ActionError('RouteNotFound', {
    detail: 'Operation not found. For a list of operations, see GET /v1/openapi.json.',
  });
});
