import type { PrincipalId } from '../../lib/model/ids.ts';
import type { Image } from '../../lib/model/image.ts';
import type { Acceptance } from '../../lib/model/principal.ts';
import type { RuleSlug } from '../../lib/model/rule-slug.ts';
import { riskNotice } from '../../lib/rules/security-notices.ts';
import { type SharingFacts, whyNotShareable, whyNotShared } from '../../lib/rules/sharing-rules.ts';
import { anImageIn, fixtureOf, noon, noonSeconds, policyFixtures, principal, principals } from '../support/builders.ts';

const [newRecipient = principal('h01')] = principals(1);

function factsWith(policyName: string, image: Partial<Image> = {}, parts: Partial<SharingFacts> = {}): SharingFacts {
  const fixture = fixtureOf(policyName);
  return {
    policy: fixture.policy,
    image: anImageIn(fixture, image),
    now: noon,
    named: [newRecipient],
    added: [newRecipient],
    rescheduled: [],
    knownPrincipals: new Map([[newRecipient, {}]]),
    riskAcknowledged: true,
    used: 0,
    freed: 0,
    ...parts,
  };
}

const noRefusal = undefined;

describe('whyNotShared', () => {
  it.each<[string, Partial<Image>, RuleSlug | undefined]>([
    ['tencent', {}, noRefusal],
    ['alibaba', {}, noRefusal],
    ['ucloud', {}, noRefusal],
    ...['pending', 'copying'].flatMap((state) =>
      policyFixtures.map(({ name, policy }): [string, Partial<Image>, RuleSlug | undefined] => [
        name,
        { state } as Partial<Image>,
        policy.pendingMayBeShared ? noRefusal : 'share.custom-only',
      ]),
    ),
    ...['failed', 'deprecated'].flatMap((state) =>
      policyFixtures.map(({ name }): [string, Partial<Image>, RuleSlug] => [
        name,
        { state } as Partial<Image>,
        'share.custom-only',
      ]),
    ),
    ['tencent', { product: 'lightweight' }, noRefusal],
    ['alibaba', { product: 'lightweight' }, noRefusal],
    ['ucloud', { product: 'lightweight' }, 'share.lightweight'],
    ['tencent', { disksGiB: [20, 40] }, 'share.data-disks'],
    ['alibaba', { disksGiB: [20, 40] }, noRefusal],
    ['ucloud', { disksGiB: [20, 40] }, noRefusal],
    ['tencent', { encryption: 'service' }, 'share.encrypted'],
    ['tencent', { encryption: 'customer' }, 'share.encrypted'],
    ['alibaba', { encryption: 'service' }, 'share.encrypted'],
    ['alibaba', { encryption: 'customer' }, noRefusal],
    ['ucloud', { encryption: 'service' }, noRefusal],
    ['ucloud', { encryption: 'customer' }, noRefusal],
  ])('under %s returns for an image with %j the rule %s', (policyName, image, rule) => {
    expect(whyNotShared(factsWith(policyName, image))?.details.rule).toBe(rule);
  });

  it.each([
    ['tencent', noRefusal],
    ['alibaba', noRefusal],
    ['ucloud', 'share.acknowledge'],
  ])('under %s returns for an unacknowledged risk the rule %s', (policyName, rule) => {
    expect(whyNotShared(factsWith(policyName, {}, { riskAcknowledged: false }))?.details.rule).toBe(rule);
  });

  it('names the field of an unacknowledged risk, with the notice as one sentence', () => {
    expect(whyNotShared(factsWith('ucloud', {}, { riskAcknowledged: false }))?.details).toMatchObject({
      detail: riskNotice,
      offenders: [{ id: 'acknowledgeRisk' }],
    });
  });

  describe.each(policyFixtures)('under $name', ({ name }) => {
    it.each([
      ['a second from now', noonSeconds + 1, noRefusal],
      ['never', 0, noRefusal],
      ['now', noonSeconds, 'share.expiry'],
      ['a second ago', noonSeconds - 1, 'share.expiry'],
    ])('checks an end time of %s', (_, endsAt, rule) => {
      expect(whyNotShared(factsWith(name, {}, { endsAt }))?.details.rule).toBe(rule);
    });

    it('checks an end time only for shares that get it', () => {
      const past = { endsAt: noonSeconds - 1 };

      expect(whyNotShared(factsWith(name, {}, { ...past, added: [] }))).toBeUndefined();
      expect(whyNotShared(factsWith(name, {}, { ...past, rescheduled: [principal('other')] }))?.details.rule).toBe(
        'share.expiry',
      );
    });

    it('refuses the owner as a recipient with RecipientIsOwner', () => {
      const { image } = factsWith(name);
      const facts = factsWith(
        name,
        {},
        { named: [newRecipient, image.owner], knownPrincipals: new Map([newRecipient, image.owner].map((id) => [id, {}])) },
      );

      expect(whyNotShared(facts)).toMatchObject({
        code: 'RecipientIsOwner',
        details: { rule: 'share.not-self', offenders: [{ id: image.owner, code: 'RecipientIsOwner', rule: 'share.not-self' }] },
      });
    });

    it('lists every unknown recipient and no known one', () => {
      const recipients = [principal('x'), newRecipient, principal('y')];

      expect(whyNotShared(factsWith(name, {}, { named: recipients, added: recipients }))).toMatchObject({
        code: 'RecipientNotFound',
        details: { rule: 'share.recipient-exists', offenders: [{ id: 'x' }, { id: 'y' }] },
      });
    });

    it('lists every new recipient that does not accept the owner, blocked or not trusted, with the same reason', () => {
      const recipients = ['blocks', 'trusts others', 'has it already', 'trusts'].map(principal);
      const [blocks, trustsOthers, hasItAlready, trusts] = recipients as [PrincipalId, PrincipalId, PrincipalId, PrincipalId];
      const { owner } = factsWith(name).image;
      const knownPrincipals = new Map<PrincipalId, Acceptance>([
        [blocks, { blockedOwners: [owner] }],
        [trustsOthers, { acceptsFrom: 'trusted', trustedOwners: [newRecipient] }],
        [hasItAlready, { blockedOwners: [owner] }],
        [trusts, { acceptsFrom: 'trusted', trustedOwners: [owner] }],
      ]);
      const [added, rescheduled] = [[blocks, trustsOthers, trusts], [hasItAlready]];
      const offender = (id: PrincipalId) => ({
        ...{ id, code: 'RecipientDoesNotAccept', rule: 'share.recipient-accepts' },
        reason: `${id} doesn't accept images from ${owner}`,
      });

      expect(whyNotShared(factsWith(name, {}, { named: recipients, added, rescheduled, knownPrincipals }))).toMatchObject({
        code: 'RecipientDoesNotAccept',
        details: { rule: 'share.recipient-accepts', offenders: [offender(blocks), offender(trustsOthers)] },
      });
      expect(
        whyNotShared(factsWith(name, {}, { named: [hasItAlready, trusts], added: [trusts], rescheduled, knownPrincipals })),
      ).toBeUndefined();
    });

    it('allows the last recipient within the cap', () => {
      expect(whyNotShared(factsWith(name, {}, { used: 49 }))).toBeUndefined();
    });

    it('refuses a call that exceeds the cap, with cap, used, remaining, and the remedy', () => {
      const refusal = whyNotShared(factsWith(name, {}, { used: 49, added: [newRecipient, principal('other')] }));

      expect(refusal).toMatchObject({
        code: 'ShareCapExceeded',
        details: { rule: 'share.cap', cap: 50, used: 49, remaining: 1, offenders: [{ id: newRecipient }, { id: 'other' }] },
      });
      expect(refusal?.details.remedy).toContain('copy the image');
      expect(refusal?.details.detail).toContain('49 of 50');
    });

    it('checks whether an image can get new recipients only if there are any', () => {
      const unshareable = { state: 'deprecated', product: 'lightweight', disksGiB: [1, 2], encryption: 'service' } as const;

      expect(whyNotShared(factsWith(name, unshareable, { added: [] }))).toBeUndefined();
    });

    it('refuses by the first violated rule, image rules before recipient rules', () => {
      const overrides = { named: [principal('x')], added: [principal('x')], riskAcknowledged: false, used: 50 };

      expect(whyNotShared(factsWith(name, { state: 'failed' }, overrides))?.details.rule).toBe('share.custom-only');
      expect(whyNotShared(factsWith(name, {}, { ...overrides, riskAcknowledged: true }))?.details.rule).toBe(
        'share.recipient-exists',
      );
    });
  });
});

describe('whyNotShareable', () => {
  it.each(policyFixtures)('allows a shareable image below the cap under $name', (fixture) => {
    expect(whyNotShareable(anImageIn(fixture), fixture.policy, 49, noon)).toBeUndefined();
  });

  it.each(policyFixtures)('refuses an image at its cap under $name by share.cap', (fixture) => {
    expect(whyNotShareable(anImageIn(fixture), fixture.policy, 50, noon)?.details.rule).toBe('share.cap');
  });

  it.each(policyFixtures)('refuses a failed image under $name by share.custom-only', (fixture) => {
    expect(whyNotShareable(anImageIn(fixture, { state: 'failed' }), fixture.policy, 0, noon)?.details.rule).toBe(
      'share.custom-only',
    );
  });
});
