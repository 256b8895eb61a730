import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { countName } from '../../lib/table/store.ts';
import { anImageIn, heldBy, noonSeconds, type Place, placeOf, places, problem } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

const refusing = places.filter(({ policy }) => policy.deleteWhileShared === 'refuse');

async function serviceWith(place: Place, recipients: Parameters<typeof anImageIn>[1], store = new InterruptedStore()) {
  const image = anImageIn(place, recipients);
  const service = await (await new InMemoryService(store).know('owner', 'friend', 'guest')).put(image);
  return { service, store, image, at: { region: image.region, imageId: image.imageId }, friend: place.principalOf('friend') };
}

describe.each(places)('deleteImage under $name', (place) => {
  const friend = place.principalOf('friend');

  describe('effects', () => {
    it('deletes an image without shares: it is no longer listed or visible', async () => {
      const { service, at } = await serviceWith(place, {});

      expect(await service.call(deleteImage, at)).toBeNull();
      expect(await service.call(listImages, { region: place.region })).toMatchObject({ images: [] });
      await expect(service.call(getImage, at)).rejects.toMatchObject({ code: 'ImageNotFound' });
    });

    it('frees quota', async () => {
      const { service, at, image } = await serviceWith(place, {});
      const key = { what: 'images', region: place.region, principal: image.owner } as const;
      await service.call(deleteImage, at);

      expect((await service.store.read({ counts: [key] })).counts.get(countName(key))?.used).toBe(0);
    });

    it("keeps the deleted image's item, so that its id is not reused", async () => {
      const { service, at, image } = await serviceWith(place, {});
      await service.call(deleteImage, at);

      expect(await service.store.image(image)).toMatchObject({ state: 'deleted', deletedAt: service.now() });
      expect(await service.store.commit([{ do: 'create-image', image }])).toMatchObject({ committed: false });
    });

    it('deletes an image whose shares have all expired', async () => {
      const { service, at, image } = await serviceWith(place, { recipients: { [friend]: noonSeconds } });

      expect(await service.call(deleteImage, at)).toBeNull();
      expect(await service.store.image(image)).toMatchObject({ state: 'deleted' });
    });

    it('leaves a record', async () => {
      const { service, at, image } = await serviceWith(place, {});
      await service.call(deleteImage, at);

      expect(await service.recordsOf(image.owner, place.policy.principalKind)).toMatchObject([
        { action: 'DeleteImage', actor: 'owner' },
      ]);
    });
  });

  describe('refusals', () => {
    it('refuses a recipient with NotOwner', async () => {
      const { service, at } = await serviceWith(place, { recipients: heldBy([friend]) });

      expect(await service.refusalOf(deleteImage, at, { as: 'friend' })).toMatchObject({
        code: 'NotOwner',
        details: { rule: 'received.no-delete' },
      });
    });

    it('refuses a stranger, and the owner a second time, exactly as for an image that never existed', async () => {
      const { service, at } = await serviceWith(place, {});
      const never = problem(await (await new InMemoryService().know('owner')).refusalOf(deleteImage, at));

      expect(never).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(problem(await service.refusalOf(deleteImage, at, { as: 'friend' }))).toEqual(never);

      await service.call(deleteImage, at);
      expect(problem(await service.refusalOf(deleteImage, at))).toEqual(never);
    });
  });

  describe('races', () => {
    it('lets no share be created on an image that is deleted concurrently', async () => {
      const { service, store, at } = await serviceWith(place, {});
      store.beforeNextCommit(() => service.call(deleteImage, at));

      await expect(service.call(shareImage, { ...at, recipients: [friend], acknowledgeRisk: true })).rejects.toMatchObject({
        code: 'ImageNotFound',
      });
      expect(await service.store.sharesOf(at)).toEqual([]);
    });

    it("is refused with PreconditionFailed when the details are not at the caller's revision", async () => {
      const { service, store, at, image } = await serviceWith(place, {});
      expect(await service.refusalOf(deleteImage, at, { revisionsSeen: [2] })).toMatchObject({ code: 'PreconditionFailed' });
      store.beforeNextCommit(() => service.call(updateImage, { ...at, name: 'new' }));

      await expect(service.call(deleteImage, at, { revisionsSeen: [1] })).rejects.toMatchObject({ code: 'PreconditionFailed' });
      expect(await service.store.image(image)).not.toHaveProperty('deletedAt');
      expect(await service.call(deleteImage, at, { revisionsSeen: [2] })).toBeNull();
    });

    it('deletes an image only once', async () => {
      const { service, store, at, image } = await serviceWith(place, {});
      const key = { what: 'images', region: place.region, principal: image.owner } as const;
      await service.call(importImage, { region: place.region, name: 'other', sizeGiB: 1 });
      store.beforeNextCommit(() => service.call(deleteImage, at));

      await expect(service.call(deleteImage, at)).rejects.toMatchObject({ code: 'ImageNotFound' });
      expect((await service.store.read({ counts: [key] })).counts.get(countName(key))?.used).toBe(1);
    });
  });
});

