/** `never` keeps the expiration of existing recipients; `never-for-all` removes it. */
export interface Expiration {
  readonly kind: 'never' | 'never-for-all' | 'at';
  /** `YYYY-MM-DD` and `hh:mm` in the browser's time zone. */
  readonly date: string;
  readonly time: string;
}

export const noExpiration: Expiration = { kind: 'never', date: '', time: '' };

/** Undefined if the input is incomplete. */
function dateOf({ date, time }: Expiration): Date | undefined {
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
