import { shareImage } from '../../functions/share-image.ts';
import { riskNotice } from '../../lib/rules/security-notices.ts';
import {
  anImageIn,
  fixtureOf,
  policyFixtures,
  principals,
  refusalFields,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('shareImage under $name', (fixture) => {
  const { region } = fixture;
  const [friend, guest] = [fixture.principalOf('friend'), fixture.principalOf('guest')];
  const image = anImageIn(fixture);
  const { imageId } = image;
  const requestFor = (...recipients: string[]) => ({ region, imageId, recipients, acknowledgeRisk: true });
  const aService = async (parts: Parameters<typeof anImageIn>[1] = {}) =>
    (await new InMemoryService().createAccounts('owner', 'friend', 'guest')).putImages(anImageIn(fixture, parts));
  const as = { as: 'friend' };

  describe('refusals', () => {
    it('refuses a stranger with ImageNotFound, exactly as for an image that never existed', async () => {
      const empty = await new InMemoryService().createAccounts('owner', 'friend', 'guest');
      const service = await aService();

      expect(await service.refusalOf(shareImage, requestFor(guest), as)).toMatchObject({
        code: 'ImageNotFound',
        details: { rule: 'received.visible' },
      });
      expect(refusalFields(await empty.refusalOf(shareImage, requestFor(guest), as))).toEqual(
        refusalFields(await service.refusalOf(shareImage, requestFor(guest), as)),
      );
    });

    it('refuses a recipient with NotOwner', async () => {
      const service = await aService({ recipients: sharedWith([friend]) });

      expect(await service.refusalOf(shareImage, requestFor(guest), as)).toMatchObject({
        code: 'NotOwner',
        details: { rule: 'share.no-reshare' },
      });
    });

    it('refuses the whole call for unknown recipients and those of the wrong kind, and lists each', async () => {
      const service = await aService();
      const wrongKind = fixture.policy.principalKind === 'account' ? 'org-guest' : 'guest';

      expect(await service.refusalOf(shareImage, requestFor(friend, 'nobody', wrongKind))).toMatchObject({
        code: 'RecipientNotFound',
        details: { rule: 'share.recipient-exists', offenders: [{ id: 'nobody' }, { id: wrongKind }] },
      });
    });

    it('refuses the whole call for a closed recipient', async () => {
      const service = await aService();
      await service.close('guest');

      expect(await service.refusalOf(shareImage, requestFor(friend, guest))).toMatchObject({
        code: 'RecipientNotFound',
        details: { offenders: [{ id: guest }] },
      });
    });

    it('refuses the whole call if the owner is among the recipients', async () => {
      expect(await (await aService()).refusalOf(shareImage, requestFor(friend, image.owner))).toMatchObject({
        code: 'RecipientIsOwner',
        details: { rule: 'share.not-self', offenders: [{ id: image.owner }] },
      });
    });

    it('refuses the 51st recipient, with the remaining count', async () => {
      const service = await aService({ recipients: sharedWith(principals(50)) });

      expect(await service.refusalOf(shareImage, requestFor(friend))).toMatchObject({
        code: 'ShareCapExceeded',
        details: { rule: 'share.cap', cap: 50, used: 50, remaining: 0, offenders: [{ id: friend }] },
      });
    });

    it('refuses both of two recipients when only one more is allowed', async () => {
      const service = await aService({ recipients: sharedWith(principals(49)) });

      expect(await service.refusalOf(shareImage, requestFor(friend, guest))).toMatchObject({
        code: 'ShareCapExceeded',
        details: { used: 49, remaining: 1 },
      });
    });

    it('refuses an end that is not in the future with InvalidRequest', async () => {
      expect(
        await (await aService()).refusalOf(shareImage, { ...requestFor(friend), expiresAt: secondsFromNoon(0).toISOString() }),
      ).toMatchObject({
        code: 'InvalidRequest',
        details: { rule: 'share.expiry', offenders: [{ id: 'expiresAt' }] },
      });
    });

    it('refuses an unknown region with RegionNotFound', async () => {
      expect(await (await aService()).refusalOf(shareImage, { ...requestFor(friend), region: 'nowhere' })).toMatchObject({
        code: 'RegionNotFound',
      });
    });
  });
});

describe('shareImage and the acknowledgement of risk', () => {
  const shareUnder = async (policyName: string, acknowledgeRisk?: boolean) => {
    const fixture = fixtureOf(policyName);
    const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(anImageIn(fixture));
    const { region, imageId } = anImageIn(fixture);
    return service.call(shareImage, { region, imageId, recipients: [fixture.principalOf('friend')], acknowledgeRisk });
  };

  it.each(['tencent', 'alibaba'])('returns the notice under %s and requires nothing', async (name) => {
    expect(await shareUnder(name)).toMatchObject({ used: 1, notice: riskNotice });
  });

  it.each([undefined, false])('refuses under UCloud when acknowledgeRisk is %s, with the notice', async (acknowledged) => {
    await expect(shareUnder('ucloud', acknowledged)).rejects.toMatchObject({
      code: 'RiskNotAcknowledged',
      details: { rule: 'share.acknowledge', detail: expect.stringContaining(riskNotice.replace(/\.$/, '')) },
    });
  });

  it('shares under UCloud once the risk is acknowledged, without a notice', async () => {
    const response = await shareUnder('ucloud', true);

    expect(response).toMatchObject({ used: 1 });
    expect(response).not.toHaveProperty('notice');
  });
});
