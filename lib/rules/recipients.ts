import type { PrincipalId } from '../model/ids.ts';
import type { Recipients } from '../model/image.ts';

/** A share's end in epoch seconds as the map holds it: 0 for none. */
export const noEnd = 0;

/** The second in which `now` lies: a share that ends at T works through T-1 and is refused from T on. */
export const epochSeconds = (now: Date): number => Math.floor(now.getTime() / 1_000);

/** The end that a request states: null is none, absent is not stated. An end before the epoch is past, not none. */
export const endOf = (expiresAt: Date | null | undefined): number | undefined =>
  expiresAt === undefined ? undefined : expiresAt === null ? noEnd : Math.max(1, epochSeconds(expiresAt));

const isLive = (end: number, now: Date): boolean => end === noEnd || end > epochSeconds(now);

/** Entries of the map in its order, typed. */
export const entriesOf = (recipients: Recipients): [PrincipalId, number][] =>
  Object.entries(recipients) as [PrincipalId, number][];

/** The entries that grant access at `now`. Rule `share.expiry`. */
export const liveEntries = (recipients: Recipients, now: Date): Recipients =>
  Object.fromEntries(entriesOf(recipients).filter(([, end]) => isLive(end, now)));

/** The entries whose end has passed at `now`: they grant nothing and do not count. */
export const expiredEntries = (recipients: Recipients, now: Date): Recipients =>
  Object.fromEntries(entriesOf(recipients).filter(([, end]) => !isLive(end, now)));

/** Who stands in the map, in alphabetical order: the map itself keeps none. */
export const namesOf = (recipients: Recipients): PrincipalId[] => (Object.keys(recipients) as PrincipalId[]).sort();

/** Whether `principal` holds the image at `now` by a share. */
export const holdsShare = (recipients: Recipients, principal: PrincipalId, now: Date): boolean => {
  const end = recipients[principal];
  return end !== undefined && Object.hasOwn(recipients, principal) && isLive(end, now);
};

/** The entries of these names, where there are any. */
export const only = (recipients: Recipients, names: readonly PrincipalId[]): Recipients =>
  Object.fromEntries(names.filter((name) => Object.hasOwn(recipients, name)).map((name) => [name, recipients[name] ?? noEnd]));
