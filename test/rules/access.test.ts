import type { Image } from '../../lib/model/image.ts';
import { decideAccess, requireEntitled, Use } from '../../lib/rules/access.ts';
import { catalog } from '../../lib/rules/catalog.ts';
import {
  anImageIn,
  aPublicImageIn,
  heldBy,
  noon,
  noonSeconds,
  placeOf,
  places,
  principal,
  principals,
  secondsFromNoon,
  thrownBy,
} from '../support/builders.ts';

const [h01, h02] = [principal('h01'), principal('h02')];
const uses = Use.options;

describe.each(places)('decideAccess under $name', (place) => {
  const { policy } = place;
  const owner = place.principalOf('owner');
  const image = anImageIn(place, { recipients: { [h01]: 0, [h02]: noonSeconds } });
  const ask = (who: string, use: Use, found: Image | undefined = image, now = noon) =>
    decideAccess(found, { principal: principal(who), use, policy, now });

  it.each([
    ['launch', true, 'owner.still-uses'],
    ['reinstall', true, 'owner.still-uses'],
    ['reinitialize', true, 'owner.still-uses'],
    ['copy', true, 'owner.copies'],
    ['save', false, 'received.save'],
    ['share', true, 'share.owner-only'],
  ] as const)('answers the owner that wants to %s with %s by %s', (use, allowed, rule) => {
    expect(ask(owner, use)).toMatchObject({ allowed, rule });
  });

  it.each([
    ['launch', true, 'received.use'],
    ['reinstall', true, 'received.use'],
    ['reinitialize', true, 'received.use'],
    ['save', true, 'received.save'],
    ['copy', false, 'received.no-copy'],
    ['share', false, 'share.no-reshare'],
    ['delete', false, 'received.no-delete'],
  ] as const)('answers a recipient that wants to %s with %s by %s', (use, allowed, rule) => {
    expect(ask('h01', use)).toMatchObject({ allowed, rule });
  });

  it.each([
    ['launch', true, 'received.use'],
    ['reinstall', true, 'received.use'],
    ['reinitialize', true, 'received.use'],
    ['save', false, 'received.save'],
    ['copy', false, 'received.no-copy'],
    ['share', false, 'share.custom-only'],
    ['delete', false, 'received.no-delete'],
  ] as const)('answers anybody who wants to %s a public image with %s by %s', (use, allowed, rule) => {
    expect(ask('stranger', use, aPublicImageIn(place))).toMatchObject({
      allowed,
      rule,
      reason: expect.stringMatching(/public/),
    });
  });

  it.each(uses)('denies a stranger to %s by received.visible', (use) => {
    expect(ask('stranger', use)).toMatchObject({ allowed: false, rule: 'received.visible' });
  });

  it.each(uses)('gives who wants to %s a public image that was withdrawn the result of one that never was', (use) => {
    const withdrawn: Image = { ...aPublicImageIn(place), state: 'deleted', deletedAt: noon };

    expect(ask('stranger', use, withdrawn)).toEqual(ask('stranger', use, undefined));
  });

  it.each(uses)('gives who wants to %s one result for a missing, deleted, expired and never shared image', (use) => {
    const missing = ask('h02', use, undefined);
    const deleted: Image = { ...image, state: 'deleted', deletedAt: noon };

    expect(missing).toMatchObject({ allowed: false, rule: 'received.visible' });
    expect(ask('h01', use, deleted)).toEqual(missing);
    expect(ask(owner, use, deleted)).toEqual(missing);
    expect(ask('h02', use)).toEqual(missing);
    expect(ask('stranger', use)).toEqual(missing);
  });

  it('allows a recipient until the second before its end, and no longer', () => {
    expect(ask('h02', 'launch', image, secondsFromNoon(-1)).allowed).toBe(true);
    expect(ask('h02', 'launch', image, secondsFromNoon(0)).allowed).toBe(false);
  });

  it.each([
    ['launch', 'owner.still-uses', 'received.use'],
    ['reinstall', 'owner.still-uses', 'received.use'],
    ['reinitialize', 'owner.still-uses', 'received.use'],
    ['copy', 'owner.copies', 'received.no-copy'],
    ['save', 'received.save', 'received.use'],
    ['share', 'share.custom-only', 'share.no-reshare'],
  ] as const)(
    'lets nobody %s an image whose data are not there: the owner by %s, a recipient by %s',
    (use, ofOwner, ofRecipient) => {
      for (const state of ['pending', 'copying', 'failed'] as const) {
        expect(ask(owner, use, { ...image, state })).toMatchObject({ allowed: false, rule: ofOwner });
        expect(ask('h01', use, { ...image, state })).toMatchObject({ allowed: false, rule: ofRecipient });
      }
    },
  );

  it('lets owner and recipient go on using a deprecated image, of which no new shares are made', () => {
    const deprecated = { ...image, state: 'deprecated' } as const;

    expect(ask(owner, 'launch', deprecated).allowed).toBe(true);
    expect(ask('h01', 'launch', deprecated).allowed).toBe(true);
    expect(ask(owner, 'share', deprecated)).toMatchObject({ allowed: false, rule: 'share.custom-only' });
  });

  it('denies the owner of a full image to share it by share.cap', () => {
    expect(ask(owner, 'share', anImageIn(place, { recipients: heldBy(principals(50)) }))).toMatchObject({
      allowed: false,
      rule: 'share.cap',
    });
  });

  it('lets the owner delete an image that nobody holds', () => {
    expect(ask(owner, 'delete', anImageIn(place, { recipients: { [h02]: noonSeconds } }))).toMatchObject({
      allowed: true,
      rule: 'delete.owner-only',
    });
  });

  it('denies a recipient to save where the policy does', () => {
    const strict = { ...policy, recipientMaySave: false };

    expect(decideAccess(image, { principal: h01, use: 'save', policy: strict, now: noon })).toMatchObject({
      allowed: false,
      rule: 'received.save',
    });
  });

  it.each(uses)('gives every refusal of %s a reason, a source and a remedy, the remedy apart from the reason', (use) => {
    const full = anImageIn(place, { recipients: heldBy(principals(50)) });
    const answers = [
      ...['stranger', 'h01', owner].flatMap((who) => [
        ask(who, use),
        ask(who, use, { ...image, state: 'pending' }),
        ask(who, use, aPublicImageIn(place)),
      ]),
      ask(owner, use, full),
    ];
    const refused = answers.filter(({ allowed }) => !allowed);

    expect(refused).not.toEqual([]);
    for (const { rule, reason, sources, remedy } of refused) {
      expect({ sources: new Set(sources), remedy }).toEqual({
        sources: new Set(catalog[rule].sources.map(({ title }) => title)),
        remedy: expect.stringMatching(/./),
      });
      expect(reason).toMatch(/\.$/);
      expect(reason).not.toContain(remedy);
    }
  });
});

