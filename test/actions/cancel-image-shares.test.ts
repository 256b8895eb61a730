import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import {
  anImageIn,
  fixtureOf,
  noonSeconds,
  policyFixtures,
  principal,
  principals,
  refusalFields,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('cancelImageShares under $name', (fixture) => {
  const { region } = fixture;
  const [friend, guest] = [fixture.principalOf('friend'), fixture.principalOf('guest')];
  const image = anImageIn(fixture, { recipients: sharedWith([friend, guest]) });
  const key = { region, imageId: image.imageId };
  const aService = async (store = new InterruptibleStore()) =>
    (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest', 'stranger')).putImages(image);
  const recipientsIn = async (service: InMemoryService) => (await service.store.image(image))?.recipients;

  describe('effects', () => {
    it('stops one share, named in the path', async () => {
      const service = await aService();

      expect(await service.call(cancelImageShares, { ...key, recipient: friend })).toEqual({
        imageId: image.imageId,
        cancelled: [friend],
        notShared: [],
        used: 1,
        remaining: 49,
      });
      expect(await recipientsIn(service)).toEqual({ [guest]: 0 });
    });

    it('stops several shares', async () => {
      const service = await aService();

      expect(await service.call(cancelImageShares, { ...key, recipient: [friend, guest] })).toMatchObject({
        used: 0,
        remaining: 50,
      });
    });

    it('stops all shares', async () => {
      const service = await aService();

      expect(await service.call(cancelImageShares, { ...key, all: 'true' })).toMatchObject({
        cancelled: [friend, guest],
        used: 0,
      });
      expect(await service.store.sharesOf(image)).toEqual([]);
    });

    it('stops all shares, including one created while it decides', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      const newRecipient = fixture.principalOf('stranger');
      store.beforeNextCommit(() => service.call(shareImage, { ...key, recipients: [newRecipient], acknowledgeRisk: true }));

      expect(await service.call(cancelImageShares, { ...key, all: 'true' })).toMatchObject({
        cancelled: [friend, guest, newRecipient].sort(),
        used: 0,
      });
      expect(await recipientsIn(service)).toEqual({});
    });

    it("refuses the recipient's next request and hides the image from its lists", async () => {
      const service = await aService();
      await service.call(cancelImageShares, { ...key, recipient: friend });
      const as = { as: 'friend' };

      await expect(service.call(getImage, key, as)).rejects.toMatchObject({ code: 'ImageNotFound' });
      expect(await service.call(listImages, { region }, as)).toMatchObject({ images: [] });
      expect(await service.call(checkImageAccess, key, as)).toMatchObject({ allowed: false, rule: 'received.visible' });
    });

    it("leaves other recipients' access unchanged", async () => {
      const service = await aService();
      await service.call(cancelImageShares, { ...key, recipient: friend });

      expect(await service.call(checkImageAccess, key, { as: 'guest' })).toMatchObject({ allowed: true });
    });

    it('hides a cancelled share even while its item still exists', async () => {
      const service = await aService();
      await service.commit([{ do: 'change-image', key: image, owner: image.owner, expect: {}, change: { drop: [friend] } }]);

      expect(await service.store.sharesOf(image)).toHaveLength(2);
      expect(await service.call(listImages, { region }, { as: 'friend' })).toMatchObject({ images: [] });
    });

    it('changes and records nothing for a share that does not exist, and reports it', async () => {
      const service = await aService();
      const before = await service.contentsAndRecords();

      expect(await service.call(cancelImageShares, { ...key, recipient: 'nobody' })).toMatchObject({
        cancelled: [],
        notShared: ['nobody'],
        used: 2,
      });
      expect(await service.contentsAndRecords()).toEqual(before);
    });

    it('makes room for another recipient', async () => {
      const full = anImageIn(fixture, { recipients: sharedWith(principals(50)) });
      const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(full);
      await service.call(cancelImageShares, { ...key, recipient: 'h01' });

      expect(await service.call(shareImage, { ...key, recipients: [friend], acknowledgeRisk: true })).toMatchObject({ used: 50 });
    });

    it('gives a share created after a cancel a new share time', async () => {
      const service = await aService();
      await service.call(cancelImageShares, { ...key, recipient: friend });
      service.passSeconds(60);
      const { shares } = await service.call(shareImage, { ...key, recipients: [friend], acknowledgeRisk: true });

      expect(shares).toMatchObject([{ sharedAt: service.now().toISOString() }]);
    });
  });

  describe('refusals', () => {
    it("refuses a recipient that stops another's share with NotOwner", async () => {
      const service = await aService();

      expect(await service.refusalOf(cancelImageShares, { ...key, recipient: guest }, { as: 'friend' })).toMatchObject({
        code: 'NotOwner',
        details: { rule: 'owner.cancels' },
      });
    });

    it('refuses a stranger exactly as for an image that never existed', async () => {
      const service = await aService();
      const empty = await new InMemoryService().createAccounts('stranger');
      const call = [cancelImageShares, { ...key, all: 'true' }, { as: 'stranger' }] as const;

      expect(refusalFields(await service.refusalOf(...call))).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(refusalFields(await service.refusalOf(...call))).toEqual(refusalFields(await empty.refusalOf(...call)));
    });

    it.each([
      ['no recipient', {}],
      ['a recipient in the path and all', { recipient: friend, all: 'true' }],
      ['recipients in the query and all', { recipient: [friend], all: 'true' }],
    ])('refuses a call that names %s with InvalidRequest', async (_, fields) => {
      expect(await (await aService()).refusalOf(cancelImageShares, { ...key, ...fields })).toMatchObject({
        code: 'InvalidRequest',
      });
    });
  });

  describe('races', () => {
    it('stops a share whose end time changes concurrently', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      store.beforeNextCommit(() =>
        service.commit([
          {
            ...{ do: 'change-image', key: image, owner: image.owner, expect: { exactly: image.recipients } },
            change: { entries: { [friend]: noonSeconds + 60 } },
          },
        ]),
      );

      expect(await service.call(cancelImageShares, { ...key, recipient: friend })).toMatchObject({ cancelled: [friend] });
      expect(await recipientsIn(service)).toEqual({ [guest]: 0 });
    });

    it('reports a share as not shared if another call stops it first', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.call(cancelImageShares, { ...key, recipient: friend }));

      expect(await service.call(cancelImageShares, { ...key, recipient: friend })).toMatchObject({
        cancelled: [],
        notShared: [friend],
      });
    });

    it('also stops a share created while it decides again', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      const stranger = fixture.principalOf('stranger');
      store.beforeNextCommit(() => service.call(cancelImageShares, { ...key, recipient: guest }));
      store.beforeNextCommit(() => service.call(shareImage, { ...key, recipients: [stranger], acknowledgeRisk: true }));

      expect(await service.call(cancelImageShares, { ...key, all: 'true' })).toMatchObject({ used: 0 });
      expect(await recipientsIn(service)).toEqual({});
    });
  });
});

