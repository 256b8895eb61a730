import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { errorCodes } from '../lib/model/error.ts';
import { ImageId, PrincipalId, Region } from '../lib/model/ids.ts';
import { dryRunFields } from '../lib/model/views.ts';

const ImageKey = z.strictObject({ region: Region, imageId: ImageId });

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
      stopped: z.array(ImageKey).meta({
        description: 'The images that this call stopped sharing with the recipient. In a dry run, those that it would.',
      }),
      failed: z.array(ImageKey.extend({ code: z.enum(errorCodes), detail: z.string() })).meta({
        description: 'The images that are possibly still shared with the recipient, each with the error. Repeat the call.',
      }),
      complete: z.boolean().meta({
        description: 'False if the call ended before it tried all images, because it took too long. Repeat the call.',
      }),
    })
    .meta({ id: 'StoppedShares' }),

  async run({ recipient, regions }, { readOwners, stopShares }) {
    const { stopped, failed, complete } = await stopShares(recipient, await readOwners(regions));
    return { recipient, stopped: [...stopped], failed: [...failed], complete };
  },
});

export const handler = serve(stopShares);
