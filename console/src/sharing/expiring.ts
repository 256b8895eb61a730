/** The console warns of shares that expire within this time. */
export const expiringDays = 7;

const hourMs = 3_600_000;

/** Shares that expire before this time expire soon. A full hour, so that lists with this filter don't change all the time. */
export const expiringLimit = (now: Date): string =>
  new Date(Math.ceil((now.getTime() + expiringDays * 24 * hourMs) / hourMs) * hourMs).toISOString();

interface Expiring {
  readonly expiresAt?: string;
}

export const expiresBefore = ({ expiresAt }: Expiring, limit: string): boolean => expiresAt !== undefined && expiresAt < limit;

export const expiresSoon = (share: Expiring, now: Date): boolean => expiresBefore(share, expiringLimit(now));

/** The earliest expiration first. */
export const byExpiration = ({ expiresAt: a }: Expiring, { expiresAt: b }: Expiring): number =>
  a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : a.localeCompare(b);
