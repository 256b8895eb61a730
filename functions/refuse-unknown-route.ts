import { respond } from '../lib/http/serve.ts';
import { ActionError } from '../lib/model/error.ts';

/** Answers whatever no other route takes. Refuses with: RouteNotFound, always. */
export const handler = respond('RefuseUnknownRoute', async () => {
  throw new ActionError('RouteNotFound', {
    detail: 'Operation not found. For a list of operations, see GET /v1/openapi.json.',
  });
});