describe('cancelImageShares by a recipient, on its own share', () => {
  const setUp = async (policyName: string) => {
    const fixture = fixtureOf(policyName);
    const friend = fixture.principalOf('friend');
    const image = anImageIn(fixture, { recipients: sharedWith([friend, principal('h01')]) });
    const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(image);
    const key = { region: fixture.region, imageId: image.imageId };
    return { service, at: key, call: [cancelImageShares, { ...key, recipient: friend }, { as: 'friend' }] as const };
  };

  it.each(['tencent', 'alibaba'])('stops it under %s, and returns nothing about other recipients', async (name) => {
    const { service, call, at: key } = await setUp(name);

    expect(await service.call(...call)).toEqual({ imageId: key.imageId, cancelled: ['friend'], notShared: [] });
    await expect(service.call(getImage, key, { as: 'friend' })).rejects.toMatchObject({ code: 'ImageNotFound' });
  });

  it.each(['tencent', 'alibaba'])('records it as leaving under %s, for the owner and for the recipient', async (name) => {
    const { service, call } = await setUp(name);
    await service.call(...call);
    const record = { action: 'CancelImageShares', actor: 'friend', recipients: ['friend'], reason: 'left' };

    expect(await service.recordsOf(principal('owner'))).toMatchObject([record]);
    expect(await service.recordsOf(principal('friend'))).toMatchObject([record]);
  });

  it('is refused under UCloud by received.leave', async () => {
    const { service, call } = await setUp('ucloud');

    expect(await service.refusalOf(...call)).toMatchObject({ code: 'NotOwner', details: { rule: 'received.leave' } });
  });
});
