import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { Flag } from '../lib/model/fields.ts';
import { ImageId, PrincipalId, Region } from '../lib/model/ids.ts';
import { recipientsPerCallMax } from '../lib/model/limits.ts';
import { planCancel, recipientsToCancel } from '../lib/rules/cancel-shares.ts';

/** Rules: owner.cancels, received.leave, cancel.unknown. */
export const cancelImageShares = action({
  name: 'CancelImageShares',
  summary: 'Stops sharing an image with one, several, or all recipients. A recipient leaves by naming itself in the path.',
  routes: ['DELETE /regions/{region}/images/{imageId}/shares', 'DELETE /regions/{region}/images/{imageId}/shares/{recipient}'],
  callers: ['tenant'],
  refuses: ['ImageNotFound', 'NotOwner'],
  changes: true,
  path: z.strictObject({ region: Region, imageId: ImageId, recipient: PrincipalId.optional() }),
  query: z.strictObject({
    recipient: z
      .array(PrincipalId)
      .min(1)
      .max(recipientsPerCallMax)
      .optional()
      .meta({ description: 'Recipient to remove. Repeatable.' }),
    all: Flag.optional().meta({ description: 'Removes all recipients.' }),
  }),
  response: z.strictObject({
    imageId: ImageId,
    cancelled: z.array(PrincipalId),
    notShared: z.array(PrincipalId),
    used: z.int().optional(),
    remaining: z.int().optional(),
  }),

  run({ region, imageId, ...request }, { changeAsPrincipal, policyOf }) {
    const policy = policyOf(region);
    const key = { region, imageId };
    const remove = recipientsToCancel(request);
    return changeAsPrincipal(region, { images: [key] }, (facts, stamp) =>
      planCancel(
        { key, remove, isInPath: typeof request.recipient === 'string' },
        { image: facts.image, principal: facts.principal, policy, stamp },
      ),
    );
  },
});

export const handler = serve(cancelImageShares);
