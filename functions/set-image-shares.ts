import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ExpiresAt, RiskAcknowledged } from '../lib/model/fields.ts';
import { ImageId, PrincipalId, Region } from '../lib/model/ids.ts';
import { recipientsPerCallMax } from '../lib/model/limits.ts';
import { Added, PreviousExpirations, Removed, Rescheduled, SharesView } from '../lib/model/views/share.ts';
import { planSharing, sharingRefusals, sharingWith } from '../lib/rules/share-image.ts';
import { inOrderOfSharing } from '../lib/rules/views.ts';

/** Rules: owner.sets-list, share.*. */
export const setImageShares = action({
  name: 'SetImageShares',
  summary: 'Sets the exact list of recipients of an image.',
  routes: ['PUT /regions/{region}/images/{imageId}/shares'],
  callers: ['tenant'],
  refuses: sharingRefusals,
  changes: true,
  path: z.strictObject({ region: Region, imageId: ImageId }),
  body: z.strictObject({
    recipients: z.array(PrincipalId).max(recipientsPerCallMax),
    acknowledgeRisk: RiskAcknowledged,
    expiresAt: ExpiresAt,
  }),
  response: SharesView.extend({
    added: Added,
    rescheduled: Rescheduled,
    previousExpirations: PreviousExpirations,
    removed: Removed,
  }).meta({ id: 'SetShares' }),

  run({ region, imageId, ...request }, { changeAsPrincipal, policyOf }) {
    const policy = policyOf(region);
    const key = { region, imageId };
    return changeAsPrincipal(region, { images: [key], ...sharingWith(request.recipients, policy) }, (facts, stamp) => {
      const change = { action: 'SetImageShares', key, remove: 'others', ...request } as const;
      const { steps, result } = planSharing(change, facts, { policy, stamp });
      const { view, added, rescheduled, previousExpirations, removed } = result;
      const shares = [...view.shares].sort(inOrderOfSharing);
      return {
        steps,
        result: { ...view, shares, added: [...added], rescheduled: [...rescheduled], previousExpirations, removed: [...removed] },
      };
    });
  },
});

export const handler = serve(setImageShares);
