import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { Description, Name, Tags } from '../lib/model/fields.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { ImageView } from '../lib/model/views/image.ts';
import { planSave } from '../lib/rules/save-image.ts';
import { imageView } from '../lib/rules/views.ts';
import { knownImageCount } from '../lib/table/store.ts';

/**
 * Saves a shared image as an image that the recipient owns, in the same region. The saved image is in the state `copying` until
 * the compute platform reports its state, and isn't shared.
 *
 * Rules: received.save, quota.images.
 */
export const saveSharedImage = action({
  name: 'SaveSharedImage',
  summary: 'Saves a shared image as an image that you own, in the same region.',
  routes: ['POST /regions/{region}/images/{imageId}/saves'],
  callers: ['tenant'],
  refuses: ['ImageNotFound', 'ImageNotUsable', 'ImageQuotaExceeded'],
  changes: true,
  path: z.strictObject({ region: Region, imageId: ImageId }),
  body: z.strictObject({
    name: Name.optional().meta({ description: "Default: the shared image's name." }),
    description: Description.optional().meta({ description: "Default: the shared image's description." }),
    tags: Tags.optional().meta({ description: "Default: the shared image's tags." }),
  }),
  response: ImageView,
  status: 201,

  run({ region, imageId, ...details }, { changeAsPrincipal, policyOf, newImageId }) {
    const policy = policyOf(region);
    const key = { region, imageId };
    return changeAsPrincipal(region, { images: [key] }, (facts, stamp) => {
      const used = knownImageCount(facts, { region, principal: facts.principal });
      const { steps, result } = planSave(key, facts, { details, imageId: newImageId(policy), policy, used, stamp });
      return { steps, result: imageView(result, 'owned', { policy, now: stamp.at }) };
    });
  },
});

export const handler = serve(saveSharedImage);
