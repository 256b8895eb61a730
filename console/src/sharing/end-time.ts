/** When shares end, as a person states it. `never` leaves those alone who hold the image already, `never-for-all` does not. */
export interface EndTime {
  readonly kind: 'never' | 'never-for-all' | 'at';
  /** YYYY-MM-DD and hh:mm, in the person's own zone. */
  readonly date: string;
  readonly time: string;
}

export const noEnd: EndTime = { kind: 'never', date: '', time: '' };

/** The moment that is stated, or undefined while it is not one. */
export function momentOf({ date, time }: EndTime): Date | undefined {
  const [hour = '', minute = '00'] = time.split(':');
  const moment = new Date(`${date}T${hour.padStart(2, '0')}:${minute.padEnd(2, '0')}:00`);
  return date === '' || time === '' || Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** What is wrong with a stated end, or undefined. */
export function endProblemOf(end: EndTime, now: Date): 'incomplete' | 'past' | undefined {
  if (end.kind !== 'at') {
    return undefined;
  }
  const moment = momentOf(end);
  return moment === undefined ? 'incomplete' : moment <= now ? 'past' : undefined;
}

/** What calls state of the end: nothing where those who hold the image already keep theirs. */
export function expiryOf(end: EndTime): { readonly expiresAt?: string | null } {
  const moment = end.kind === 'at' ? momentOf(end) : undefined;
  return end.kind === 'never-for-all' ? { expiresAt: null } : moment === undefined ? {} : { expiresAt: moment.toISOString() };
}
