import { matchesName } from '../../../lib/sdk/alibaba/names.ts';

describe('matchesName', () => {
  it.each([
    ['web', 'web', true],
    ['web', 'we', false],
    ['web', 'prod-web-golden', false],
    ['prod-web-golden', 'web', false],
    ['web', 'WEB', false],
    ['web', 'w?b', false],
    ['web-1', 'web*', true],
    ['web', 'web*', true],
    ['web-1', '*1', true],
    ['prod-web-golden', '*web*', true],
    ['prod-WEB-golden', '*web*', false],
    ['aba', 'ab*ba', false],
    ['abba', 'ab*ba', true],
    ['a.b', 'a.b', true],
    ['axb', 'a.b', false],
    ['anything', '*', true],
    ['d', 'd*d*b', false],
    ['a*b', 'a*b', true],
    ['web-1', '*web*', true],
    ['xab', '*ab*ab*', false],
  ])('compares the name %j with the pattern %j: %s', (name, pattern, expected) => {
    expect(matchesName(name, pattern)).toBe(expected);
  });

  it('compares in NFC', () => {
    const [nfc, nfd] = ['caf\u00e9', 'cafe\u0301'];

    expect(matchesName(nfc, nfd)).toBe(true);
    expect(matchesName(`${nfc}-1`, `${nfd}*`)).toBe(true);
    expect(matchesName(nfc, 'cafe*')).toBe(false);
  });
});
