import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import { anImageIn, heldBy, noonSeconds, placeOf, places, principal, principals, problem } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

describe.each(places)('cancelImageShares under $name', (place) => {
  const { region } = place;
  const [friend, guest] = [place.principalOf('friend'), place.principalOf('guest')];
  const image = anImageIn(place, { recipients: heldBy([friend, guest]) });
  const at = { region, imageId: image.imageId };
  const aService = async (store = new InterruptedStore()) =>
    (await new InMemoryService(store).know('owner', 'friend', 'guest', 'stranger')).put(image);
  const held = async (service: InMemoryService) => (await service.store.image(image))?.recipients;

  describe('effects', () => {
    it('stops one share, named in the path', async () => {
      const service = await aService();

      expect(await service.call(cancelImageShares, { ...at, recipient: friend })).toEqual({
        imageId: image.imageId,
        cancelled: [friend],
        notShared: [],
        used: 1,
        remaining: 49,
      });
      expect(await held(service)).toEqual({ [guest]: 0 });
    });

    it('stops several shares', async () => {
      const service = await aService();

      expect(await service.call(cancelImageShares, { ...at, recipient: [friend, guest] })).toMatchObject({
        used: 0,
        remaining: 50,
      });
    });

    it('stops all shares', async () => {
      const service = await aService();

      expect(await service.call(cancelImageShares, { ...at, all: 'true' })).toMatchObject({
        cancelled: [friend, guest],
        used: 0,
      });
      expect(await service.store.sharesOf(image)).toEqual([]);
    });

    it('stops all shares, including one created while it decides', async () => {
      const store = new InterruptedStore();
      const service = await aService(store);
      const late = place.principalOf('stranger');
      store.beforeNextCommit(() => service.call(shareImage, { ...at, recipients: [late], acknowledgeRisk: true }));

      expect(await service.call(cancelImageShares, { ...at, all: 'true' })).toMatchObject({
        cancelled: [friend, guest, late].sort(),
        used: 0,
      });
      expect(await held(service)).toEqual({});
    });

    it("refuses the recipient's next request and hides the image from its lists", async () => {
      const service = await aService();
      await service.call(cancelImageShares, { ...at, recipient: friend });
      const as = { as: 'friend' };

      await expect(service.call(getImage, at, as)).rejects.toMatchObject({ code: 'ImageNotFound' });
      expect(await service.call(listImages, { region }, as)).toMatchObject({ images: [] });
      expect(await service.call(checkImageAccess, at, as)).toMatchObject({ allowed: false, rule: 'received.visible' });
    });

    it("leaves other recipients' access unchanged", async () => {
      const service = await aService();
      await service.call(cancelImageShares, { ...at, recipient: friend });

      expect(await service.call(checkImageAccess, at, { as: 'guest' })).toMatchObject({ allowed: true });
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

      expect(await service.call(cancelImageShares, { ...at, recipient: 'nobody' })).toMatchObject({
        cancelled: [],
        notShared: ['nobody'],
        used: 2,
      });
      expect(await service.contentsAndRecords()).toEqual(before);
    });

    it('makes room for another recipient', async () => {
      const full = anImageIn(place, { recipients: heldBy(principals(50)) });
      const service = await (await new InMemoryService().know('owner', 'friend')).put(full);
      await service.call(cancelImageShares, { ...at, recipient: 'h01' });

      expect(await service.call(shareImage, { ...at, recipients: [friend], acknowledgeRisk: true })).toMatchObject({ used: 50 });
    });

    it('gives a share created after a cancel a new share time', async () => {
      const service = await aService();
      await service.call(cancelImageShares, { ...at, recipient: friend });
      service.passSeconds(60);
      const { shares } = await service.call(shareImage, { ...at, recipients: [friend], acknowledgeRisk: true });

      expect(shares).toMatchObject([{ sharedAt: service.now().toISOString() }]);
    });
  });

  describe('refusals', () => {
    it("refuses a recipient that stops another's share with NotOwner", async () => {
      const service = await aService();

      expect(await service.refusalOf(cancelImageShares, { ...at, recipient: guest }, { as: 'friend' })).toMatchObject({
        code: 'NotOwner',
        details: { rule: 'owner.cancels' },
      });
    });

    it('refuses a stranger exactly as for an image that never existed', async () => {
      const service = await aService();
      const empty = await new InMemoryService().know('stranger');
      const call = [cancelImageShares, { ...at, all: 'true' }, { as: 'stranger' }] as const;

      expect(problem(await service.refusalOf(...call))).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(problem(await service.refusalOf(...call))).toEqual(problem(await empty.refusalOf(...call)));
    });

    it.each([
      ['no recipient', {}],
      ['a recipient in the path and all', { recipient: friend, all: 'true' }],
      ['recipients in the query and all', { recipient: [friend], all: 'true' }],
    ])('refuses a call that names %s with InvalidRequest', async (_, stated) => {
      expect(await (await aService()).refusalOf(cancelImageShares, { ...at, ...stated })).toMatchObject({
        code: 'InvalidRequest',
      });
    });
  });

  describe('races', () => {
    it('stops a share whose end time changes concurrently', async () => {
      const store = new InterruptedStore();
      const service = await aService(store);
      store.beforeNextCommit(() =>
        service.commit([
          { do: 'change-image', key: image, owner: image.owner, expect: {}, change: { entries: { [friend]: noonSeconds + 60 } } },
        ]),
      );

      expect(await service.call(cancelImageShares, { ...at, recipient: friend })).toMatchObject({ cancelled: [friend] });
      expect(await held(service)).toEqual({ [guest]: 0 });
    });

    it('reports a share as not shared if another call stops it first', async () => {
      const store = new InterruptedStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.call(cancelImageShares, { ...at, recipient: friend }));

      expect(await service.call(cancelImageShares, { ...at, recipient: friend })).toMatchObject({
        cancelled: [],
        notShared: [friend],
      });
    });

    it('also stops a share created while it decides again', async () => {
      const store = new InterruptedStore();
      const service = await aService(store);
      const stranger = place.principalOf('stranger');
      store.beforeNextCommit(() => service.call(cancelImageShares, { ...at, recipient: guest }));
      store.beforeNextCommit(() => service.call(shareImage, { ...at, recipients: [stranger], acknowledgeRisk: true }));

      expect(await service.call(cancelImageShares, { ...at, all: 'true' })).toMatchObject({ used: 0 });
      expect(await held(service)).toEqual({});
    });
  });
});

