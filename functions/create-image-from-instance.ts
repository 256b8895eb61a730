import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { Description, Name, Tags } from '../lib/model/fields.ts';
import { InstanceId, Region } from '../lib/model/ids.ts';
import { ImageView } from '../lib/model/views/image.ts';
import { planImageFromInstance, requireInstance } from '../lib/rules/instances.ts';
import { imageView } from '../lib/rules/views.ts';
import { knownImageCount } from '../lib/table/store.ts';

/**
 * Creates an image from an instance. The caller owns the image without restrictions, even if the instance was launched from a
 * shared image. The image is in the state `pending` until the compute platform reports its state.
 *
 * Rules: received.derive, quota.images.
 */
export const createImageFromInstance = action({
  name: 'CreateImageFromInstance',
  summary: 'Creates an image from an instance. The image belongs to the caller.',
  routes: ['POST /regions/{region}/instances/{instanceId}/images'],
  callers: ['tenant'],
  refuses: ['InstanceNotFound', 'ImageQuotaExceeded'],
  changes: true,
  path: z.strictObject({ region: Region, instanceId: InstanceId }),
  body: z.strictObject({ name: Name, description: Description.default(''), tags: Tags.default({}) }),
  response: ImageView,
  status: 201,

  run({ region, instanceId, ...details }, { changeAsPrincipal, policyOf, newImageId }) {
    const policy = policyOf(region);
    const key = { region, instanceId };
    return changeAsPrincipal(region, { instances: [key] }, (facts, stamp) => {
      const instance = requireInstance(key, facts.instance, facts.principal);
      const used = knownImageCount(facts, { region, principal: facts.principal });
      const { steps, result } = planImageFromInstance(instance, details, { imageId: newImageId(policy), policy, used, stamp });
      return { steps, result: imageView(result, 'owned', { policy, now: stamp.at }) };
    });
  },
});

export const handler = serve(createImageFromInstance);
