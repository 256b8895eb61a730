import type { PrincipalId } from '../model/ids.ts';
import { type Image, neverExpires, type Recipients } from '../model/image.ts';

/** Rounds down to epoch seconds. A share that expires at T grants access through T-1. */
export const epochSeconds = (now: Date): number => Math.floor(now.getTime() / 1_000);

/**
 * Converts the expiration in a request: null means never, undefined that it was not specified. A time before the epoch becomes
 * 1, because 0 means never.
 */
export const endOf = (expiresAt: Date | null | undefined): number | undefined =>
  expiresAt === undefined ? undefined : expiresAt === null ? neverExpires : Math.max(1, epochSeconds(expiresAt));

/** Returns the entries of the map, typed. */
export const entriesOf = (recipients: Recipients): [PrincipalId, number][] =>
  Object.entries(recipients) as [PrincipalId, number][];

/** Converts an expiration in the recipient map to one in a response: null means never. */
export const expirationOf = (end: number): string | null => (end === neverExpires ? null : new Date(end * 1_000).toISOString());

/** The same for the expirations of several recipients. */
export const expirationsOf = (ends: Recipients): Record<PrincipalId, string | null> =>
  Object.fromEntries(entriesOf(ends).map(([recipient, end]) => [recipient, expirationOf(end)]));

const isLive = (end: number, now: Date): boolean => end === neverExpires || end > epochSeconds(now);

/** Whether a share with this end expires before a time. */
export const expiresBefore = (end: number, time: Date): boolean => end !== neverExpires && end * 1_000 < time.getTime();

/** Returns the entries that grant access at `now`. Rule `share.expiry`. */
export const liveEntries = (recipients: Recipients, now: Date): Recipients =>
  Object.fromEntries(entriesOf(recipients).filter(([, end]) => isLive(end, now)));

/** Returns the entries that have expired at `now`. They grant nothing and do not count. */
export const expiredEntries = (recipients: Recipients, now: Date): Recipients =>
  Object.fromEntries(entriesOf(recipients).filter(([, end]) => !isLive(end, now)));

/** Returns the recipients in alphabetical order, because the map has none. */
export const namesOf = (recipients: Recipients): PrincipalId[] => (Object.keys(recipients) as PrincipalId[]).sort();

/** Returns when the share of `principal` expires, or `neverExpires`. Requires that there is one. */
export const endOfShare = ({ recipients }: Pick<Image, 'recipients'>, principal: PrincipalId): number =>
  recipients[principal] ?? neverExpires;

/** Whether a live share gives `principal` access to the image at `now`. */
export const hasLiveShare = (recipients: Recipients, principal: PrincipalId, now: Date): boolean => {
  const end = recipients[principal];
  return end !== undefined && Object.hasOwn(recipients, principal) && isLive(end, now);
};

/** Returns the entries of these recipients, if they have any. */
export const pick = (recipients: Recipients, ids: readonly PrincipalId[]): Recipients =>
  Object.fromEntries(ids.filter((id) => Object.hasOwn(recipients, id)).map((id) => [id, recipients[id] ?? neverExpires]));

/** Counts the recipients, expired ones included, whose share has an expiration, and the others. */
export function countByExpiration(recipients: Recipients): { readonly expiring: number; readonly permanent: number } {
  const ends = Object.values(recipients);
  const permanent = ends.filter((end) => end === neverExpires).length;
  return { expiring: ends.length - permanent, permanent };
}