describe('cancelImageShares by a recipient, on its own share', () => {
  const leaving = async (policyName: string) => {
    const place = placeOf(policyName);
    const friend = place.principalOf('friend');
    const image = anImageIn(place, { recipients: heldBy([friend, principal('h01')]) });
    const service = await (await new InMemoryService().know('owner', 'friend')).put(image);
    const at = { region: place.region, imageId: image.imageId };
    return { service, at, call: [cancelImageShares, { ...at, recipient: friend }, { as: 'friend' }] as const };
  };

  it.each(['tencent', 'alibaba'])('stops it under %s, and returns nothing about other recipients', async (name) => {
    const { service, call, at } = await leaving(name);

    expect(await service.call(...call)).toEqual({ imageId: at.imageId, cancelled: ['friend'], notShared: [] });
    await expect(service.call(getImage, at, { as: 'friend' })).rejects.toMatchObject({ code: 'ImageNotFound' });
  });

  it.each(['tencent', 'alibaba'])('records it under %s for the owner and for the recipient', async (name) => {
    const { service, call } = await leaving(name);
    await service.call(...call);
    const record = { action: 'CancelImageShares', actor: 'friend', recipients: ['friend'] };

    expect(await service.recordsOf(principal('owner'))).toMatchObject([record]);
    expect(await service.recordsOf(principal('friend'))).toMatchObject([record]);
  });

  it('is refused under UCloud by received.leave', async () => {
    const { service, call } = await leaving('ucloud');

    expect(await service.refusalOf(...call)).toMatchObject({ code: 'NotOwner', details: { rule: 'received.leave' } });
  });
});
