import * as z from 'zod';
import { action } from '../lib/http/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ActionError } from '../lib/model/error.ts';

/** Answers whatever no other route takes. Refuses with: RouteNotFound, always. */
export const refuseUnknownRoute = action({
  name: 'RefuseUnknownRoute',
  summary: 'Answers whatever no other route takes.',
  routes: ['*'],
  callers: [],
  path: z.looseObject({}),
  query: z.looseObject({}),

  run() {
    throw new ActionError('RouteNotFound', {
      detail: 'There is no such route, or not with this method. GET /v1/openapi.json lists them all.',
    });
  },
});

export const handler = serve(refuseUnknownRoute);
