import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { regionsOfKind } from '../lib/app/regions.ts';
import { usageIn } from '../lib/app/usage.ts';
import { serve } from '../lib/http/serve.ts';
import { Instant } from '../lib/model/fields.ts';
import { usageDaysMax } from '../lib/model/limits.ts';
import { UsageView } from '../lib/model/views/usage.ts';
import { periodOf } from '../lib/rules/usage.ts';

/**
 * Returns the GiB-hours that the images of a principal used in a period, by region and day (UTC). Images that are shared with the
 * principal don't count. The principal is the project of the request or the token, or else the account.
 *
 * Rules: usage.metering, owner.pays.
 */
export const getUsage = action({
  name: 'GetUsage',
  summary: 'Returns the GiB-hours of your images in a period, by region and day.',
  routes: ['GET /usage'],
  callers: ['tenant'],
  query: z.strictObject({
    from: Instant.optional().meta({ description: `At most ${usageDaysMax} days ago. Default: the start of this month (UTC).` }),
    to: Instant.optional().meta({ description: 'Exclusive. Default: now.' }),
  }),
  response: UsageView,

  async run(range, { readAsPrincipal, store, regions, now }) {
    const period = periodOf(range, now());
    const { principal, kind } = await readAsPrincipal(undefined, {});
    const usage = await usageIn(store, { principal, regions: regionsOfKind(regions, kind) }, period);
    const [from, to] = [period.from, period.to].map((seconds) => new Date(seconds * 1_000).toISOString());
    return { from: from as string, to: to as string, principal, regions: usage };
  },
});

export const handler = serve(getUsage);
