import type { Image } from '../../lib/model/image.ts';
import { decideAccess, requireEntitled, requireInstanceOf, requirePrincipal, Use } from '../../lib/rules/access.ts';
import { ruleOf } from '../../lib/rules/catalog.ts';
import {
  anImageIn,
  anInstanceIn,
  aPublicImageIn,
  fixtureOf,
  imageId,
  noon,
  noonSeconds,
  policyFixtures,
  principal,
  principals,
  secondsFromNoon,
  sharedWith,
  thrownBy,
} from '../support/builders.ts';

const [h01, h02] = [principal('h01'), principal('h02')];
const uses = Use.options;

describe('requirePrincipal', () => {
  it('requires a principal of compute platforms only', () => {
    expect(thrownBy(() => requirePrincipal(new Set(['compute']), undefined))).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'principal' }] },
    });
    expect(thrownBy(() => requirePrincipal(new Set(['compute']), h01))).toBeUndefined();
    expect(thrownBy(() => requirePrincipal(new Set(['tenant']), undefined))).toBeUndefined();
  });
});

describe('requireInstanceOf', () => {
  const fixture = fixtureOf('tencent');
  const instance = anInstanceIn(fixture);
  const instanceFor = (use: Use, stored = instance) =>
    requireInstanceOf(anImageIn(fixture), { instanceId: instance.instanceId, use }, stored, instance.principal);

  it('returns the instance to reinitialize', () => {
    expect(instanceFor('reinitialize')).toBe(instance);
  });

  it.each<[string, () => unknown]>([
    ['for another use', () => instanceFor('launch')],
    ['of another image', () => instanceFor('reinitialize', { ...instance, imageId: imageId('img-other') })],
  ])('refuses an instance %s with InvalidRequest', (_, call) => {
    expect(thrownBy(call)).toMatchObject({ code: 'InvalidRequest', details: { offenders: [{ id: 'instanceId' }] } });
  });
});

