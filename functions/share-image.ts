import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ExpiresAt, RiskAcknowledged } from '../lib/model/fields.ts';
import { ImageId, PrincipalId, Region } from '../lib/model/ids.ts';
import { recipientsPerCallMax } from '../lib/model/limits.ts';
import { Added, PreviousExpirations, Rescheduled, SharesView } from '../lib/model/views/share.ts';
import { planSharing, sharingRefusals, sharingWith } from '../lib/rules/share-image.ts';

/** Rules: share.*. */
export const shareImage = action({
  name: 'ShareImage',
  summary: `Shares an image with up to ${recipientsPerCallMax} accounts or projects. Succeeds or fails as a whole.`,
  routes: ['POST /regions/{region}/images/{imageId}/shares'],
  callers: ['tenant'],
  refuses: sharingRefusals,
  changes: true,
  path: z.strictObject({ region: Region, imageId: ImageId }),
  body: z.strictObject({
    recipients: z.array(PrincipalId).min(1).max(recipientsPerCallMax),
    acknowledgeRisk: RiskAcknowledged.meta({
      description: 'Confirms that the image contains no sensitive data. Some regions require it.',
    }),
    expiresAt: ExpiresAt,
  }),
  response: SharesView.extend({ added: Added, rescheduled: Rescheduled, previousExpirations: PreviousExpirations }).meta({
    id: 'SharedWith',
  }),

  run({ region, imageId, ...request }, { changeAsPrincipal, policyOf }) {
    const policy = policyOf(region);
    const key = { region, imageId };
    return changeAsPrincipal(region, { images: [key], ...sharingWith(request.recipients, policy) }, (facts, stamp) => {
      const { steps, result } = planSharing({ action: 'ShareImage', key, ...request }, facts, { policy, stamp });
      const { view, added, rescheduled, previousExpirations } = result;
      return { steps, result: { ...view, added: [...added], rescheduled: [...rescheduled], previousExpirations } };
    });
  },
});

export const handler = serve(shareImage);
