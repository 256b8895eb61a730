import { endOf, expiredEntries, holdsShare, liveEntries } from '../../lib/rules/recipients.ts';
import { noonSeconds, principal, secondsFromNoon } from '../support/builders.ts';

describe('holdsShare', () => {
  const recipients = { [principal('endless')]: 0, [principal('ending')]: noonSeconds };

  it.each([
    ['grants a share without end', 'endless', 1_000_000_000, true],
    ['grants a share one second before its end', 'ending', -1, true],
    ['grants a share one millisecond before its end', 'ending', -0.001, true],
    ['grants nothing from the second of the end on', 'ending', 0, false],
    ['grants nothing after the end', 'ending', 1, false],
    ['grants nothing to who has no entry', 'stranger', 0, false],
    ['grants nothing to an id that every object inherits', 'constructor', 0, false],
  ] as const)('%s', (_, name, seconds, granted) => {
    expect(holdsShare(recipients, principal(name), secondsFromNoon(seconds))).toBe(granted);
  });
});

describe('liveEntries and expiredEntries', () => {
  const recipients = { [principal('a')]: 0, [principal('b')]: noonSeconds, [principal('c')]: noonSeconds + 1 };

  it('part the map without loss or overlap', () => {
    expect(liveEntries(recipients, secondsFromNoon(0))).toEqual({ a: 0, c: noonSeconds + 1 });
    expect(expiredEntries(recipients, secondsFromNoon(0))).toEqual({ b: noonSeconds });
  });
});

describe('endOf', () => {
  it.each([
    ['is not stated where nothing is', undefined, undefined],
    ['is none for null', null, 0],
    ['is the second in which it lies', new Date(noonSeconds * 1_000 + 999), noonSeconds],
    ['is past, not none, for the epoch', new Date(0), 1],
    ['is past for what was before the epoch', new Date(-5_000), 1],
  ])('%s', (_, expiresAt, end) => {
    expect(endOf(expiresAt)).toBe(end);
  });
});
