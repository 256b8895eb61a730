import * as z from 'zod';
import { action } from '../lib/http/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { Product } from '../lib/model/image.ts';
import { InstanceView } from '../lib/model/views.ts';
import { planLaunch } from '../lib/rules/instances.ts';
import { instanceView } from '../lib/rules/views.ts';

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

  async run({ region, imageId, product }, { changeAs, policyOf, newInstanceId, noteUse }) {
    const policy = policyOf(region);
    const key = { region, imageId };
    let isShared = false;
    const instance = await changeAs(region, { images: [key] }, ({ image, holder }, { at }) => {
      const { steps, answer } = planLaunch(
        { key, instanceId: newInstanceId(policy), product },
        { image, holder, policy, now: at },
      );
      isShared = answer.visibility === 'shared';
      return { steps, answer: instanceView(answer.instance) };
    });
    if (isShared) {
      await noteUse(key, instance.holder);
    }
    return instance;
  },
});

export const handler = serve(runInstance);
