import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { usageIn } from '../lib/app/usage.ts';
import { serve } from '../lib/http/serve.ts';
import { Instant } from '../lib/model/fields.ts';
import { UsageView } from '../lib/model/views.ts';
import { periodOf } from '../lib/rules/usage.ts';

/**
 * Tells how many GiB-hours the principal's own images took up in a period, by region and day (UTC). Images shared with it
 * add nothing. A stated project, or that of the token, is asked for; otherwise the account.
 *
 * Rules: usage.metering, owner.pays.
 */
export const getUsage = action({
  name: 'GetUsage',
  summary: 'Returns the GiB-hours of your images in a period, by region and day.',
  routes: ['GET /usage'],
  callers: ['tenant'],
  query: z.strictObject({
    from: Instant.optional().meta({ description: 'At most 400 days ago. Default: the start of this month (UTC).' }),
    to: Instant.optional().meta({ description: 'Not in the period. Default: now.' }),
  }),
  response: UsageView,

  async run(asked, { readRecordPrincipal, store, regions, now }) {
    const period = periodOf(asked, now());
    const { principal, kind } = await readRecordPrincipal(undefined);
    const own = [...regions].filter(([, policy]) => policy.principalKind === kind).map(([region]) => region);
    const usage = await usageIn(store, { principal, regions: own }, period);
    const [from, to] = [period.from, period.to].map((seconds) => new Date(seconds * 1_000).toISOString());
    return { from: from as string, to: to as string, principal, regions: usage };
  },
});

export const handler = serve(getUsage);
