import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { planDeletePublicImage } from '../lib/rules/public-images.ts';

/** Deletes a public image. Instances that were launched from it keep running. */
export const deletePublicImage = action({
  name: 'DeletePublicImage',
  summary: 'Deletes a public image. For operators.',
  routes: ['DELETE /regions/{region}/public-images/{imageId}'],
  callers: ['operator'],
  refuses: ['ImageNotFound'],
  changes: true,
  path: z.strictObject({ region: Region, imageId: ImageId }),
  status: 204,

  run({ region, imageId }, { change, policyOf }) {
    const policy = policyOf(region);
    const key = { region, imageId };
    return change({ images: [key] }, ({ image }, stamp) => planDeletePublicImage(key, image, { policy, stamp }));
  },
});

export const handler = serve(deletePublicImage);
