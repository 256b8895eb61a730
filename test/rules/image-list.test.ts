import { type ImageFilter, matches, partsOf } from '../../lib/rules/image-list.ts';
import type { Visibility } from '../../lib/rules/visibility.ts';
import { anImage, imageId, noon, noonSeconds, principal, secondsFromNoon } from '../support/builders.ts';

const seenAs = (visibility: Visibility) => ({ visibility, principal: principal('friend') });

describe('matches', () => {
  const image = anImage({
    imageId: imageId('web'),
    os: 'Debian 12',
    architecture: 'x86_64',
    name: 'Web Server',
    tags: { tier: 'web', url: 'http://x' },
  });

  it.each<[ImageFilter, boolean]>([
    [{}, true],
    [{ name: 'web' }, true],
    [{ name: 'SERVER' }, true],
    [{ name: 'db' }, false],
    [{ state: 'available' }, true],
    [{ state: 'deprecated' }, false],
    [{ imageId: image.imageId }, true],
    [{ imageId: imageId('other') }, false],
    [{ os: 'debian' }, true],
    [{ os: 'ubuntu' }, false],
    [{ architecture: 'x86_64' }, true],
    [{ architecture: 'arm64' }, false],
    [{ search: 'SERVER' }, true],
    [{ search: image.imageId.slice(1) }, true],
    [{ search: 'bian' }, true],
    [{ search: 'X86' }, true],
    [{ search: 'nowhere' }, false],
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
    expect(matches(image, seenAs('owned'), filter)).toBe(expected);
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
    expect(matches(image, seenAs(visibility), { trusted: new Set(trusted.map(principal)) })).toBe(expected);
  });
});

describe('matches, with the time before which a share expires', () => {
  it.each([
    ['includes a share that expires a second before it', 'shared', noonSeconds - 1, true],
    ['excludes a share that expires at that time', 'shared', noonSeconds, false],
    ['excludes a share that never expires', 'shared', 0, false],
    ['excludes an owned image', 'owned', noonSeconds - 1, false],
    ['excludes a public image', 'public', noonSeconds - 1, false],
  ] as const)('%s', (_, visibility, end, expected) => {
    const image = anImage({ recipients: { [principal('friend')]: end } });

    expect(matches(image, seenAs(visibility), { expiringBefore: noon })).toBe(expected);
  });

  it('compares to the millisecond', () => {
    const image = anImage({ recipients: { [principal('friend')]: noonSeconds } });

    expect(matches(image, seenAs('shared'), { expiringBefore: secondsFromNoon(0.001) })).toBe(true);
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
