import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { imagesToLeave } from '../lib/app/leave-images.ts';
import { serve } from '../lib/http/serve.ts';
import { PrincipalId, Region } from '../lib/model/ids.ts';
import { dryRunFields, FailedChange, ImageRef } from '../lib/model/views/common.ts';

/**
 * Leaves all images that one owner shares with the caller. Each image is changed in a transaction of its own, so the call can be
 * interrupted and repeated.
 *
 * Rules: received.leave, cancel.immediate.
 */
export const leaveSharedImages = action({
  name: 'LeaveSharedImages',
  summary: 'Leaves all images that one owner shares with you, in all regions or in some.',
  routes: ['POST /received-shares/leave'],
  callers: ['tenant'],
  refuses: ['RegionNotFound'],
  changes: true,
  previews: true,
  body: z.strictObject({
    owner: PrincipalId,
    regions: z.array(Region).min(1).optional().meta({ description: 'Default: all regions.' }),
  }),
  response: z.strictObject({
    ...dryRunFields,
    owner: PrincipalId,
    left: z.array(ImageRef).meta({
      description: 'The images that this call left. In a dry run, those that it would.',
    }),
    failed: z.array(FailedChange).meta({
      description:
        'The images that are possibly still shared with you, each with the error. `NotOwner`: only the owner can stop sharing in this region. Otherwise, repeat the call.',
    }),
    complete: z.boolean().meta({
      description: 'False if the call ended before it tried all images, because it took too long. Repeat the call.',
    }),
  }),

  async run({ owner, regions }, { readPrincipals, changeEach, store, policyOf, now }) {
    const recipients = await readPrincipals(regions);
    const { changed, failed, complete } = await changeEach(imagesToLeave(owner, recipients, { store, policyOf, now }));
    return { owner, left: [...changed], failed: [...failed], complete };
  },
});

export const handler = serve(leaveSharedImages);
