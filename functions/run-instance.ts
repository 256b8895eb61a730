import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import type { Context } from '../lib/app/context.ts';
import { launchInstances } from '../lib/app/launch-instance.ts';
import { serve } from '../lib/http/serve.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { Product } from '../lib/model/image.ts';
import { instancesPerCallMax } from '../lib/model/limits.ts';
import { InstanceView } from '../lib/model/views/instance.ts';
import { planLaunch } from '../lib/rules/instances.ts';

const LaunchBody = z.strictObject({
  imageId: ImageId,
  product: Product.optional().meta({ description: 'Default: the product of the image.' }),
});

/** Launches `count` instances from one image, all or none. */
const launch = (
  { region, imageId, product }: z.output<typeof LaunchBody> & { readonly region: Region },
  count: number,
  context: Context,
): Promise<InstanceView[]> => {
  const policy = context.policyOf(region);
  const key = { region, imageId };
  return launchInstances(region, { images: [key] }, context, ({ image, principal }, { at: now }) => {
    const instanceIds = Array.from({ length: count }, () => context.newInstanceId(policy));
    return planLaunch({ key, instanceIds, product }, { image, principal, policy, now });
  });
};

/**
 * Records the launch of an instance from an image that the caller owns or received, or from a public image. The compute platform
 * runs the instance.
 *
 * Rules: received.use, owner.still-uses, share.cross-product.
 */
export const runInstance = action({
  name: 'RunInstance',
  summary: 'Records the launch of an instance from an image that you own, that is shared with you, or that is public.',
  routes: ['POST /regions/{region}/instances'],
  callers: ['tenant'],
  refuses: ['ImageNotFound', 'ImageNotUsable'],
  changes: true,
  path: z.strictObject({ region: Region }),
  body: LaunchBody,
  response: InstanceView,
  status: 201,

  async run(request, context) {
    const [instance] = await launch(request, 1, context);
    return instance as InstanceView;
  },
});

/**
 * Records the launch of several instances from one image, all or none. Not an HTTP route, and therefore without a file of its
 * own: only the clouds' SDKs can launch several instances in one call.
 *
 * Rules: received.use, owner.still-uses, share.cross-product.
 */
export const runInstances = action({
  name: 'RunInstances',
  summary: 'Records the launch of several instances from one image.',
  routes: [],
  callers: ['tenant'],
  refuses: ['ImageNotFound', 'ImageNotUsable'],
  changes: true,
  path: z.strictObject({ region: Region }),
  body: LaunchBody.extend({ count: z.int().min(1).max(instancesPerCallMax) }),
  response: z.array(InstanceView),

  run: ({ count, ...request }, context) => launch(request, count, context),
});

export const handler = serve(runInstance);
