import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { Description, GiB, lineOf, Name, Tags } from '../lib/model/fields.ts';
import { Region } from '../lib/model/ids.ts';
import { Architecture, Encryption, Product } from '../lib/model/image.ts';
import { disksMax, osBytesMax } from '../lib/model/limits.ts';
import { ImageView } from '../lib/model/views/image.ts';
import { planImage } from '../lib/rules/make-image.ts';
import { imageView } from '../lib/rules/views.ts';
import { knownImageCount } from '../lib/table/store.ts';

/**
 * Registers a custom image, which the clouds' APIs call importing. The compute platform stores the image's data.
 *
 * Rules: quota.images.
 */
export const importImage = action({
  name: 'ImportImage',
  summary: 'Registers a custom image that belongs to the caller.',
  routes: ['POST /regions/{region}/images'],
  callers: ['tenant'],
  refuses: ['ImageQuotaExceeded'],
  changes: true,
  path: z.strictObject({ region: Region }),
  body: z.strictObject({
    name: Name,
    description: Description.default(''),
    sizeGiB: GiB.meta({ description: 'Size of the system disk.' }),
    disks: z
      .array(z.strictObject({ sizeGiB: GiB }))
      .max(disksMax - 1)
      .default([])
      .meta({ description: "The image's data disk snapshots, without the system disk." }),
    os: lineOf(osBytesMax).default(''),
    architecture: Architecture.default('x86_64'),
    product: Product.default('standard'),
    encryption: Encryption.default('none'),
    tags: Tags.default({}),
    state: z
      .enum(['pending', 'available'])
      .default('available')
      .meta({ description: '`pending`: the compute platform is still importing the image.' }),
  }),
  response: ImageView,
  status: 201,

  run({ region, sizeGiB, disks, ...attributes }, { changeAsPrincipal, policyOf, newImageId }) {
    const policy = policyOf(region);
    const disksGiB = [sizeGiB, ...disks.map((disk) => disk.sizeGiB)];
    return changeAsPrincipal(region, {}, ({ principal, ...facts }, stamp) => {
      const { steps, result } = planImage(
        { ...attributes, disksGiB, products: [attributes.product] },
        {
          action: 'ImportImage',
          region,
          imageId: newImageId(policy),
          owner: principal,
          policy,
          used: knownImageCount(facts, { region, principal }),
          stamp,
        },
      );
      return { steps, result: imageView(result, 'owned', { policy, now: stamp.at }) };
    });
  },
});

export const handler = serve(importImage);
