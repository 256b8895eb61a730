import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { Description, Name, Tags } from '../lib/model/fields.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { Product } from '../lib/model/image.ts';
import { ImageView } from '../lib/model/views/image.ts';
import { planUpdate } from '../lib/rules/update-image.ts';
import { imageView } from '../lib/rules/views.ts';
import { requireOwned } from '../lib/rules/visibility.ts';

/**
 * Changes an image's name, description, tags, products, or deprecation. Omitted fields don't change. With `If-Match`, fails if
 * the image has another revision.
 *
 * Rules: received.read-only, owner.deprecates, share.cross-product.
 */
export const updateImage = action({
  name: 'UpdateImage',
  summary: "Changes an image's name, description, tags, products, or deprecation. Omitted fields don't change.",
  routes: ['PATCH /regions/{region}/images/{imageId}'],
  callers: ['tenant'],
  refuses: ['ImageNotFound', 'NotOwner', 'ImageNotUsable', 'ImageShared'],
  changes: true,
  path: z.strictObject({ region: Region, imageId: ImageId }),
  body: z.strictObject({
    name: Name.optional(),
    description: Description.optional(),
    tags: Tags.optional().meta({ description: 'Replaces all tags.' }),
    products: z
      .array(Product)
      .min(1)
      .max(Product.options.length)
      .optional()
      .meta({ description: 'The products whose instances can be launched from it, including its own.' }),
    deprecated: z.boolean().optional().meta({ description: "Existing recipients keep access; new ones can't be added." }),
  }),
  response: ImageView,
  returnsRevision: true,
  acceptsIfMatch: true,

  run({ region, imageId, ...changes }, { changeAsPrincipal, policyOf, revisionsSeen }) {
    const policy = policyOf(region);
    const key = { region, imageId };
    return changeAsPrincipal(region, { images: [key] }, (facts, stamp) => {
      const image = requireOwned('update', key, facts.image, facts.principal, stamp.at);
      const { steps, result } = planUpdate(changes, image, { policy, stamp, revisionsSeen });
      return { steps, result: imageView(result, 'owned', { policy, now: stamp.at }) };
    });
  },
});

export const handler = serve(updateImage);