describe.each(refusing)('deleteImage of a shared image under $name', (place) => {
  const [friend, guest] = [place.principalOf('friend'), place.principalOf('guest')];

  it('is refused with ImageShared, and lists the remaining recipients', async () => {
    const { service, at } = await serviceWith(place, { recipients: { [friend]: 0, [guest]: noonSeconds } });

    expect(await service.refusalOf(deleteImage, at)).toMatchObject({
      code: 'ImageShared',
      details: { rule: 'delete.guard', recipients: [friend], used: 1 },
    });
  });

  it('succeeds once its shares are cancelled', async () => {
    const { service, at } = await serviceWith(place, { recipients: heldBy([friend]) });
    await service.call(cancelImageShares, { ...at, all: 'true' });

    expect(await service.call(deleteImage, at)).toBeNull();
  });

  it('succeeds once its last share has expired', async () => {
    const { service, at } = await serviceWith(place, { recipients: { [friend]: noonSeconds + 1 } });
    await service.refusalOf(deleteImage, at);
    service.passSeconds(1);

    expect(await service.call(deleteImage, at)).toBeNull();
  });

  it('is refused when the image is shared concurrently', async () => {
    const { service, store, at, image } = await serviceWith(place, {});
    store.beforeNextCommit(() => service.call(shareImage, { ...at, recipients: [friend] }));

    await expect(service.call(deleteImage, at)).rejects.toMatchObject({ code: 'ImageShared', details: { recipients: [friend] } });
    expect(await service.store.image(image)).not.toHaveProperty('deletedAt');
  });
});

describe('deleteImage of a shared image under UCloud', () => {
  const place = placeOf('ucloud');
  const shared = { recipients: heldBy([place.principalOf('friend'), place.principalOf('guest')]) };

  it('records exactly the recipients at the time of deletion, despite concurrent changes', async () => {
    const { service, store, at, image } = await serviceWith(place, { recipients: heldBy([place.principalOf('friend')]) });
    const guest = place.principalOf('guest');
    store.beforeNextCommit(() => service.call(shareImage, { ...at, recipients: [guest], acknowledgeRisk: true }));
    store.beforeNextCommit(async () => {});
    store.beforeNextCommit(() => service.call(cancelImageShares, { ...at, recipient: [place.principalOf('friend')] }));
    await service.call(deleteImage, at);

    const [deletion] = await service.recordsOf(image.owner, place.policy.principalKind);
    const tombstone = await service.store.image(image);
    expect(deletion).toMatchObject({ action: 'DeleteImage', recipients: [guest] });
    expect(Object.keys(tombstone?.recipients ?? {})).toEqual([guest]);
  });

  it("ends its recipients' access immediately", async () => {
    const { service, at } = await serviceWith(place, shared);
    await service.call(deleteImage, at);
    const as = { as: 'friend' };

    expect(await service.call(listImages, { region: place.region }, as)).toMatchObject({ images: [] });
    expect(await service.call(checkImageAccess, at, as)).toMatchObject({ allowed: false, rule: 'received.visible' });
    await expect(service.call(getImage, at, as)).rejects.toMatchObject({ code: 'ImageNotFound' });
  });

  it('records it for each recipient, without the others', async () => {
    const { service, at, friend } = await serviceWith(place, shared);
    await service.call(deleteImage, at);

    expect(await service.recordsOf(friend, 'project')).toMatchObject([{ action: 'DeleteImage', recipients: [friend] }]);
  });

  it('leaves its share items to the clean-up', async () => {
    const { service, at } = await serviceWith(place, shared);
    await service.call(deleteImage, at);
    expect(await service.store.sharesOf(at)).toHaveLength(2);

    await service.cleanUp();
    expect(await service.store.sharesOf(at)).toEqual([]);
  });

  it('succeeds when the image is shared concurrently, and ends that share too', async () => {
    const { service, store, at } = await serviceWith(place, {});
    store.beforeNextCommit(() => service.call(shareImage, { ...at, recipients: ['org-friend'], acknowledgeRisk: true }));
    await service.call(deleteImage, at);

    expect(await service.call(checkImageAccess, at, { as: 'friend' })).toMatchObject({ allowed: false });
  });
});

describe('deleteImage under UCloud', () => {
  it('records earlier expired shares separately from the ones that it ends', async () => {
    const place = placeOf('ucloud');
    const { service, at, image, friend } = await serviceWith(place, {
      recipients: { [place.principalOf('friend')]: noonSeconds + 10, [place.principalOf('guest')]: 0 },
    });
    service.passSeconds(10);

    await service.call(deleteImage, at);

    const records = await service.recordsOf(image.owner, 'project');
    expect(records.map(({ action, actor, recipients }) => [action, actor, recipients]).sort()).toEqual([
      ['DeleteImage', 'owner', [place.principalOf('guest')]],
      ['ExpireImageShares', 'service', [friend]],
    ]);
    await service.cleanUp();
    expect(await service.store.sharesOf(image)).toEqual([]);
    expect(await service.recordsOf(image.owner, 'project')).toHaveLength(2);
  });
});
