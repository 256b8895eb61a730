import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ExpiresAt, RiskAcknowledged } from '../lib/model/fields.ts';
import { ImageId, PrincipalId, Region } from '../lib/model/ids.ts';
import { recipientsPerCallMax } from '../lib/model/limits.ts';
import { Added, PreviousExpirations, Removed, Rescheduled, SharesView } from '../lib/model/views/share.ts';
import { planSharing, requireClearChange, sharingRefusals, sharingWith } from '../lib/rules/share-image.ts';

const Recipients = z.array(PrincipalId).max(recipientsPerCallMax).default([]);

/**
 * Adds and removes recipients of an image in one step. Removals come first, so the limit applies to the final number of
 * recipients.
 *
 * Rules: share.*, owner.cancels, cancel.unknown.
 */
export const changeImageShares = action({
  name: 'ChangeImageShares',
  summary: 'Adds and removes recipients of an image in one step.',
  routes: ['PATCH /regions/{region}/images/{imageId}/shares'],
  callers: ['tenant'],
  refuses: sharingRefusals,
  changes: true,
  path: z.strictObject({ region: Region, imageId: ImageId }),
  body: z.strictObject({
    add: Recipients.meta({ description: 'Recipients to add.' }),
    remove: Recipients.meta({ description: 'Recipients to remove.' }),
    acknowledgeRisk: RiskAcknowledged,
    expiresAt: ExpiresAt,
  }),
  response: SharesView.extend({
    added: Added,
    rescheduled: Rescheduled,
    previousExpirations: PreviousExpirations,
    removed: Removed,
    notShared: z.array(PrincipalId).meta({ description: 'Recipients to remove that had no share.' }),
  }).meta({ id: 'ChangedShares' }),

  run({ region, imageId, add, remove, ...options }, { changeAsPrincipal, policyOf }) {
    requireClearChange(add, remove);
    const policy = policyOf(region);
    const key = { region, imageId };
    return changeAsPrincipal(region, { images: [key], ...sharingWith(add, policy) }, (facts, stamp) => {
      const change = { action: 'ChangeImageShares', key, recipients: add, remove, ...options } as const;
      const { steps, result } = planSharing(change, facts, { policy, stamp });
      const { view, added, rescheduled, previousExpirations, removed, notShared } = result;
      return {
        steps,
        result: {
          ...view,
          added: [...added],
          rescheduled: [...rescheduled],
          previousExpirations,
          removed: [...removed],
          notShared: [...notShared],
        },
      };
    });
  },
});

export const handler = serve(changeImageShares);
