import { shareImage } from '../../functions/share-image.ts';
import { riskNotice } from '../../lib/rules/security-notices.ts';
import { anImageIn, heldBy, placeOf, places, principals, problem, secondsFromNoon } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(places)('shareImage under $name', (place) => {
  const { region } = place;
  const [friend, guest] = [place.principalOf('friend'), place.principalOf('guest')];
  const image = anImageIn(place);
  const { imageId } = image;
  const to = (...recipients: string[]) => ({ region, imageId, recipients, acknowledgeRisk: true });
  const aService = async (parts: Parameters<typeof anImageIn>[1] = {}) =>
    (await new InMemoryService().know('owner', 'friend', 'guest')).put(anImageIn(place, parts));
  const as = { as: 'friend' };

  describe('refusals', () => {
    it('refuses a stranger with ImageNotFound, exactly as for an image that never existed', async () => {
      const empty = await new InMemoryService().know('owner', 'friend', 'guest');
      const service = await aService();

      expect(await service.refusalOf(shareImage, to(guest), as)).toMatchObject({
        code: 'ImageNotFound',
        details: { rule: 'received.visible' },
      });
      expect(problem(await empty.refusalOf(shareImage, to(guest), as))).toEqual(
        problem(await service.refusalOf(shareImage, to(guest), as)),
      );
    });

    it('refuses a recipient with NotOwner', async () => {
      const service = await aService({ recipients: heldBy([friend]) });

      expect(await service.refusalOf(shareImage, to(guest), as)).toMatchObject({
        code: 'NotOwner',
        details: { rule: 'share.no-reshare' },
      });
    });

    it('refuses the whole call for unknown recipients and those of the wrong kind, and lists each', async () => {
      const service = await aService();
      const wrongKind = place.policy.principalKind === 'account' ? 'org-guest' : 'guest';

      expect(await service.refusalOf(shareImage, to(friend, 'nobody', wrongKind))).toMatchObject({
        code: 'RecipientNotFound',
        details: { rule: 'share.recipient-exists', offenders: [{ id: 'nobody' }, { id: wrongKind }] },
      });
    });

    it('refuses the whole call for a closed recipient', async () => {
      const service = await aService();
      await service.close('guest');

      expect(await service.refusalOf(shareImage, to(friend, guest))).toMatchObject({
        code: 'RecipientNotFound',
        details: { offenders: [{ id: guest }] },
      });
    });

    it('refuses the whole call if the owner is among the recipients', async () => {
      expect(await (await aService()).refusalOf(shareImage, to(friend, image.owner))).toMatchObject({
        code: 'RecipientIsOwner',
        details: { rule: 'share.not-self', offenders: [{ id: image.owner }] },
      });
    });

    it('refuses the 51st recipient, with the remaining count', async () => {
      const service = await aService({ recipients: heldBy(principals(50)) });

      expect(await service.refusalOf(shareImage, to(friend))).toMatchObject({
        code: 'ShareCapExceeded',
        details: { rule: 'share.cap', cap: 50, used: 50, remaining: 0, offenders: [{ id: friend }] },
      });
    });

    it('refuses both of two recipients when only one more is allowed', async () => {
      const service = await aService({ recipients: heldBy(principals(49)) });

      expect(await service.refusalOf(shareImage, to(friend, guest))).toMatchObject({
        code: 'ShareCapExceeded',
        details: { used: 49, remaining: 1 },
      });
    });

    it('refuses an end that is not in the future with InvalidRequest', async () => {
      expect(
        await (await aService()).refusalOf(shareImage, { ...to(friend), expiresAt: secondsFromNoon(0).toISOString() }),
      ).toMatchObject({
        code: 'InvalidRequest',
        details: { rule: 'share.expiry', offenders: [{ id: 'expiresAt' }] },
      });
    });

    it('refuses an unknown region with RegionNotFound', async () => {
      expect(await (await aService()).refusalOf(shareImage, { ...to(friend), region: 'nowhere' })).toMatchObject({
        code: 'RegionNotFound',
      });
    });
  });
});

describe('shareImage and the acknowledgement of risk', () => {
  const sharing = async (policyName: string, acknowledgeRisk?: boolean) => {
    const place = placeOf(policyName);
    const service = await (await new InMemoryService().know('owner', 'friend')).put(anImageIn(place));
    const { region, imageId } = anImageIn(place);
    return service.call(shareImage, { region, imageId, recipients: [place.principalOf('friend')], acknowledgeRisk });
  };

  it.each(['tencent', 'alibaba'])('returns the notice under %s and requires nothing', async (name) => {
    expect(await sharing(name)).toMatchObject({ used: 1, notice: riskNotice });
  });

  it.each([undefined, false])('refuses under UCloud when acknowledgeRisk is %s, with the notice', async (acknowledged) => {
    await expect(sharing('ucloud', acknowledged)).rejects.toMatchObject({
      code: 'RiskNotAcknowledged',
      details: { rule: 'share.acknowledge', detail: expect.stringContaining(riskNotice.replace(/\.$/, '')) },
    });
  });

  it('shares under UCloud once the risk is acknowledged, without a notice', async () => {
    const answer = await sharing('ucloud', true);

    expect(answer).toMatchObject({ used: 1 });
    expect(answer).not.toHaveProperty('notice');
  });
});