describe.each(policyFixtures)('decideAccess under $name', (fixture) => {
  const { policy } = fixture;
  const owner = fixture.principalOf('owner');
  const image = anImageIn(fixture, { recipients: { [h01]: 0, [h02]: noonSeconds } });
  const decide = (principalId: string, use: Use, subject: Image | undefined = image, now = noon) =>
    decideAccess(subject, { principal: principal(principalId), use, policy, now });

  it.each([
    ['launch', true, 'owner.still-uses'],
    ['reinstall', true, 'owner.still-uses'],
    ['reinitialize', true, 'owner.still-uses'],
    ['copy', true, 'owner.copies'],
    ['save', false, 'received.save'],
    ['share', true, 'share.owner-only'],
  ] as const)("decides on the owner's %s with %s by %s", (use, allowed, rule) => {
    expect(decide(owner, use)).toMatchObject({ allowed, rule });
  });

  it.each([
    ['launch', true, 'received.use'],
    ['reinstall', true, 'received.use'],
    ['reinitialize', true, 'received.use'],
    ['save', true, 'received.save'],
    ['copy', false, 'received.no-copy'],
    ['share', false, 'share.no-reshare'],
    ['delete', false, 'received.no-delete'],
  ] as const)("decides on a recipient's %s with %s by %s", (use, allowed, rule) => {
    expect(decide('h01', use)).toMatchObject({ allowed, rule });
  });

  it('never mistakes an inherited property for the end of a share', () => {
    const inherited = principal('constructor');

    expect(decide(inherited, 'launch', { ...image, owner: inherited })).not.toHaveProperty('expiresAt');
  });

  it('says which rule denies an owner-only use, and why the image is visible', () => {
    expect(decide('h01', 'copy').reason).toBe(
      `${ruleOf('received.no-copy').says} This image is shared with the ${policy.principalKind}.`,
    );
    expect(decide('stranger', 'copy', aPublicImageIn(fixture)).reason).toBe('This image is public.');
  });

  it.each([
    ['launch', true, 'received.use'],
    ['reinstall', true, 'received.use'],
    ['reinitialize', true, 'received.use'],
    ['save', false, 'received.save'],
    ['copy', false, 'received.no-copy'],
    ['share', false, 'share.custom-only'],
    ['delete', false, 'received.no-delete'],
  ] as const)("decides on anyone's %s of a public image with %s by %s", (use, allowed, rule) => {
    expect(decide('stranger', use, aPublicImageIn(fixture))).toMatchObject({
      allowed,
      rule,
      reason: expect.stringMatching(/public/),
    });
  });

  it.each(uses)("denies a stranger's %s by received.visible", (use) => {
    expect(decide('stranger', use)).toMatchObject({ allowed: false, rule: 'received.visible' });
  });

  it.each(uses)('returns for %s of a deleted public image the same as for one that never existed', (use) => {
    const deletedImage: Image = { ...aPublicImageIn(fixture), state: 'deleted', deletedAt: noon };

    expect(decide('stranger', use, deletedImage)).toEqual(decide('stranger', use, undefined));
  });

  it.each(uses)('returns the same for %s of a missing, deleted, expired, and never shared image', (use) => {
    const missing = decide('h02', use, undefined);
    const deleted: Image = { ...image, state: 'deleted', deletedAt: noon };

    expect(missing).toMatchObject({ allowed: false, rule: 'received.visible' });
    expect(decide('h01', use, deleted)).toEqual(missing);
    expect(decide(owner, use, deleted)).toEqual(missing);
    expect(decide('h02', use)).toEqual(missing);
    expect(decide('stranger', use)).toEqual(missing);
  });

  it('allows a recipient until the second before its share ends', () => {
    expect(decide('h02', 'launch', image, secondsFromNoon(-1)).allowed).toBe(true);
    expect(decide('h02', 'launch', image, secondsFromNoon(0)).allowed).toBe(false);
  });

  it.each([
    ['launch', 'owner.still-uses', 'received.use'],
    ['reinstall', 'owner.still-uses', 'received.use'],
    ['reinitialize', 'owner.still-uses', 'received.use'],
    ['copy', 'owner.copies', 'received.no-copy'],
    ['save', 'received.save', 'received.use'],
    ['share', 'share.custom-only', 'share.no-reshare'],
  ] as const)('denies %s of an image without data: to the owner by %s, to a recipient by %s', (use, ownerRule, recipientRule) => {
    for (const state of use === 'share' ? (['failed'] as const) : (['pending', 'copying', 'failed'] as const)) {
      expect(decide(owner, use, { ...image, state })).toMatchObject({ allowed: false, rule: ownerRule });
      expect(decide('h01', use, { ...image, state })).toMatchObject({ allowed: false, rule: recipientRule });
    }
  });

  it('lets owner and recipient use a deprecated image but not create new shares', () => {
    const deprecated = { ...image, state: 'deprecated' } as const;

    expect(decide(owner, 'launch', deprecated).allowed).toBe(true);
    expect(decide('h01', 'launch', deprecated).allowed).toBe(true);
    expect(decide(owner, 'share', deprecated)).toMatchObject({ allowed: false, rule: 'share.custom-only' });
  });

  it('denies sharing an image at its cap by share.cap', () => {
    expect(decide(owner, 'share', anImageIn(fixture, { recipients: sharedWith(principals(50)) }))).toMatchObject({
      allowed: false,
      rule: 'share.cap',
    });
  });

  it('lets the owner delete an image without live shares', () => {
    expect(decide(owner, 'delete', anImageIn(fixture, { recipients: { [h02]: noonSeconds } }))).toMatchObject({
      allowed: true,
      rule: 'delete.owner-only',
    });
  });

  it('denies saving to a recipient if the policy does', () => {
    const strict = { ...policy, recipientMaySave: false };

    expect(decideAccess(image, { principal: h01, use: 'save', policy: strict, now: noon })).toMatchObject({
      allowed: false,
      rule: 'received.save',
    });
  });

  it.each(uses)('returns for every denied %s a reason, sources, and a remedy that is not part of the reason', (use) => {
    const full = anImageIn(fixture, { recipients: sharedWith(principals(50)) });
    const decisions = [
      ...['stranger', 'h01', owner].flatMap((principalId) => [
        decide(principalId, use),
        decide(principalId, use, { ...image, state: 'pending' }),
        decide(principalId, use, aPublicImageIn(fixture)),
      ]),
      decide(owner, use, full),
    ];
    const refused = decisions.filter(({ allowed }) => !allowed);

    expect(refused).not.toEqual([]);
    for (const { rule, reason, sources, remedy } of refused) {
      const own = ruleOf(rule).sources.filter((source) => source.policy === policy.name);
      expect({ sources, remedy }).toEqual({
        sources: own.length === 0 ? ['This service'] : own.map(({ title }) => title),
        remedy: expect.stringMatching(/./),
      });
      expect(reason).toMatch(/\.$/);
      expect(reason).not.toContain(remedy);
    }
  });
});

