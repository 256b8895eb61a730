import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { changeImageShares } from '../../functions/change-image-shares.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { leaveSharedImages } from '../../functions/leave-shared-images.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listRecipients } from '../../functions/list-recipients.ts';
import { listShares } from '../../functions/list-shares.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { stopShares } from '../../functions/stop-shares.ts';
import { owner } from './meter.ts';
import { asRecipient, compute, type Story, typicalImage } from './story.ts';

/** Sharing: with one, with all 50, the access check, and the ends of shares. */
export const shares: Story = async ({ meter, fixture, recipients }) => {
  const { region, policy } = fixture;
  const call = meter.call.bind(meter);
  const { service } = meter;
  const acknowledgeRisk = true;
  const image = await service.call(importImage, { region, ...typicalImage }, { as: owner });
  const at = { region, imageId: image.imageId };
  const [first = '', second = '', third = ''] = recipients;

  await call('with one', shareImage, { ...at, recipients: [first], acknowledgeRisk });
  await call('with one, with a key', shareImage, { ...at, recipients: [second], acknowledgeRisk }, { key: 'share' });
  await call('one who has it already', shareImage, { ...at, recipients: [second], acknowledgeRisk });
  await call('', changeImageShares, { ...at, add: [third], remove: [second], acknowledgeRisk });
  await call('one of two', cancelImageShares, { ...at, recipient: third });
  await call('all', cancelImageShares, { ...at, all: 'true' });
  await call('with 50', shareImage, { ...at, recipients, acknowledgeRisk });
  await call('of 50', listImageShares, at);
  await call('shared with 50', getImage, at);
  const user = asRecipient(first);
  const byRecipient = policy.principalKind === 'account' ? 'by a recipient' : 'by a recipient that is a project';
  await call(byRecipient, getImage, at, user);
  await call('by the compute platform, 50 recipients', checkImageAccess, { ...at, principal: first }, compute);
  await call(byRecipient, checkImageAccess, at, user);
  await call('', saveSharedImage, { ...at, name: 'saved' }, user);
  await call('replaces 50 by none', setImageShares, { ...at, recipients: [], acknowledgeRisk });
  await call('sets 50', setImageShares, { ...at, recipients, acknowledgeRisk });
  await call('sets the same 50', setImageShares, { ...at, recipients, acknowledgeRisk });
  await call('one of 50', cancelImageShares, { ...at, recipient: second });
  await call('a page', listShares, { region });
  await call('a page', listRecipients, { region });
  await call('one image', stopShares, { recipient: third, regions: [region] });
  if (policy.recipientMayLeave) {
    await call('one image', leaveSharedImages, { owner: fixture.principalOf(owner), regions: [region] }, user);
  }
  await call('49 at once', cancelImageShares, { ...at, recipient: recipients.slice(3) });
};