describe('decideAccess of a shared image to be deleted', () => {
  it.each([
    ['tencent', false, 'delete.guard'],
    ['alibaba', false, 'delete.guard'],
    ['ucloud', true, 'delete.owner-only'],
  ])('answers its owner under %s with %s by %s', (name, allowed, rule) => {
    const place = placeOf(name);
    const asked = { principal: place.principalOf('owner'), use: 'delete', policy: place.policy, now: noon } as const;

    expect(decideAccess(anImageIn(place, { recipients: heldBy([h01]) }), asked)).toMatchObject({ allowed, rule });
  });
});

describe('requireEntitled', () => {
  const image = anImageIn(placeOf('tencent'), { recipients: heldBy([h01]) });
  const entitled = (self: string, asked?: string, isCompute = false) =>
    requireEntitled({
      key: image,
      image,
      self: principal(self),
      asked: asked === undefined ? undefined : principal(asked),
      isCompute,
      now: noon,
    });

  it.each([
    ['a stranger for itself', 'stranger', undefined, false, 'stranger'],
    ['a stranger that names itself', 'stranger', 'stranger', false, 'stranger'],
    ['the owner for anyone', 'owner', 'h02', false, 'h02'],
    ['a compute platform for anyone', 'stranger', 'h02', true, 'h02'],
  ])('lets %s ask', (_, self, asked, isCompute, result) => {
    expect(entitled(self, asked, isCompute)).toBe(result);
  });

  it('refuses a recipient that asks for others with Forbidden', () => {
    expect(thrownBy(() => entitled('h01', 'h02'))).toMatchObject({ code: 'Forbidden', details: { rule: 'received.privacy' } });
  });

  it('refuses whoever asks for others about a public image with Forbidden', () => {
    const asking = { self: principal('stranger'), asked: principal('h01'), isCompute: false, now: noon };
    const open = aPublicImageIn(placeOf('tencent'));

    expect(thrownBy(() => requireEntitled({ key: open, image: open, ...asking }))).toMatchObject({ code: 'Forbidden' });
  });

  it('refuses a stranger that asks for others with ImageNotFound', () => {
    expect(thrownBy(() => entitled('stranger', 'h01'))).toMatchObject({ code: 'ImageNotFound' });
  });
});
