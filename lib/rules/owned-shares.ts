import type { AddressBookEntry } from '../model/address-book.ts';
import type { PrincipalId, Region } from '../model/ids.ts';
import { type Image, neverExpires, type Share } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import type { OwnedShareView, RecipientView } from '../model/views/share.ts';
import { isFoundBy } from './address-book.ts';
import { planRecipients } from './change-recipients.ts';
import { entriesOf, expiresBefore, hasLiveShare, liveEntries } from './recipients.ts';
import { shareView } from './views.ts';
import { visibilityOf } from './visibility.ts';

/** A live entry of an image's recipient map. */
export interface SharedImage {
  readonly image: Image;
  readonly recipient: PrincipalId;
  /** See `Recipients`. */
  readonly end: number;
}

/** The same with its details. */
export interface OwnedShare extends SharedImage {
  readonly share: Share;
}

/** What the shares in a list have in common. */
export interface ShareFilter {
  readonly recipient?: PrincipalId | undefined;
  readonly expiringBefore?: Date | undefined;
  readonly unusedSince?: Date | undefined;
}

/** Returns the live entries of the images that match, as far as the image itself tells. */
export const entriesMatching = (images: readonly Image[], { recipient, expiringBefore }: ShareFilter, now: Date): SharedImage[] =>
  images.flatMap((image) =>
    entriesOf(liveEntries(image.recipients, now))
      .filter(([id, end]) => (recipient ?? id) === id && (expiringBefore === undefined || expiresBefore(end, expiringBefore)))
      .map(([id, end]) => ({ image, recipient: id, end })),
  );

/** Whether the image is shared with the recipient, or will be by a copy job. */
export const isSharedOrPlanned = ({ recipients, plannedShares }: Image, recipient: PrincipalId, now: Date): boolean =>
  hasLiveShare(recipients, recipient, now) || plannedShares?.recipients.includes(recipient) === true;

/** Whether the share existed before `unusedSince`, and the recipient hasn't used it from then on. */
export const matchesUse = (
  { sharedAt, lastUsedAt }: Pick<Share, 'sharedAt' | 'lastUsedAt'>,
  { unusedSince }: ShareFilter,
): boolean => unusedSince === undefined || (sharedAt < unusedSince && (lastUsedAt === undefined || lastUsedAt < unusedSince));

/** Returns a share as the owner of the image sees it. Rule `owner.lists-shares`. */
export const ownedShareView = ({ image, share, end }: OwnedShare): OwnedShareView => ({
  region: image.region,
  imageId: image.imageId,
  imageName: image.name,
  ...shareView(share, end),
});

/** Whether a recipient belongs to a list with this filter. `entry` is that of the caller's address book. */
export const matchesRecipient = (
  { recipient, nextExpiresAt }: RecipientView,
  { search, expiringBefore }: { readonly search?: string | undefined; readonly expiringBefore?: Date | undefined },
  entry?: AddressBookEntry,
): boolean =>
  (search === undefined || isFoundBy(search, entry ?? { principalId: recipient as PrincipalId, name: '' })) &&
  (expiringBefore === undefined || (nextExpiresAt !== undefined && new Date(nextExpiresAt) < expiringBefore));

/** Returns every recipient of these images, in the order of their IDs. Rule `owner.lists-shares`. */
export function recipientViews(images: readonly Image[], now: Date): RecipientView[] {
  const byRecipient = Map.groupBy(entriesMatching(images, {}, now), ({ recipient }) => recipient);
  return [...byRecipient]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([recipient, entries]) => {
      const ends = entries.map(({ end }) => end).filter((end) => end !== neverExpires);
      return {
        recipient,
        shareCount: entries.length,
        regions: [...new Set(entries.map(({ image }): Region => image.region))].sort(),
        ...(ends.length > 0 && { nextExpiresAt: new Date(Math.min(...ends) * 1_000).toISOString() }),
      };
    });
}

/**
 * Plans to stop sharing one image with a recipient, as one of several. The result tells whether the image was or would be shared
 * with it; an image that `principal` doesn't own any more isn't. Rule `owner.stops-recipient`.
 */
export function planStop(
  recipient: PrincipalId,
  image: Image | undefined,
  { principal, policy, stamp }: { principal: PrincipalId; policy: Policy; stamp: Stamp },
): Plan<boolean> {
  if (image === undefined || visibilityOf(image, principal, stamp.at) !== 'owned') {
    return { steps: [], result: false };
  }
  const { steps, removed, dropped } = planRecipients(
    { add: [], remove: [recipient] },
    { action: 'CancelImageShares', image, policy, knownPrincipals: new Map(), stamp },
  );
  return { steps, result: removed.length + dropped.length > 0 };
}