describe.each(policyFixtures)('decideAccess for an owner who asks about others, under $name', (fixture) => {
  const { policy } = fixture;
  const image = anImageIn(fixture, { recipients: { [h01]: 0 } });
  const remedyOf = (who: string, use: Use, isOwnersQuestion: boolean) =>
    decideAccess(image, { principal: principal(who), use, product: undefined, policy, now: noon, isOwnersQuestion }).remedy;

  it.each([
    ['stranger', 'launch', 'Share the image first.'],
    ['stranger', 'reinitialize', 'Share the image first.'],
    ['h01', 'share', 'Share the image with others yourself.'],
    ['h01', 'copy', 'Copy the image yourself.'],
    ['h01', 'delete', 'Delete the image yourself.'],
  ] as const)('recommends to the owner what it can do itself about %s and %s', (who, use, remedy) => {
    expect(remedyOf(who, use, true)).toBe(remedy);
    expect(remedyOf(who, use, false)).toMatch(/image owner/);
  });

  it('recommends the same as to others if the owner can do nothing else', () => {
    const question = { principal: h01, use: 'launch', policy, now: noon } as const;
    const decideOn = (parts: object) => decideAccess({ ...image, state: 'pending' }, { ...question, ...parts });

    expect(decideOn({ isOwnersQuestion: true })).toEqual(decideOn({}));
  });

  it('recommends to add the product', () => {
    const asked = { principal: h01, use: 'launch', product: 'lightweight', policy, now: noon } as const;
    expect(decideAccess(image, { ...asked, isOwnersQuestion: true })).toMatchObject({
      rule: 'share.cross-product',
      remedy: 'Choose a compatible product, or add this product to the image.',
    });
  });
});

describe('decideAccess on deleting a shared image', () => {
  it.each([
    ['tencent', false, 'delete.guard'],
    ['alibaba', false, 'delete.guard'],
    ['ucloud', true, 'delete.owner-only'],
  ])('decides on its owner under %s with %s by %s', (name, allowed, rule) => {
    const fixture = fixtureOf(name);
    const request = { principal: fixture.principalOf('owner'), use: 'delete', policy: fixture.policy, now: noon } as const;

    expect(decideAccess(anImageIn(fixture, { recipients: sharedWith([h01]) }), request)).toMatchObject({ allowed, rule });
  });
});

describe('requireEntitled', () => {
  const image = anImageIn(fixtureOf('tencent'), { recipients: sharedWith([h01]) });
  const entitled = (self: string, request?: string, isCompute = false) =>
    requireEntitled({
      key: image,
      image,
      self: principal(self),
      asked: request === undefined ? undefined : principal(request),
      isCompute,
      now: noon,
    });

  it.each([
    ['a stranger for itself', 'stranger', undefined, false, 'stranger'],
    ['a stranger that names itself', 'stranger', 'stranger', false, 'stranger'],
    ['the owner for anyone', 'owner', 'h02', false, 'h02'],
    ['a compute platform for anyone', 'stranger', 'h02', true, 'h02'],
  ])('accepts %s', (_, self, request, isCompute, result) => {
    expect(entitled(self, request, isCompute)).toBe(result);
  });

  it('refuses a recipient asking about others with Forbidden', () => {
    expect(thrownBy(() => entitled('h01', 'h02'))).toMatchObject({ code: 'Forbidden', details: { rule: 'received.privacy' } });
  });

  it("refuses anyone asking about others' access to a public image with Forbidden", () => {
    const request = { self: principal('stranger'), asked: principal('h01'), isCompute: false, now: noon };
    const publicImage = aPublicImageIn(fixtureOf('tencent'));

    expect(thrownBy(() => requireEntitled({ key: publicImage, image: publicImage, ...request }))).toMatchObject({
      code: 'Forbidden',
    });
  });

  it('refuses a stranger asking about others with ImageNotFound', () => {
    expect(thrownBy(() => entitled('stranger', 'h01'))).toMatchObject({ code: 'ImageNotFound' });
  });
});
