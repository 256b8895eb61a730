import type { Image } from '../../lib/model/image.ts';
import type { RuleSlug } from '../../lib/model/rule-slug.ts';
import { type SharingFacts, whyNotShareable, whyNotShared } from '../../lib/rules/sharing-rules.ts';
import { anImageIn, noon, noonSeconds, placeOf, places, principal, principals } from '../support/builders.ts';

const [newcomer = principal('h01')] = principals(1);

function sharing(policyName: string, image: Partial<Image> = {}, parts: Partial<SharingFacts> = {}): SharingFacts {
  const place = placeOf(policyName);
  return {
    policy: place.policy,
    image: anImageIn(place, image),
    now: noon,
    named: [newcomer],
    added: [newcomer],
    rescheduled: [],
    knownPrincipals: new Set([newcomer]),
    riskAcknowledged: true,
    used: 0,
    freed: 0,
    ...parts,
  };
}

const shared = undefined;

describe('whyNotShared', () => {
  it.each<[string, Partial<Image>, RuleSlug | undefined]>([
    ['tencent', {}, shared],
    ['alibaba', {}, shared],
    ['ucloud', {}, shared],
    ...['pending', 'copying', 'failed', 'deprecated'].flatMap((state) =>
      places.map(({ name }): [string, Partial<Image>, RuleSlug] => [name, { state } as Partial<Image>, 'share.custom-only']),
    ),
    ['tencent', { product: 'lightweight' }, shared],
    ['alibaba', { product: 'lightweight' }, shared],
    ['ucloud', { product: 'lightweight' }, 'share.lightweight'],
    ['tencent', { disksGiB: [20, 40] }, 'share.data-disks'],
    ['alibaba', { disksGiB: [20, 40] }, shared],
    ['ucloud', { disksGiB: [20, 40] }, shared],
    ['tencent', { encryption: 'service' }, 'share.encrypted'],
    ['tencent', { encryption: 'customer' }, 'share.encrypted'],
    ['alibaba', { encryption: 'service' }, 'share.encrypted'],
    ['alibaba', { encryption: 'customer' }, shared],
    ['ucloud', { encryption: 'service' }, shared],
    ['ucloud', { encryption: 'customer' }, shared],
  ])('under %s returns for an image with %j the rule %s', (policyName, image, rule) => {
    expect(whyNotShared(sharing(policyName, image))?.details.rule).toBe(rule);
  });

  it.each([
    ['tencent', shared],
    ['alibaba', shared],
    ['ucloud', 'share.acknowledge'],
  ])('under %s returns for an unacknowledged risk the rule %s', (policyName, rule) => {
    expect(whyNotShared(sharing(policyName, {}, { riskAcknowledged: false }))?.details.rule).toBe(rule);
  });

  describe.each(places)('under $name', ({ name }) => {
    it.each([
      ['a second from now', noonSeconds + 1, shared],
      ['never', 0, shared],
      ['now', noonSeconds, 'share.expiry'],
      ['a second ago', noonSeconds - 1, 'share.expiry'],
    ])('checks an end time of %s', (_, endsAt, rule) => {
      expect(whyNotShared(sharing(name, {}, { endsAt }))?.details.rule).toBe(rule);
    });

    it('refuses the owner as a recipient with RecipientIsOwner', () => {
      const { image } = sharing(name);
      const facts = sharing(name, {}, { named: [newcomer, image.owner], knownPrincipals: new Set([newcomer, image.owner]) });

      expect(whyNotShared(facts)).toMatchObject({
        code: 'RecipientIsOwner',
        details: { rule: 'share.not-self', offenders: [{ id: image.owner, code: 'RecipientIsOwner', rule: 'share.not-self' }] },
      });
    });

    it('lists every unknown recipient and no known one', () => {
      const named = [principal('x'), newcomer, principal('y')];

      expect(whyNotShared(sharing(name, {}, { named, added: named }))).toMatchObject({
        code: 'RecipientNotFound',
        details: { rule: 'share.recipient-exists', offenders: [{ id: 'x' }, { id: 'y' }] },
      });
    });

    it('allows the last recipient within the cap', () => {
      expect(whyNotShared(sharing(name, {}, { used: 49 }))).toBeUndefined();
    });

    it('refuses a call that exceeds the cap, with cap, used, remaining, and the remedy', () => {
      const refusal = whyNotShared(sharing(name, {}, { used: 49, added: [newcomer, principal('other')] }));

      expect(refusal).toMatchObject({
        code: 'ShareCapExceeded',
        details: { rule: 'share.cap', cap: 50, used: 49, remaining: 1, offenders: [{ id: newcomer }, { id: 'other' }] },
      });
      expect(refusal?.details.remedy).toContain('copy the image');
    });

    it('checks whether an image can get new recipients only if there are any', () => {
      const unfit = { state: 'deprecated', product: 'lightweight', disksGiB: [1, 2], encryption: 'service' } as const;

      expect(whyNotShared(sharing(name, unfit, { added: [] }))).toBeUndefined();
    });

    it('refuses by the first violated rule, image rules before recipient rules', () => {
      const stranger = { named: [principal('x')], added: [principal('x')], riskAcknowledged: false, used: 50 };

      expect(whyNotShared(sharing(name, { state: 'failed' }, stranger))?.details.rule).toBe('share.custom-only');
      expect(whyNotShared(sharing(name, {}, { ...stranger, riskAcknowledged: true }))?.details.rule).toBe(
        'share.recipient-exists',
      );
    });
  });
});

describe('whyNotShareable', () => {
  it.each(places)('allows a shareable image below the cap under $name', (place) => {
    expect(whyNotShareable(anImageIn(place), place.policy, 49, noon)).toBeUndefined();
  });

  it.each(places)('refuses an image at its cap under $name by share.cap', (place) => {
    expect(whyNotShareable(anImageIn(place), place.policy, 50, noon)?.details.rule).toBe('share.cap');
  });

  it.each(places)('refuses a pending image under $name by share.custom-only', (place) => {
    expect(whyNotShareable(anImageIn(place, { state: 'pending' }), place.policy, 0, noon)?.details.rule).toBe(
      'share.custom-only',
    );
  });
});
