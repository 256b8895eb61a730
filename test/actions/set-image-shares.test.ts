import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import type { Image, Recipients } from '../../lib/model/image.ts';
import { riskNotice } from '../../lib/rules/security-notices.ts';
import {
  anImageIn,
  aPublicImageIn,
  fixtureOf,
  noon,
  noonSeconds,
  type PolicyFixture,
  policyFixtures,
  principals,
  refusalFields,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

/** Creates an image of `owner`, and the accounts that the tests use. */
async function serviceWith(fixture: PolicyFixture, recipients: Recipients = {}, parts: Partial<Image> = {}) {
  const store = new InterruptibleStore();
  const image = anImageIn(fixture, { recipients, ...parts });
  const service = await (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest', 'third')).putImages(image);
  const key = { region: image.region, imageId: image.imageId };
  const set = (list: readonly PrincipalId[], fields: object = {}, options = {}) =>
    service.call(setImageShares, { ...key, recipients: list, acknowledgeRisk: true, ...fields }, options);
  const refusalOf = (list: readonly (PrincipalId | string)[], fields: object = {}, options = {}) =>
    service.refusalOf(setImageShares, { ...key, recipients: list, acknowledgeRisk: true, ...fields }, options);
  const listRecipients = async () => (await service.call(listImageShares, key)).shares.map(({ recipient }) => recipient).sort();
  return { service, store, image, at: key, set, refusalOf, listed: listRecipients };
}

describe.each(policyFixtures)('setImageShares under $name', (fixture) => {
  const { policy } = fixture;
  const [friend, guest, third] = [fixture.principalOf('friend'), fixture.principalOf('guest'), fixture.principalOf('third')];

  describe('effects', () => {
    it('adds missing recipients, removes the others, keeps the rest, and returns the list', async () => {
      const { set, listed: listRecipients, service } = await serviceWith(fixture, sharedWith([friend, guest]));
      service.passSeconds(60);
      const response = await set([third, guest]);

      expect(response).toMatchObject({ added: [third], removed: [friend], cap: 50, used: 2, remaining: 48 });
      expect(response.shares).toEqual([
        { recipient: guest, sharedAt: noon.toISOString(), sharedBy: fixture.principalOf('owner') },
        { recipient: third, sharedAt: service.now().toISOString(), sharedBy: 'owner' },
      ]);
      expect(await listRecipients()).toEqual([guest, third].sort());
    });

    it('grants and ends access immediately', async () => {
      const { set, service, at: key } = await serviceWith(fixture, sharedWith([friend]));
      await set([guest]);

      expect(await service.call(getImage, key, { as: 'guest' })).toMatchObject({ visibility: 'shared' });
      expect(await service.refusalOf(getImage, key, { as: 'friend' })).toMatchObject({ code: 'ImageNotFound' });
      expect(await service.store.sharesOf(key)).toMatchObject([{ recipient: guest }]);
    });

    it('stops every share for an empty list', async () => {
      const { set, listed: listRecipients } = await serviceWith(fixture, sharedWith([friend, guest]));

      expect(await set([])).toMatchObject({ added: [], removed: [friend, guest].sort(), used: 0, shares: [] });
      expect(await listRecipients()).toEqual([]);
    });

    it('counts a duplicate recipient once', async () => {
      const { set } = await serviceWith(fixture);

      expect(await set([friend, friend])).toMatchObject({ added: [friend], used: 1 });
    });

    it('applies the end time to every recipient in the list', async () => {
      const { set, service, image } = await serviceWith(fixture, { [friend]: noonSeconds + 60 });
      await set([friend, guest], { expiresAt: new Date((noonSeconds + 3_600) * 1_000).toISOString() });

      expect((await service.store.image(image))?.recipients).toEqual({
        [friend]: noonSeconds + 3_600,
        [guest]: noonSeconds + 3_600,
      });
    });

    it('changes and records nothing when the list already matches', async () => {
      const { set, service, image } = await serviceWith(fixture, sharedWith([friend, guest]));
      const before = await service.contentsAndRecords();

      expect(await set([guest, friend])).toMatchObject({ added: [], removed: [], used: 2 });
      expect(await service.contentsAndRecords()).toEqual(before);
      expect((await service.store.image(image))?.revision).toBe(1);
    });

    it('replaces a full list of 50 with 50 others', async () => {
      const { set, listed: listRecipients, service, at: key } = await serviceWith(fixture, sharedWith(principals(50, 'old')));
      const fresh = principals(50).map((id) => fixture.principalOf(id));
      await service.createAccounts(...principals(50));

      expect(await set(fresh)).toMatchObject({ added: fresh, removed: principals(50, 'old'), used: 50, remaining: 0 });
      expect(await listRecipients()).toEqual([...fresh].sort());
      await service.cleanUp();
      expect((await service.store.sharesOf(key)).map(({ recipient }) => recipient).sort()).toEqual([...fresh].sort());
    });

    it('leaves one record with added and removed recipients, and shows each recipient only itself', async () => {
      const { set, service, image } = await serviceWith(fixture, sharedWith([friend]));
      await set([guest]);

      expect(await service.recordsOf(image.owner, policy.principalKind)).toMatchObject([
        { action: 'SetImageShares', recipients: [guest, friend], added: [guest] },
      ]);
      expect(await service.recordsOf(friend, policy.principalKind)).toMatchObject([{ recipients: [friend], added: [] }]);
      expect(await service.recordsOf(guest, policy.principalKind)).toMatchObject([{ recipients: [guest], added: [guest] }]);
    });

    it('reuses the capacity of expired shares and records that they expired', async () => {
      const { set, service, image } = await serviceWith(fixture, { [friend]: noonSeconds + 1 });
      service.passSeconds(1);

      expect(await set([guest])).toMatchObject({ added: [guest], removed: [], used: 1 });
      expect((await service.recordsOf(image.owner, policy.principalKind)).map(({ action }) => action)).toEqual([
        'SetImageShares',
        'ExpireImageShares',
      ]);
      expect(await service.store.image(image)).toMatchObject({ revision: 3, recipients: { [guest]: 0 } });
    });

    it('does nothing in a dry run', async () => {
      const { set, service } = await serviceWith(fixture, sharedWith([friend]));
      const before = await service.contents();
      await set([guest], {}, { isDryRun: true });

      expect(await service.contents()).toEqual(before);
    });
  });

  describe('refusals', () => {
    it('refuses a recipient with NotOwner by owner.sets-list', async () => {
      const { refusalOf } = await serviceWith(fixture, sharedWith([friend]));

      expect(await refusalOf([friend, guest], {}, { as: 'friend' })).toMatchObject({
        code: 'NotOwner',
        details: { rule: 'owner.sets-list' },
      });
    });

    it('refuses to set the recipients of a public image with ImageNotShareable', async () => {
      const { service } = await serviceWith(fixture);
      const publicImage = aPublicImageIn(fixture);
      await service.putPublicImages(publicImage);
      const request = { region: publicImage.region, imageId: publicImage.imageId, recipients: [guest], acknowledgeRisk: true };

      expect(await service.refusalOf(setImageShares, request)).toMatchObject({
        code: 'ImageNotShareable',
        details: { rule: 'share.custom-only' },
      });
    });

    it('refuses a stranger exactly as for an image that never existed', async () => {
      const { refusalOf, at: key } = await serviceWith(fixture);
      const empty = await new InMemoryService().createAccounts('guest');
      const notFound = await empty.refusalOf(setImageShares, { ...key, recipients: [], acknowledgeRisk: true }, { as: 'guest' });

      expect(refusalFields(notFound)).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(refusalFields(await refusalOf([], {}, { as: 'guest' }))).toEqual(refusalFields(notFound));
    });

    it.each([
      ['an unknown recipient', ['friend', 'nobody'], 'RecipientNotFound'],
      ['the owner', ['friend', 'owner'], 'RecipientIsOwner'],
    ])('refuses a whole list that contains %s, and stops no share', async (_, names, code) => {
      const { refusalOf, listed: listRecipients } = await serviceWith(fixture, sharedWith([guest]));

      expect(await refusalOf(names.map(fixture.principalOf))).toMatchObject({ code });
      expect(await listRecipients()).toEqual([guest]);
    });

    it('refuses an end time in the past with InvalidRequest', async () => {
      const { refusalOf } = await serviceWith(fixture);

      expect(await refusalOf([friend], { expiresAt: noon.toISOString() })).toMatchObject({
        code: 'InvalidRequest',
        details: { rule: 'share.expiry' },
      });
    });

    it('refuses to add recipients to a deprecated image, but removes some', async () => {
      const { refusalOf, set } = await serviceWith(fixture, sharedWith([friend, guest]), { state: 'deprecated' });

      expect(await refusalOf([friend, third])).toMatchObject({
        code: 'ImageNotShareable',
        details: { rule: 'share.custom-only' },
      });
      expect(await set([friend])).toMatchObject({ removed: [guest] });
    });
  });

  describe('races', () => {
    it('sets the exact list even if a recipient is added concurrently', async () => {
      const { set, store, service, at: key, listed: listRecipients } = await serviceWith(fixture, sharedWith([friend]));
      store.beforeNextCommit(() => service.call(shareImage, { ...key, recipients: [third], acknowledgeRisk: true }));

      expect(await set([guest])).toMatchObject({ added: [guest], removed: [friend, third].sort() });
      expect(await listRecipients()).toEqual([guest]);
    });

    it('adds a recipient whose share is cancelled concurrently', async () => {
      const { set, store, service, at: key, listed: listRecipients } = await serviceWith(fixture, sharedWith([friend]));
      store.beforeNextCommit(() => service.call(cancelImageShares, { ...key, recipient: [friend] }));

      expect(await set([friend, guest])).toMatchObject({ added: [friend, guest], removed: [] });
      expect(await listRecipients()).toEqual([friend, guest].sort());
    });

    it('is refused when the image is deprecated concurrently', async () => {
      const { set, store, service, at: key } = await serviceWith(fixture);
      store.beforeNextCommit(() => service.call(updateImage, { ...key, deprecated: true }));

      await expect(set([guest])).rejects.toMatchObject({ code: 'ImageNotShareable' });
    });

    it('is refused when the image is deleted concurrently', async () => {
      const { set, store, service, at: key } = await serviceWith(fixture);
      store.beforeNextCommit(() => service.call(deleteImage, key));

      await expect(set([guest])).rejects.toMatchObject({ code: 'ImageNotFound' });
      expect(await service.store.sharesOf(key)).toEqual([]);
    });

    it('keeps the list of the last of two calls', async () => {
      const { set, store, listed: listRecipients } = await serviceWith(fixture, sharedWith([friend]));
      store.beforeNextCommit(() => set([third]));

      expect(await set([guest])).toMatchObject({ added: [guest], removed: [third] });
      expect(await listRecipients()).toEqual([guest]);
    });
  });
});

describe('setImageShares and the risk', () => {
  it('is refused under UCloud without acknowledgement only if a recipient is added', async () => {
    const fixture = fixtureOf('ucloud');
    const [friend, guest] = [fixture.principalOf('friend'), fixture.principalOf('guest')];
    const { refusalOf, set } = await serviceWith(fixture, sharedWith([friend]));

    expect(await refusalOf([friend, guest], { acknowledgeRisk: false })).toMatchObject({ code: 'RiskNotAcknowledged' });
    expect(await set([], { acknowledgeRisk: false })).toMatchObject({ removed: [friend] });
  });

  it.each(['tencent', 'alibaba'])('returns the notice under %s', async (name) => {
    const { set } = await serviceWith(fixtureOf(name));

    expect(await set([fixtureOf(name).principalOf('friend')], { acknowledgeRisk: false })).toMatchObject({ notice: riskNotice });
  });
});
