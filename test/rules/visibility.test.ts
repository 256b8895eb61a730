import type { Image } from '../../lib/model/image.ts';
import {
  type OwnerOnlyOperation,
  ownerOnlyOperations,
  requireOwned,
  requireVisible,
  visibilityOf,
} from '../../lib/rules/visibility.ts';
import {
  anImage,
  aPublicImageIn,
  fixtureOf,
  noon,
  noonSeconds,
  principal,
  refusalFields,
  secondsFromNoon,
  thrownBy,
} from '../support/builders.ts';

const shared = anImage({ recipients: { [principal('friend')]: 0, [principal('guest')]: noonSeconds } });
const publicImage = aPublicImageIn(fixtureOf('tencent'));
const deletedPublicImage: Image = { ...publicImage, state: 'deleted', deletedAt: noon };
const deleted: Image = { ...shared, state: 'deleted', deletedAt: noon };

describe('visibilityOf', () => {
  it.each([
    ['owned, to the owner', shared, 'owner', -1, 'owned'],
    ['shared, to a recipient', shared, 'friend', -1, 'shared'],
    ['shared, to a recipient until its end', shared, 'guest', -1, 'shared'],
    ['nothing, to a recipient from its end on', shared, 'guest', 0, undefined],
    ['nothing, to a stranger', shared, 'stranger', -1, undefined],
    ['nothing, to the owner of a deleted image', deleted, 'owner', 0, undefined],
    ['nothing, to a recipient of a deleted image', deleted, 'friend', 0, undefined],
    ['public, to anyone', publicImage, 'stranger', 0, 'public'],
    ['nothing, for a deleted public image', deletedPublicImage, 'stranger', 0, undefined],
    ['nothing, if there is no image', undefined, 'owner', 0, undefined],
  ])('returns %s', (_, image, name, seconds, visibility) => {
    expect(visibilityOf(image, principal(name), secondsFromNoon(seconds))).toBe(visibility);
  });
});

describe('requireVisible', () => {
  it('refuses missing, deleted, and never shared images identically', () => {
    const refusals = [undefined, deleted, shared].map((image) =>
      thrownBy(() => requireVisible(shared, image, principal('stranger'), noon)),
    );

    expect(refusals[0]).toMatchObject({ code: 'ImageNotFound', details: { rule: 'received.visible' } });
    expect(refusalFields(refusals[1])).toEqual(refusalFields(refusals[0]));
    expect(refusalFields(refusals[2])).toEqual(refusalFields(refusals[0]));
  });
});

describe('requireOwned', () => {
  const acts = Object.entries(ownerOnlyOperations) as [OwnerOnlyOperation, string][];

  it.each(acts)('returns the image to its owner for %s', (act) => {
    expect(requireOwned(act, shared, shared, principal('owner'), noon)).toBe(shared);
  });

  it.each(acts)('refuses %s by a recipient with NotOwner by %s', (act, rule) => {
    expect(thrownBy(() => requireOwned(act, shared, shared, principal('friend'), noon))).toMatchObject({
      code: 'NotOwner',
      details: { rule },
    });
  });

  it.each(acts)('refuses %s of a public image', (act, rule) => {
    const detail = `Image ${publicImage.imageId} is public.`;
    expect(thrownBy(() => requireOwned(act, publicImage, publicImage, principal('stranger'), noon))).toMatchObject(
      act === 'share' || act === 'set-list'
        ? { code: 'ImageNotShareable', details: { rule: 'share.custom-only', detail } }
        : { code: 'NotOwner', details: { rule, detail } },
    );
  });

  it.each(acts)('refuses %s by a stranger with ImageNotFound', (act) => {
    expect(thrownBy(() => requireOwned(act, shared, shared, principal('stranger'), noon))).toMatchObject({
      code: 'ImageNotFound',
    });
  });

  it('has a separate rule for each act of the owner', () => {
    expect(ownerOnlyOperations).toEqual({
      share: 'share.no-reshare',
      'list-shares': 'received.privacy',
      cancel: 'owner.cancels',
      'set-list': 'owner.sets-list',
      update: 'received.read-only',
      copy: 'received.no-copy',
      delete: 'received.no-delete',
    });
  });
});
