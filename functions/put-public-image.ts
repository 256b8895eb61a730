import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { Description, GiB, lineOf, Name, Tags } from '../lib/model/fields.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { Architecture, Product } from '../lib/model/image.ts';
import { osBytesMax } from '../lib/model/limits.ts';
import { ImageView } from '../lib/model/views/image.ts';
import { planPublicImage } from '../lib/rules/public-images.ts';
import { imageView } from '../lib/rules/views.ts';

/**
 * Creates a public image with an ID that the operator chooses, or changes its name, description, tags, or deprecation. The other
 * properties of an existing image can't change.
 *
 * Rules: share.custom-only.
 */
export const putPublicImage = action({
  name: 'PutPublicImage',
  summary: 'Creates or updates a public image, which everyone can see and launch and nobody can share. For operators.',
  routes: ['PUT /regions/{region}/public-images/{imageId}'],
  callers: ['operator'],
  refuses: ['ImageNotUsable'],
  changes: true,
  path: z.strictObject({ region: Region, imageId: ImageId }),
  body: z.strictObject({
    name: Name,
    description: Description.default(''),
    sizeGiB: GiB,
    os: lineOf(osBytesMax).default(''),
    architecture: Architecture.default('x86_64'),
    product: Product.default('standard'),
    tags: Tags.default({}),
    deprecated: z.boolean().default(false),
  }),
  response: ImageView,

  run({ region, imageId, sizeGiB, ...details }, { change, policyOf }) {
    const policy = policyOf(region);
    const key = { region, imageId };
    return change({ images: [key] }, ({ image }, stamp) => {
      const { steps, result } = planPublicImage(
        key,
        { ...details, disksGiB: [sizeGiB], products: [details.product], encryption: 'none' },
        image,
        { policy, stamp },
      );
      return { steps, result: imageView(result, 'public', { policy, now: stamp.at }) };
    });
  },
});

export const handler = serve(putPublicImage);
