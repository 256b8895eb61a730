import { type ImageFilter, matches, partsOf } from '../../lib/rules/image-list.ts';
import { anImage, principal } from '../support/builders.ts';

describe('matches', () => {
  const image = anImage({ name: 'Web Server', tags: { tier: 'web', url: 'http://x' } });

  it.each<[ImageFilter, boolean]>([
    [{}, true],
    [{ name: 'web' }, true],
    [{ name: 'SERVER' }, true],
    [{ name: 'db' }, false],
    [{ state: 'available' }, true],
    [{ state: 'deprecated' }, false],
    [{ owner: principal('owner') }, true],
    [{ owner: principal('other') }, false],
    [{ tag: ['tier:web'] }, true],
    [{ tag: ['tier:web', 'url:http://x'] }, true],
    [{ tag: ['tier:web', 'zone:a'] }, false],
    [{ tag: ['tier:db'] }, false],
    [{ tag: ['tier:'] }, false],
    [{ tag: ['constructor:x'] }, false],
    [{ name: 'web', state: 'available', tag: ['tier:db'] }, false],
  ])('returns for %j: %s', (filter, expected) => {
    expect(matches(image, 'owned', filter)).toBe(expected);
  });
});

describe('matches, with trusted owners', () => {
  const image = anImage();

  it.each([
    ['includes a shared image of a trusted owner', 'shared', ['owner'], true],
    ['excludes a shared image of another owner', 'shared', ['other'], false],
    ['excludes every shared image when no owner is trusted', 'shared', [], false],
    ['includes an owned image', 'owned', [], true],
    ['includes a public image', 'public', [], true],
  ] as const)('%s', (_, visibility, trusted, expected) => {
    expect(matches(image, visibility, { trusted: new Set(trusted.map(principal)) })).toBe(expected);
  });
});

describe('partsOf', () => {
  it.each([
    [undefined, ['owned', 'shared']],
    ['owned', ['owned']],
    ['shared', ['shared']],
    ['public', ['public']],
    ['all', ['owned', 'shared', 'public']],
  ] as const)('returns for %j: %j', (scope, parts) => {
    expect(partsOf(scope)).toEqual(parts);
  });
});
