/** `never` keeps the expiration of existing recipients; `never-for-all` removes it. */
export interface Expiration {
  readonly kind: 'never' | 'never-for-all' | 'at';
  /** The preset that was chosen for `at`, in days. */
  readonly days?: number | undefined;
  /** `YYYY-MM-DD` and `hh:mm` in the browser's time zone. */
  readonly date: string;
  readonly time: string;
}

export const noExpiration: Expiration = { kind: 'never', date: '', time: '' };

export const presetDays = [7, 30, 90] as const;

const padded = (number: number): string => String(number).padStart(2, '0');

const expirationAt = (at: Date): Expiration => ({
  kind: 'at',
  date: `${at.getFullYear()}-${padded(at.getMonth() + 1)}-${padded(at.getDate())}`,
  time: `${padded(at.getHours())}:${padded(at.getMinutes())}`,
});

/** The expiration of a preset: at the same time of day. */
export function expirationIn(days: number, now: Date): Expiration {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  return { ...expirationAt(at), days };
}

/** The expiration that all of the shares have, to be edited. Without a date if they differ. */
export function commonExpiration(shares: readonly { readonly expiresAt?: string }[]): Expiration {
  const [at, ...others] = new Set(shares.map(({ expiresAt }) => expiresAt));
  if (others.length > 0) {
    return { kind: 'at', date: '', time: '' };
  }
  return at === undefined ? { kind: 'never-for-all', date: '', time: '' } : expirationAt(new Date(at));
}

/** Undefined if the input is incomplete. */
export function dateOf({ date, time }: Expiration): Date | undefined {
  const [hour = '', minute = '00'] = time.split(':');
  const at = new Date(`${date}T${hour.padStart(2, '0')}:${minute.padEnd(2, '0')}:00`);
  return date === '' || time === '' || Number.isNaN(at.getTime()) ? undefined : at;
}

export function expirationErrorOf(expiration: Expiration, now: Date): 'incomplete' | 'past' | undefined {
  if (expiration.kind !== 'at') {
    return undefined;
  }
  const at = dateOf(expiration);
  return at === undefined ? 'incomplete' : at <= now ? 'past' : undefined;
}

/** The request field. Left out to keep the expiration of existing recipients. */
export function expiresAtOf(expiration: Expiration): { readonly expiresAt?: string | null } {
  const at = expiration.kind === 'at' ? dateOf(expiration) : undefined;
  return expiration.kind === 'never-for-all' ? { expiresAt: null } : at === undefined ? {} : { expiresAt: at.toISOString() };
}
