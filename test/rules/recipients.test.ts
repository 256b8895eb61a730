import { endOf, expiredEntries, hasLiveShare, liveEntries } from '../../lib/rules/recipients.ts';
import { noonSeconds, principal, secondsFromNoon } from '../support/builders.ts';

describe('hasLiveShare', () => {
  const recipients = { [principal('endless')]: 0, [principal('ending')]: noonSeconds };

  it.each([
    ['grants access without an end', 'endless', 1_000_000_000, true],
    ['grants access one second before the end', 'ending', -1, true],
    ['grants access one millisecond before the end', 'ending', -0.001, true],
    ['denies access from the end on', 'ending', 0, false],
    ['denies access after the end', 'ending', 1, false],
    ['denies access without an entry', 'stranger', 0, false],
    ['denies access for the name of an inherited property', 'constructor', 0, false],
  ] as const)('%s', (_, name, seconds, granted) => {
    expect(hasLiveShare(recipients, principal(name), secondsFromNoon(seconds))).toBe(granted);
  });
});

describe('liveEntries and expiredEntries', () => {
  const recipients = { [principal('a')]: 0, [principal('b')]: noonSeconds, [principal('c')]: noonSeconds + 1 };

  it('partition the map', () => {
    expect(liveEntries(recipients, secondsFromNoon(0))).toEqual({ a: 0, c: noonSeconds + 1 });
    expect(expiredEntries(recipients, secondsFromNoon(0))).toEqual({ b: noonSeconds });
  });
});

describe('endOf', () => {
  it.each([
    ['is undefined for undefined', undefined, undefined],
    ['means no end for null', null, 0],
    ['rounds down to the second', new Date(noonSeconds * 1_000 + 999), noonSeconds],
    ['is in the past for the epoch, not without end', new Date(0), 1],
    ['is in the past for times before the epoch', new Date(-5_000), 1],
  ])('%s', (_, expiresAt, end) => {
    expect(endOf(expiresAt)).toBe(end);
  });
});
