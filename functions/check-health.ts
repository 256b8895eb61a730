import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';

export const checkHealth = action({
  name: 'CheckHealth',
  summary: 'Returns 200 when the service can read its table.',
  routes: ['GET /health'],
  callers: [],
  response: z.strictObject({ status: z.literal('ok') }),

  async run(_, { store }) {
    await store.ping();
    return { status: 'ok' as const };
  },
});

export const handler = serve(checkHealth);
