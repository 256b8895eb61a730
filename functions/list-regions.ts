import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { Region } from '../lib/model/ids.ts';

export const listRegions = action({
  name: 'ListRegions',
  summary: 'Lists the regions with their policies.',
  routes: ['GET /regions'],
  callers: ['tenant', 'compute', 'operator'],
  response: z.strictObject({
    regions: z.array(
      z.strictObject({
        region: Region,
        policy: z.string(),
        principalKind: z.enum(['account', 'project']),
        recipientsPerImageMax: z.int(),
        imagesPerPrincipalMax: z.int(),
        deleteWhileShared: z.enum(['refuse', 'withdraw']),
        riskAcknowledgement: z.enum(['notice', 'required']),
        recipientMaySave: z.boolean(),
        recipientMayLeave: z.boolean(),
        lightweightMayBeShared: z.boolean(),
        pendingMayBeShared: z.boolean(),
        dataDisksWhenShared: z.enum(['refused', 'whole', 'system-disk']),
        encryptionsThatMayBeShared: z.array(z.string()),
        ownerMayDeprecateWhileShared: z.boolean(),
      }),
    ),
  }),

  async run(_, { regions }) {
    return {
      regions: [...regions].map(([region, { name, imageId: _image, instanceId: _instance, ...settings }]) => ({
        region,
        policy: name,
        ...settings,
        encryptionsThatMayBeShared: [...settings.encryptionsThatMayBeShared],
      })),
    };
  },
});

export const handler = serve(listRegions);
