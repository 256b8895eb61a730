/** The items of shares, which follow the recipient map of the image. */
import type { PrincipalId } from '../model/ids.ts';
import type { Image, Recipients, Share } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import type { Stamp } from '../model/record.ts';
import { cleanUpOfShares } from './clean-up-tasks.ts';
import { entriesOf, epochSeconds } from './recipients.ts';

type ListedDetails = Pick<Image, 'region' | 'imageId' | 'state' | 'products'>;
/** Who shared the image, and when. */
type Sharing = Pick<Stamp, 'at' | 'actor' | 'recordId'>;

/** Returns the details of new shares of an image with these recipients and expirations. */
export const sharesFor = ({ region, imageId, state, products }: ListedDetails, recipients: Recipients, stamp: Sharing): Share[] =>
  entriesOf(recipients).map(([recipient, endsAt]) => ({
    region,
    imageId,
    recipient,
    sharedAt: stamp.at,
    sharedBy: stamp.actor,
    recordId: stamp.recordId,
    listed: { endsAt, state, products },
  }));

/** Updates what the items of these shares copy from the image. Requires that the write expects the state and products. */
export const listingUpdates = (image: ListedDetails, recipients: Recipients, stamp: Sharing): Step[] =>
  sharesFor(image, recipients, stamp).map((share) => ({ do: 'update-share', share }));

/**
 * Removes the items of shares that are no longer in the recipient map, as many as fit into the transaction. The clean-up removes
 * the rest. Until then they do no harm, because share items grant no access.
 */
export function removals(image: Image, stamp: Stamp, recipients: readonly PrincipalId[], room: number): Step[] {
  const fitting = recipients.length <= room ? recipients.length : room - 1;
  const now = recipients.slice(0, fitting);
  const later = recipients.slice(fitting);
  return [
    ...now.map((recipient): Step => ({ do: 'remove-share', key: image, recipient })),
    ...(later.length > 0 ? [cleanUpOfShares(image, epochSeconds(stamp.at), { ref: stamp.recordId, recipients: later })] : []),
  ];
}
