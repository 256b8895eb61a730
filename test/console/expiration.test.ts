import {
  commonExpiration,
  dateOf,
  expirationErrorOf,
  expirationIn,
  expiresAtOf,
  noExpiration,
} from '../../console/src/sharing/expiration.ts';
import { byExpiration, expiresSoon, expiringLimit } from '../../console/src/sharing/expiring.ts';
import { rescheduledText } from '../../console/src/sharing/rescheduled.ts';
import { sharingTexts } from '../../console/src/sharing/texts.ts';
import { principal } from '../support/builders.ts';

const now = new Date('2026-11-22T12:34:56');
const local = (text: string): string => new Date(text).toISOString();

describe('expirationIn', () => {
  it.each([
    [7, '2026-11-29T12:34:00'],
    [30, '2026-12-22T12:34:00'],
    [90, '2027-02-20T12:34:00'],
  ])('is at the same time of day in %s days', (days, expected) => {
    const expiration = expirationIn(days, now);

    expect(expiration).toMatchObject({ kind: 'at', days });
    expect(expiresAtOf(expiration)).toEqual({ expiresAt: local(expected) });
    expect(expirationErrorOf(expiration, now)).toBeUndefined();
  });
});

describe('commonExpiration', () => {
  it('is the expiration that all shares have', () => {
    const at = local('2026-12-01T08:05:00');

    expect(dateOf(commonExpiration([{ expiresAt: at }, { expiresAt: at }]))).toEqual(new Date(at));
    expect(expiresAtOf(commonExpiration([{}, {}]))).toEqual({ expiresAt: null });
  });

  it('requires a choice if the shares differ', () => {
    expect(expirationErrorOf(commonExpiration([{}, { expiresAt: local('2026-12-01T08:05:00') }]), now)).toBe('incomplete');
    expect(expiresAtOf(noExpiration)).toEqual({});
  });
});

describe('expiresSoon', () => {
  const inDays = (days: number) => ({ expiresAt: new Date(now.getTime() + days * 86_400_000).toISOString() });

  it('is true for shares that expire within seven days', () => {
    expect([0, 6.9, 7, 7.1].map((days) => expiresSoon(inDays(days), now))).toEqual([true, true, true, false]);
    expect(expiresSoon({}, now)).toBe(false);
  });

  it('has the same limit for an hour, so that a list keeps its filter', () => {
    expect(expiringLimit(new Date(now.getTime() + 60_000))).toBe(expiringLimit(now));
  });
});

describe('byExpiration', () => {
  it('sorts the earliest expiration first, and shares without one last', () => {
    expect([{}, { expiresAt: '2026-12-02' }, { expiresAt: '2026-12-01' }, {}].sort(byExpiration)).toEqual([
      { expiresAt: '2026-12-01' },
      { expiresAt: '2026-12-02' },
      {},
      {},
    ]);
  });
});

describe('rescheduledText', () => {
  const [first, second, third] = [principal('h01'), principal('h02'), principal('h03')];
  const [at, before] = [local('2026-12-22T12:34:00'), local('2026-12-01T08:05:00')];
  const share = (recipient: string, expiresAt?: string) => ({
    recipient,
    sharedAt: at,
    sharedBy: 'owner',
    ...(expiresAt !== undefined && { expiresAt }),
  });
  const textOf = (result: Parameters<typeof rescheduledText>[1]) => rescheduledText('web', result, sharingTexts.en.account);

  it('says from when to when the share of one recipient moved', () => {
    const moved = { shares: [share(first, at), share(second)], rescheduled: [first], previousExpirations: { [first]: null } };

    expect(textOf(moved)).toBe('Changed the expiration of 1 recipient of web to 2026-12-22 12:34:00 (was never).');
  });

  it('counts the recipients of each previous expiration', () => {
    const rescheduled = [first, second, third];
    const previousExpirations = { [first]: before, [second]: at, [third]: before };

    expect(textOf({ shares: rescheduled.map((one) => share(one)), rescheduled, previousExpirations })).toBe(
      'Changed the expiration of 3 recipients of web to never (was 2026-12-01 08:05:00 for 2, 2026-12-22 12:34:00 for 1).',
    );
  });

  it('is absent if nothing moved', () => {
    expect(textOf({ shares: [share(first)], rescheduled: [] })).toBeUndefined();
  });
});
