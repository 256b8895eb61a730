import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { ImageView } from '../lib/model/views/image.ts';
import { imageView } from '../lib/rules/views.ts';
import { requireVisible } from '../lib/rules/visibility.ts';

/** Returns an image to its owner and recipients, and a public image to everyone. Rules: received.visible, received.privacy. */
export const getImage = action({
  name: 'GetImage',
  summary: 'Returns an image that you own, that is shared with you, or that is public.',
  routes: ['GET /regions/{region}/images/{imageId}'],
  callers: ['tenant'],
  refuses: ['ImageNotFound'],
  path: z.strictObject({ region: Region, imageId: ImageId }),
  response: ImageView,
  returnsRevision: true,

  async run({ region, imageId }, { principalByToken, readAsPrincipal, read, policyOf, now }) {
    const images = [{ region, imageId }];
    const known = principalByToken(region);
    const facts = await readAsPrincipal(region, { images, ...(known !== undefined && { shares: [known] }) });
    const { principal } = facts;
    const { image, visibility } = requireVisible({ region, imageId }, facts.image, principal, now());
    // Which project the caller acts as is known only after the first read.
    const { shares } = visibility === 'shared' && known === undefined ? await read({ images, shares: [principal] }) : facts;
    const sharedAt = shares.get(principal)?.sharedAt;
    return imageView(image, visibility, { policy: policyOf(region), now: now(), principal, sharedAt });
  },
});

export const handler = serve(getImage);
