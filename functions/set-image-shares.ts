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
import { endOf, namesOf } from '../lib/rules/recipients.ts';
import { inOrderOfSharing, sharesView, shareViews } from '../lib/rules/views.ts';
import { requireOwned } from '../lib/rules/visibility.ts';

/**
 * States exactly who holds an image: who is named and does not hold it gets a share, who holds it and is not named loses
 * it, in one step. Present shares stay as they are; the end time is for the added ones.
 *
 * Refuses with: ImageNotFound, NotOwner, ImageNotShareable, RecipientNotFound, RecipientIsOwner, ShareCapExceeded,
 * RiskNotAcknowledged, InvalidRequest. Rules: owner.sets-list, share.*
 */
export const setImageShares = action({
  name: 'SetImageShares',
  summary: 'States exactly who holds an image: adds and removes in one step.',
  routes: ['PUT /regions/{region}/images/{imageId}/shares'],
  callers: ['tenant'],
  changes: true,
  path: z.strictObject({ region: Region, imageId: ImageId }),
  body: z.strictObject({
    recipients: z.array(HolderId).max(recipientsPerCallMax),
    acknowledgeRisk: z
      .boolean()
      .default(false)
      .meta({ description: 'That the image holds nothing sensitive. Some regions require it to add recipients.' }),
    expiresAt: Instant.nullable()
      .optional()
      .meta({ description: 'When the added shares end by themselves; null or absent: never.' }),
  }),
  response: SharesView.extend({ added: z.array(HolderId), removed: z.array(HolderId) }).meta({ id: 'SetShares' }),

  run({ region, imageId, recipients, acknowledgeRisk, expiresAt }, { changeAs, policyOf }) {
    const policy = policyOf(region);
    const key = { region, imageId };
    const kinds = policy.holderKind === 'account' ? { accounts: recipients } : { projects: recipients };
    return changeAs(region, { images: [key], shares: recipients, ...kinds }, (facts, stamp) => {
      const image = requireOwned('set-list', key, facts.image, facts.holder, stamp.at);
      const { steps, live, added, removed } = planRecipients(
        { add: recipients, remove: 'others', endsAt: endOf(expiresAt) },
        {
          action: 'SetImageShares',
          image,
          policy,
          knownHolders: openHolders(facts, policy),
          riskAcknowledged: acknowledgeRisk,
          stamp,
        },
      );
      const details = new Map([...facts.shares, ...sharesBy(image, added, stamp)]);
      const shares = shareViews(live, namesOf(live), details).sort(inOrderOfSharing);
      return {
        steps,
        answer: {
          ...sharesView(image, live, shares, policy),
          added: [...added],
          removed: [...removed],
          ...riskNoticeFor(policy),
        },
      };
    });
  },
});

export const handler = serve(setImageShares);
