import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { leaveSharedImages } from '../../functions/leave-shared-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import { ActionError } from '../../lib/model/error.ts';
import type { Image } from '../../lib/model/image.ts';
import type { Step } from '../../lib/model/plan.ts';
import { anImageIn, fixtureOf, imageId, noonSeconds, policyFixtures, principal, sharedWith } from '../support/builders.ts';
import { type CallOptions, InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';

const idsOf = (images: readonly { readonly imageId: string }[]) => images.map((image) => image.imageId).sort();

describe.each(policyFixtures.filter(({ policy }) => policy.recipientMayLeave))('leaveSharedImages under $name', (fixture) => {
  const { region, otherRegion } = fixture;
  const [friend, guest, owner] = [fixture.principalOf('friend'), fixture.principalOf('guest'), fixture.principalOf('owner')];
  const images = [
    anImageIn(fixture, { imageId: imageId('img-1'), recipients: sharedWith([friend, guest]) }),
    anImageIn(fixture, { imageId: imageId('img-2'), recipients: sharedWith([guest]) }),
    anImageIn(fixture, { region: otherRegion, imageId: imageId('img-3'), recipients: sharedWith([friend]) }),
    anImageIn(fixture, { imageId: imageId('of-guest'), owner: guest, recipients: sharedWith([friend]) }),
    anImageIn(fixture, { imageId: imageId('own'), owner: friend }),
  ];
  const aService = async (store = new InterruptibleStore()) =>
    (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest')).putImages(...images);
  const leave = (service: InMemoryService, fields = {}, options: CallOptions = {}) =>
    service.call(leaveSharedImages, { owner, ...fields }, { as: 'friend', ...options });
  const first = { region, imageId: 'img-1' };
  const recipientsOf = async (service: InMemoryService, { region: at, imageId: id }: Pick<Image, 'region' | 'imageId'>) =>
    Object.keys((await service.store.image({ region: at, imageId: id }))?.recipients ?? {}).sort();

  it('leaves every image that the owner shares with the caller, in all regions, and no other', async () => {
    const service = await aService();
    const result = await leave(service);

    expect(result).toMatchObject({ owner, failed: [], complete: true });
    expect(idsOf(result.left)).toEqual(['img-1', 'img-3']);
    expect(await Promise.all(images.map((image) => recipientsOf(service, image)))).toEqual([[guest], [guest], [], [friend], []]);
    expect(await leave(service)).toEqual({ owner, left: [], failed: [], complete: true });
  });

  it('removes the details of the shares, and records each change as left, for owner and recipient', async () => {
    const service = await aService();
    await leave(service, { regions: [region] });

    expect((await service.store.sharesOf(images[0] as Image)).map(({ recipient }) => recipient)).toEqual([guest]);
    const record = { action: 'CancelImageShares', ...first, recipients: [friend], reason: 'left', actor: 'friend' };
    expect(await service.recordsOf(owner, fixture.policy.principalKind)).toMatchObject([record]);
    expect(await recipientsOf(service, images[2] as Image)).toEqual([friend]);
  });

  it('returns in a dry run what it would leave, and changes nothing; a repeated key returns the same', async () => {
    const service = await aService();
    const before = await service.contentsAndRecords();

    const forecast = await leave(service, {}, { isDryRun: true, key: 'k' });
    expect(await service.contentsAndRecords()).toEqual(before);
    expect(forecast).toEqual(await leave(service, {}, { key: 'k' }));
    await service.call(shareImage, { ...first, recipients: [friend], acknowledgeRisk: true });
    expect(await leave(service, {}, { key: 'k' })).toEqual(forecast);
    expect(await recipientsOf(service, images[0] as Image)).toEqual([friend, guest].sort());
  });

  it('ignores expired shares, images that stop being shared during the call, and its own images', async () => {
    const store = new InterruptibleStore();
    const service = await aService(store);
    await service.putImages(anImageIn(fixture, { imageId: imageId('expired'), recipients: { [friend]: noonSeconds - 1 } }));
    store.beforeNextCommit(() => service.call(cancelImageShares, { ...first, recipient: [friend] }));

    expect(idsOf((await leave(service)).left)).toEqual(['img-3']);
    expect(await leave(service, { owner: friend })).toEqual({ owner: friend, left: [], failed: [], complete: true });
  });

  it('leaves an image that the owner shares during the call', async () => {
    const store = new InterruptibleStore();
    const service = await aService(store);
    const second = { region, imageId: 'img-2', recipients: [friend], acknowledgeRisk: true };
    store.beforeNextCommit(() => service.call(shareImage, second));

    expect(idsOf((await leave(service)).left)).toEqual(['img-1', 'img-2', 'img-3']);
  });
});

describe('leaveSharedImages', () => {
  const [tencent, ucloud] = [fixtureOf('tencent'), fixtureOf('ucloud')];
  const shared = sharedWith([principal('friend'), principal('org-friend')]);

  it('says which images it cannot leave, because the policy does not allow it', async () => {
    const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(
      anImageIn(ucloud, { recipients: shared }),
    );
    const before = await service.contentsAndRecords();
    const { region, imageId: id, owner } = anImageIn(ucloud);

    expect(await service.call(leaveSharedImages, { owner }, { as: 'friend' })).toEqual({
      ...{ owner, left: [], complete: true },
      failed: [{ region, imageId: id, code: 'NotOwner', detail: expect.stringContaining('only the owner') }],
    });
    expect(await service.contentsAndRecords()).toEqual(before);
  });

  it('acts only as the project for a token that is limited to it, and refuses unknown regions', async () => {
    const service = await new InMemoryService().createAccounts('owner', 'friend');
    const limited = { as: 'friend', tokenProject: 'org-friend' };

    expect(await service.call(leaveSharedImages, { owner: 'owner' }, limited)).toMatchObject({ left: [], complete: true });
    expect(await service.refusalOf(leaveSharedImages, { owner: 'owner', regions: [tencent.region] }, limited)).toMatchObject({
      code: 'Forbidden',
    });
    expect(await service.refusalOf(leaveSharedImages, { owner: 'owner', regions: ['mars'] }, { as: 'friend' })).toMatchObject({
      code: 'RegionNotFound',
    });
  });

  describe('among 2,000 received images', () => {
    const [friend, spammer, colleague] = [principal('friend'), principal('spammer'), principal('colleague')];
    class CountingStore extends MemoryStore {
      imagesRead = 0;
      pages = 0;
      fails: (steps: readonly Step[]) => boolean = () => false;

      override async read(wanted: Parameters<MemoryStore['read']>[0]) {
        this.imagesRead += wanted.images?.length ?? 0;
        return super.read(wanted);
      }

      override async receivedImages(...args: Parameters<MemoryStore['receivedImages']>) {
        this.pages += 1;
        return super.receivedImages(...args);
      }

      override async commit(steps: readonly Step[]) {
        if (this.fails(steps)) {
          throw new ActionError('Unavailable', { detail: 'Too busy.' });
        }
        return super.commit(steps);
      }
    }
    const aService = async () => {
      const store = new CountingStore();
      const service = await new InMemoryService(store).createAccounts('friend', 'spammer', 'colleague');
      const images = Array.from({ length: 2_000 }, (_, index) =>
        anImageIn(tencent, {
          imageId: imageId(`img-${String(index).padStart(4, '0')}`),
          owner: index % 10 === 0 ? spammer : colleague,
          recipients: sharedWith([friend]),
        }),
      );
      await service.putImages(...images);
      store.imagesRead = 0;
      return { store, service };
    };

    it('leaves the 200 of one owner, and reads the other 1,800 only once', async () => {
      const { store, service } = await aService();
      const { left, failed, complete } = await service.call(leaveSharedImages, { owner: spammer }, { as: 'friend' });

      expect([left.length, failed.length, complete]).toEqual([200, 0, true]);
      expect(store.imagesRead).toBe(2_000);
      expect(store.pages).toBeLessThan(60);
    });

    it('leaves the others if one is too busy, and finishes when it is repeated', async () => {
      const { store, service } = await aService();
      store.fails = (steps) => steps.some((step) => step.do === 'change-image' && step.key.imageId === 'img-0500');
      const call = () => service.call(leaveSharedImages, { owner: spammer }, { as: 'friend', key: 'k' });

      const { left, failed } = await call();
      expect(left).toHaveLength(199);
      expect(failed).toMatchObject([{ imageId: 'img-0500', code: 'Unavailable' }]);
      store.fails = () => false;
      expect(await call()).toMatchObject({ left: [{ imageId: 'img-0500' }], failed: [], complete: true });
    });
  });
});
