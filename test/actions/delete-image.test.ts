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
    it('ends an image that nobody holds: it is in no list and cannot be seen', async () => {
      const { service, at } = await serviceWith(place, {});

      expect(await service.call(deleteImage, at)).toBeNull();
      expect(await service.call(listImages, { region: place.region })).toMatchObject({ images: [] });
      await expect(service.call(getImage, at)).rejects.toMatchObject({ code: 'ImageNotFound' });
    });

    it('gives its place in the quota back', async () => {
      const { service, at, image } = await serviceWith(place, {});
      const key = { what: 'images', region: place.region, principal: image.owner } as const;
      await service.call(deleteImage, at);

      expect((await service.store.read({ counts: [key] })).counts.get(countName(key))?.used).toBe(0);
    });

    it('keeps what the image was, so that its id is not given again', async () => {
      const { service, at, image } = await serviceWith(place, {});
      await service.call(deleteImage, at);

      expect(await service.store.image(image)).toMatchObject({ state: 'deleted', deletedAt: service.now() });
      expect(await service.store.commit([{ do: 'create-image', image }])).toMatchObject({ committed: false });
    });

    it('ends an image whose shares have all ended', async () => {
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

    it('refuses a stranger, and the owner a second time, as it does for an image that never was', async () => {
      const { service, at } = await serviceWith(place, {});
      const never = problem(await (await new InMemoryService().know('owner')).refusalOf(deleteImage, at));

      expect(never).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(problem(await service.refusalOf(deleteImage, at, { as: 'friend' }))).toEqual(never);

      await service.call(deleteImage, at);
      expect(problem(await service.refusalOf(deleteImage, at))).toEqual(never);
    });
  });

  describe('races', () => {
    it('lets no share onto an image that is deleted meanwhile', async () => {
      const { service, store, at } = await serviceWith(place, {});
      store.beforeNextCommit(() => service.call(deleteImage, at));

      await expect(service.call(shareImage, { ...at, recipients: [friend], acknowledgeRisk: true })).rejects.toMatchObject({
        code: 'ImageNotFound',
      });
      expect(await service.store.sharesOf(at)).toEqual([]);
    });

    it('is refused with PreconditionFailed when the details are not at the revision that the caller has seen', async () => {
      const { service, store, at, image } = await serviceWith(place, {});
      expect(await service.refusalOf(deleteImage, at, { revisionsSeen: [2] })).toMatchObject({ code: 'PreconditionFailed' });
      store.beforeNextCommit(() => service.call(updateImage, { ...at, name: 'new' }));

      await expect(service.call(deleteImage, at, { revisionsSeen: [1] })).rejects.toMatchObject({ code: 'PreconditionFailed' });
      expect(await service.store.image(image)).not.toHaveProperty('deletedAt');
      expect(await service.call(deleteImage, at, { revisionsSeen: [2] })).toBeNull();
    });

    it('deletes once', async () => {
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

  it('is refused with ImageShared and lists who still holds it', async () => {
    const { service, at } = await serviceWith(place, { recipients: { [friend]: 0, [guest]: noonSeconds } });

    expect(await service.refusalOf(deleteImage, at)).toMatchObject({
      code: 'ImageShared',
      details: { rule: 'delete.guard', recipients: [friend], used: 1 },
    });
  });

  it('goes through once its shares are cancelled', async () => {
    const { service, at } = await serviceWith(place, { recipients: heldBy([friend]) });
    await service.call(cancelImageShares, { ...at, all: 'true' });

    expect(await service.call(deleteImage, at)).toBeNull();
  });

  it('goes through from the second on in which its last share ends', async () => {
    const { service, at } = await serviceWith(place, { recipients: { [friend]: noonSeconds + 1 } });
    await service.refusalOf(deleteImage, at);
    service.passSeconds(1);

    expect(await service.call(deleteImage, at)).toBeNull();
  });

  it('is refused when a share comes in between', async () => {
    const { service, store, at, image } = await serviceWith(place, {});
    store.beforeNextCommit(() => service.call(shareImage, { ...at, recipients: [friend] }));

    await expect(service.call(deleteImage, at)).rejects.toMatchObject({ code: 'ImageShared', details: { recipients: [friend] } });
    expect(await service.store.image(image)).not.toHaveProperty('deletedAt');
  });
});

describe('deleteImage of a shared image under ucloud', () => {
  const place = placeOf('ucloud');
  const shared = { recipients: heldBy([place.principalOf('friend'), place.principalOf('guest')]) };

  it('records exactly whom it took the image from, whoever comes and goes meanwhile', async () => {
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

  it('takes it from its recipients at once', async () => {
    const { service, at } = await serviceWith(place, shared);
    await service.call(deleteImage, at);
    const as = { as: 'friend' };

    expect(await service.call(listImages, { region: place.region }, as)).toMatchObject({ images: [] });
    expect(await service.call(checkImageAccess, at, as)).toMatchObject({ allowed: false, rule: 'received.visible' });
    await expect(service.call(getImage, at, as)).rejects.toMatchObject({ code: 'ImageNotFound' });
  });

  it('tells each recipient in its records, without the others', async () => {
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

  it('goes through when a share comes in between, and withdraws that one too', async () => {
    const { service, store, at } = await serviceWith(place, {});
    store.beforeNextCommit(() => service.call(shareImage, { ...at, recipients: ['org-friend'], acknowledgeRisk: true }));
    await service.call(deleteImage, at);

    expect(await service.call(checkImageAccess, at, { as: 'friend' })).toMatchObject({ allowed: false });
  });
});

describe('deleteImage under ucloud', () => {
  it('records the shares that had expired before, and takes only the others back', async () => {
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
