import { answer } from '../lib/http/serve.ts';
import { ActionError } from '../lib/model/error.ts';

/** Answers whatever no other route takes. Refuses with: RouteNotFound, always. */
export const handler = answer('RefuseUnknownRoute', async () => {
  throw new ActionError('RouteNotFound', {
    detail: 'There is no such route, or not with this method. GET /v1/openapi.json lists them all.',
  });
});
