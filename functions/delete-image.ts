import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { planDelete } from '../lib/rules/delete-image.ts';
import { requireOwned } from '../lib/rules/visibility.ts';

/** Rules: delete.owner-only, delete.guard, delete.withdraw. */
export const deleteImage = action({
  name: 'DeleteImage',
  summary:
    'Deletes an image. If the image is shared, the policy of the region decides: the call fails, or the recipients lose access.',
  routes: ['DELETE /regions/{region}/images/{imageId}'],
  callers: ['tenant'],
  refuses: ['ImageNotFound', 'NotOwner', 'ImageShared'],
  changes: true,
  acceptsIfMatch: true,
  path: z.strictObject({ region: Region, imageId: ImageId }),
  status: 204,

  run({ region, imageId }, { changeAsPrincipal, policyOf, revisionsSeen }) {
    const policy = policyOf(region);
    const key = { region, imageId };
    return changeAsPrincipal(region, { images: [key] }, (facts, stamp) =>
      planDelete(requireOwned('delete', key, facts.image, facts.principal, stamp.at), { policy, stamp, revisionsSeen }),
    );
  },
});

export const handler = serve(deleteImage);
