/** Usage in responses. */
import * as z from 'zod';
import { PrincipalId, Region } from '../ids.ts';
import { Instant } from './common.ts';

export const UsageView = z
  .strictObject({
    from: Instant,
    to: Instant.meta({ description: 'End of the period, exclusive. The current time if a later time was requested.' }),
    principal: PrincipalId,
    regions: z.array(
      z.strictObject({
        region: Region,
        gibHours: z.number(),
        days: z
          .array(z.strictObject({ day: z.iso.date(), gibHours: z.number() }))
          .meta({ description: 'Days (UTC) with at least one image, in order.' }),
      }),
    ),
  })
  .meta({ id: 'Usage' });
