import * as z from 'zod';
import { action } from '../lib/http/action.ts';
import { makeInstance } from '../lib/http/make-instance.ts';
import { serve } from '../lib/http/serve.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { Product } from '../lib/model/image.ts';
import { InstanceView } from '../lib/model/views.ts';
import { planLaunch } from '../lib/rules/instances.ts';

/**
 * Notes a server that is made from an image which the caller owns, holds by a share, or finds public.
 *
 * Refuses with: ImageNotFound, ImageNotUsable. Rules: received.use, owner.still-uses, share.cross-product.
 */
export const runInstance = action({
  name: 'RunInstance',
  summary: 'Makes a server from an own, shared or public image.',
  routes: ['POST /regions/{region}/instances'],
  callers: ['tenant'],
  changes: true,
  path: z.strictObject({ region: Region }),
  body: z.strictObject({
    imageId: ImageId,
    product: Product.optional().meta({ description: "Default: the image's own." }),
  }),
  response: InstanceView,
  status: 201,

  run({ region, imageId, product }, context) {
    const policy = context.policyOf(region);
    const key = { region, imageId };
    return makeInstance(region, { images: [key] }, context, ({ image, holder }, { at }) =>
      planLaunch({ key, instanceId: context.newInstanceId(policy), product }, { image, holder, policy, now: at }),
    );
  },
});

export const handler = serve(runInstance);
