import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { Description, GiB, lineOf, Name, Tags } from '../lib/model/fields.ts';
import { Region } from '../lib/model/ids.ts';
import { Architecture, Encryption, Product } from '../lib/model/image.ts';
import { disksMax, osBytesMax } from '../lib/model/limits.ts';
import { ImageView } from '../lib/model/views.ts';
import { planImage } from '../lib/rules/make-image.ts';
import { imageView } from '../lib/rules/views.ts';
import { usedOf } from '../lib/table/store.ts';

/**
 * Registers a custom image. The compute platform stores its data.
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
      .meta({ description: 'Snapshots of data disks that belong to the image.' }),
    os: lineOf(osBytesMax).default(''),
    architecture: Architecture.default('x86_64'),
    product: Product.default('standard'),
    encryption: Encryption.default('none'),
    tags: Tags.default({}),
    state: z
      .enum(['pending', 'available'])
      .default('available')
      .meta({ description: 'pending while the compute platform is still importing it.' }),
  }),
  response: ImageView,
  status: 201,

  run({ region, sizeGiB, disks, ...origin }, { changeAsPrincipal, policyOf, newImageId }) {
    const policy = policyOf(region);
    const disksGiB = [sizeGiB, ...disks.map((disk) => disk.sizeGiB)];
    return changeAsPrincipal(region, {}, ({ principal, ...facts }, stamp) => {
      const { steps, result } = planImage(
        { ...origin, disksGiB, products: [origin.product] },
        {
          action: 'ImportImage',
          region,
          imageId: newImageId(policy),
          owner: principal,
          policy,
          used: usedOf(facts, { what: 'images', region, principal }),
          stamp,
        },
      );
      return { steps, result: imageView(result, 'owned', { policy, now: stamp.at }) };
    });
  },
});

export const handler = serve(importImage);
