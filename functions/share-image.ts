import * as z from 'zod';
import { action } from '../lib/http/action.ts';
import { serve } from '../lib/http/serve.ts';
import { Instant } from '../lib/model/fields.ts';
import { HolderId, ImageId, Region } from '../lib/model/ids.ts';
import { recipientsPerCallMax } from '../lib/model/maxima.ts';
import { SharesView } from '../lib/model/views.ts';
import { planRecipients, sharesBy } from '../lib/rules/change-recipients.ts';
import { openHolders } from '../lib/rules/holders.ts';
import { riskNoticeFor } from '../lib/rules/notices.ts';
import { endOf } from '../lib/rules/recipients.ts';
import { sharesView, shareViews } from '../lib/rules/views.ts';
import { requireOwned } from '../lib/rules/visibility.ts';

/**
 * Shares an image with up to 50 holders, all of them or none.
 *
 * Refuses with: ImageNotFound, NotOwner, ImageNotShareable, RecipientNotFound, RecipientIsOwner, ShareCapExceeded,
 * RiskNotAcknowledged, InvalidRequest. Rules: share.*
 */
export const shareImage = action({
  name: 'ShareImage',
  summary: 'Shares an image with up to 50 holders, all of them or none.',
  routes: ['POST /regions/{region}/images/{imageId}/shares'],
  callers: ['tenant'],
  changes: true,
  path: z.strictObject({ region: Region, imageId: ImageId }),
  body: z.strictObject({
    recipients: z.array(HolderId).min(1).max(recipientsPerCallMax),
    acknowledgeRisk: z
      .boolean()
      .optional()
      .meta({ description: 'That the image holds nothing sensitive. Some regions require it.' }),
    expiresAt: Instant.nullable()
      .optional()
      .meta({ description: 'When the share ends by itself; null for never. Absent: never, or as it was.' }),
  }),
  response: SharesView,

  run({ region, imageId, recipients, acknowledgeRisk = false, expiresAt }, { changeAs, policyOf }) {
    const policy = policyOf(region);
    const key = { region, imageId };
    const kinds = policy.holderKind === 'account' ? { accounts: recipients } : { projects: recipients };
    return changeAs(region, { images: [key], shares: recipients, ...kinds }, (facts, stamp) => {
      const image = requireOwned('share', key, facts.image, facts.holder, stamp.at);
      const { steps, live, added } = planRecipients(
        {
          add: recipients,
          remove: [],
          endsAt: endOf(expiresAt),
        },
        {
          action: 'ShareImage',
          image,
          policy,
          knownHolders: openHolders(facts, policy),
          riskAcknowledged: acknowledgeRisk,
          stamp,
        },
      );
      const details = new Map([...facts.shares, ...sharesBy(image, added, stamp)]);
      const shares = shareViews(live, [...new Set(recipients)], details);
      return {
        steps,
        answer: { ...sharesView(image, live, shares, policy), ...riskNoticeFor(policy) },
      };
    });
  },
});

export const handler = serve(shareImage);
