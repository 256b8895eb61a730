import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { launchInstance, launchInstances } from '../lib/app/launch-instance.ts';
import { serve } from '../lib/http/serve.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { Product } from '../lib/model/image.ts';
import { instancesPerCallMax } from '../lib/model/limits.ts';
import { InstanceView } from '../lib/model/views.ts';
import { planLaunch } from '../lib/rules/instances.ts';

const Launch = z.strictObject({
  imageId: ImageId,
  product: Product.optional().meta({ description: "Default: the image's own." }),
});

/**
 * Records the launch of an instance from an image that the caller owns, that is shared with it, or that is public.
 *
 * Rules: received.use, owner.still-uses, share.cross-product.
 */
export const runInstance = action({
  name: 'RunInstance',
  summary: 'Launches an instance from an image that you own, that is shared with you, or that is public.',
  routes: ['POST /regions/{region}/instances'],
  callers: ['tenant'],
  refuses: ['ImageNotFound', 'ImageNotUsable'],
  changes: true,
  path: z.strictObject({ region: Region }),
  body: Launch,
  response: InstanceView,
  status: 201,

  run({ region, imageId, product }, context) {
    const policy = context.policyOf(region);
    const key = { region, imageId };
    return launchInstance(region, { images: [key] }, context, ({ image, principal }, { at }) =>
      planLaunch({ key, instanceIds: [context.newInstanceId(policy)], product }, { image, principal, policy, now: at }),
    );
  },
});

/**
 * Records the launch of several instances from one image, all or none. Has no route: only the clouds' own protocols launch
 * several instances in one call.
 *
 * Rules: as for runInstance.
 */
export const runInstances = action({
  name: 'RunInstances',
  summary: 'Launches several instances from one image.',
  routes: [],
  callers: ['tenant'],
  refuses: ['ImageNotFound', 'ImageNotUsable'],
  changes: true,
  path: z.strictObject({ region: Region }),
  body: Launch.extend({ count: z.int().min(1).max(instancesPerCallMax) }),
  response: z.array(InstanceView),

  run({ region, imageId, product, count }, context) {
    const policy = context.policyOf(region);
    const key = { region, imageId };
    return launchInstances(region, { images: [key] }, context, ({ image, principal }, { at }) => {
      const instanceIds = Array.from({ length: count }, () => context.newInstanceId(policy));
      return planLaunch({ key, instanceIds, product }, { image, principal, policy, now: at });
    });
  },
});

export const handler = serve(runInstance);
