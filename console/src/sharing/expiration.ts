/** When shares end, as a person states it. `never` leaves those alone who hold the image already, `never-for-all` does not. */
export interface Expiration {
  readonly kind: 'never' | 'never-for-all' | 'at';
  /** YYYY-MM-DD and hh:mm, in the person's own zone. */
  readonly date: string;
  readonly time: string;
}

export const noExpiration: Expiration = { kind: 'never', date: '', time: '' };

/** The moment that is stated, or undefined while it is not one. */
function dateOf({ date, time }: Expiration): Date | undefined {
  const [hour = '', minute = '00'] = time.split(':');
  const at = new Date(`${date}T${hour.padStart(2, '0')}:${minute.padEnd(2, '0')}:00`);
  return date === '' || time === '' || Number.isNaN(at.getTime()) ? undefined : at;
}

/** What is wrong with a stated end, or undefined. */
export function expirationErrorOf(expiration: Expiration, now: Date): 'incomplete' | 'past' | undefined {
  if (expiration.kind !== 'at') {
    return undefined;
  }
  const at = dateOf(expiration);
  return at === undefined ? 'incomplete' : at <= now ? 'past' : undefined;
}

/** What calls state of the end: nothing where those who hold the image already keep theirs. */
export function expiresAtOf(expiration: Expiration): { readonly expiresAt?: string | null } {
  const at = expiration.kind === 'at' ? dateOf(expiration) : undefined;
  return expiration.kind === 'never-for-all' ? { expiresAt: null } : at === undefined ? {} : { expiresAt: at.toISOString() };
}
