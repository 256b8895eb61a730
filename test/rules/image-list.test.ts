import { type ImageFilter, matches, partsOf } from '../../lib/rules/image-list.ts';
import { anImage, holder } from '../support/builders.ts';

describe('matches', () => {
  const image = anImage({ name: 'Web Server', labels: { tier: 'web', url: 'http://x' } });

  it.each<[ImageFilter, boolean]>([
    [{}, true],
    [{ name: 'web' }, true],
    [{ name: 'SERVER' }, true],
    [{ name: 'db' }, false],
    [{ state: 'available' }, true],
    [{ state: 'deprecated' }, false],
    [{ owner: holder('owner') }, true],
    [{ owner: holder('other') }, false],
    [{ label: ['tier:web'] }, true],
    [{ label: ['tier:web', 'url:http://x'] }, true],
    [{ label: ['tier:web', 'zone:a'] }, false],
    [{ label: ['tier:db'] }, false],
    [{ label: ['tier:'] }, false],
    [{ label: ['constructor:x'] }, false],
    [{ name: 'web', state: 'available', label: ['tier:db'] }, false],
  ])('answers %j with %s', (filter, expected) => {
    expect(matches(image, filter)).toBe(expected);
  });
});

describe('partsOf', () => {
  it.each([
    ['owned', ['owned']],
    ['shared', ['shared']],
    ['all', ['owned', 'shared']],
  ] as const)('makes %s of %j', (scope, parts) => {
    expect(partsOf(scope)).toEqual(parts);
  });
});
