import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { sharesToStop } from '../lib/app/stop-shares.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId, Region } from '../lib/model/ids.ts';
import { dryRunFields, FailedChange, ImageRef } from '../lib/model/views/common.ts';

/**
 * Stops sharing all images of the caller with one recipient, which doesn't have to exist any more. Each image is changed in a
 * transaction of its own, so the call can be interrupted and repeated.
 *
 * Rules: owner.stops-recipient, cancel.immediate.
 */
export const stopShares = action({
  name: 'StopShares',
  summary: 'Stops sharing all your images with one recipient, in all regions or in some.',
  routes: ['POST /shares/stop'],
  callers: ['tenant'],
  refuses: ['RegionNotFound'],
  changes: true,
  previews: true,
  body: z.strictObject({
    recipient: PrincipalId,
    regions: z.array(Region).min(1).optional().meta({ description: 'Default: all regions.' }),
  }),
  response: z
    .strictObject({
      ...dryRunFields,
      recipient: PrincipalId,
      stopped: z.array(ImageRef).meta({
        description: 'The images that this call stopped sharing with the recipient. In a dry run, those that it would.',
      }),
      failed: z.array(FailedChange).meta({
        description: 'The images that are possibly still shared with the recipient, each with the error. Repeat the call.',
      }),
      complete: z.boolean().meta({
        description: 'False if the call ended before it tried all images, because it took too long. Repeat the call.',
      }),
    })
    .meta({ id: 'StoppedShares' }),

  async run({ recipient, regions }, { readPrincipals, changeEach, store, policyOf, now }) {
    const owners = await readPrincipals(regions);
    const { changed, failed, complete } = await changeEach(sharesToStop(recipient, owners, { store, policyOf, now }));
    return { recipient, stopped: [...changed], failed: [...failed], complete };
  },
});

export const handler = serve(stopShares);
