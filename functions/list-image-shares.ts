import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { shareDetails } from '../lib/app/share-details.ts';
import { serve } from '../lib/http/serve.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { SharesView } from '../lib/model/views/share.ts';
import { liveEntries, namesOf } from '../lib/rules/recipients.ts';
import { inOrderOfSharing, sharesView, shareViews } from '../lib/rules/views.ts';
import { requireOwned } from '../lib/rules/visibility.ts';

/**
 * Lists the recipients of an image, in the order of sharing: when and by whom the image was shared with each, and until when.
 * Planned recipients of a copy job are listed separately.
 *
 * Rules: owner.lists-recipients, received.privacy.
 */
export const listImageShares = action({
  name: 'ListImageShares',
  summary: 'Lists the recipients of an image. For its owner only.',
  routes: ['GET /regions/{region}/images/{imageId}/shares'],
  callers: ['tenant'],
  refuses: ['ImageNotFound', 'NotOwner'],
  path: z.strictObject({ region: Region, imageId: ImageId }),
  response: SharesView,

  async run({ region, imageId }, { readAsPrincipal, retry, store, policyOf, now }) {
    const key = { region, imageId };
    const policy = policyOf(region);
    const facts = await readAsPrincipal(region, { images: [key] });
    const owned = requireOwned('list-shares', key, facts.image, facts.principal, now());
    const { image, details } = await retry(() => shareDetails(store, owned));
    const current = requireOwned('list-shares', key, image, facts.principal, now());
    const live = liveEntries(current.recipients, now());
    const shares = shareViews(live, namesOf(live), details).sort(inOrderOfSharing);
    return sharesView(current, { live, planned: current.plannedShares }, shares, policy);
  },
});

export const handler = serve(listImageShares);
