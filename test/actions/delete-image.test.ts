import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { Image } from '../../lib/model/image.ts';
import { countName } from '../../lib/table/store.ts';
import {
  anImageIn,
  fixtureOf,
  noonSeconds,
  type PolicyFixture,
  policyFixtures,
  refusalFields,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const refusingFixtures = policyFixtures.filter(({ policy }) => policy.deleteWhileShared === 'refuse');

async function serviceWith(fixture: PolicyFixture, parts: Partial<Image>, store = new InterruptibleStore()) {
  const image = anImageIn(fixture, parts);
  const service = await (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest')).putImages(image);
  return { service, store, image, key: { region: image.region, imageId: image.imageId }, friend: fixture.principalOf('friend') };
}

describe.each(policyFixtures)('deleteImage under $name', (fixture) => {
  const friend = fixture.principalOf('friend');

  describe('effects', () => {
    it('deletes an image without shares: it is no longer listed or visible', async () => {
      const { service, key } = await serviceWith(fixture, {});

      expect(await service.call(deleteImage, key)).toBeNull();
      expect(await service.call(listImages, { region: fixture.region })).toMatchObject({ images: [] });
      await expect(service.call(getImage, key)).rejects.toMatchObject({ code: 'ImageNotFound' });
    });

    it('frees quota', async () => {
      const { service, key, image } = await serviceWith(fixture, {});
      const countKey = { what: 'images', region: fixture.region, principal: image.owner } as const;
      await service.call(deleteImage, key);

      expect((await service.store.read({ counts: [countKey] })).counts.get(countName(countKey))?.used).toBe(0);
    });

    it("keeps the deleted image's item, so that its ID is not reused", async () => {
      const { service, key, image } = await serviceWith(fixture, {});
      await service.call(deleteImage, key);

      expect(await service.store.image(image)).toMatchObject({ state: 'deleted', deletedAt: service.now() });
      expect(await service.store.commit([{ do: 'create-image', image }])).toMatchObject({ committed: false });
    });

    it('deletes an image whose shares have all expired', async () => {
      const { service, key, image } = await serviceWith(fixture, { recipients: { [friend]: noonSeconds } });

      expect(await service.call(deleteImage, key)).toBeNull();
      expect(await service.store.image(image)).toMatchObject({ state: 'deleted' });
    });

    it('leaves a record', async () => {
      const { service, key, image } = await serviceWith(fixture, {});
      await service.call(deleteImage, key);

      expect(await service.recordsOf(image.owner, fixture.policy.principalKind)).toMatchObject([
        { action: 'DeleteImage', actor: 'owner' },
      ]);
    });
  });

  describe('refusals', () => {
    it('refuses a recipient with NotOwner', async () => {
      const { service, key } = await serviceWith(fixture, { recipients: sharedWith([friend]) });

      expect(await service.refusalOf(deleteImage, key, { as: 'friend' })).toMatchObject({
        code: 'NotOwner',
        details: { rule: 'received.no-delete' },
      });
    });

    it('responds to a stranger, and to an owner who deletes again, exactly as if the image had never existed', async () => {
      const { service, key } = await serviceWith(fixture, {});
      const notFound = refusalFields(await (await new InMemoryService().createAccounts('owner')).refusalOf(deleteImage, key));

      expect(notFound).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(refusalFields(await service.refusalOf(deleteImage, key, { as: 'friend' }))).toEqual(notFound);

      await service.call(deleteImage, key);
      expect(refusalFields(await service.refusalOf(deleteImage, key))).toEqual(notFound);
    });
  });

  describe('races', () => {
    it('refuses to share an image that is deleted concurrently', async () => {
      const { service, store, key } = await serviceWith(fixture, {});
      store.beforeNextCommit(() => service.call(deleteImage, key));

      await expect(service.call(shareImage, { ...key, recipients: [friend], acknowledgeRisk: true })).rejects.toMatchObject({
        code: 'ImageNotFound',
      });
      expect(await service.store.sharesOf(key)).toEqual([]);
    });

    it('is refused with PreconditionFailed if the details changed after the caller read them', async () => {
      const { service, store, key, image } = await serviceWith(fixture, {});
      expect(await service.refusalOf(deleteImage, key, { revisionsSeen: [2] })).toMatchObject({ code: 'PreconditionFailed' });
      store.beforeNextCommit(() => service.call(updateImage, { ...key, name: 'new' }));

      await expect(service.call(deleteImage, key, { revisionsSeen: [1] })).rejects.toMatchObject({ code: 'PreconditionFailed' });
      expect(await service.store.image(image)).not.toHaveProperty('deletedAt');
      expect(await service.call(deleteImage, key, { revisionsSeen: [2] })).toBeNull();
    });

    it('deletes an image only once', async () => {
      const { service, store, key, image } = await serviceWith(fixture, {});
      const countKey = { what: 'images', region: fixture.region, principal: image.owner } as const;
      await service.call(importImage, { region: fixture.region, name: 'other', sizeGiB: 1 });
      store.beforeNextCommit(() => service.call(deleteImage, key));

      await expect(service.call(deleteImage, key)).rejects.toMatchObject({ code: 'ImageNotFound' });
      expect((await service.store.read({ counts: [countKey] })).counts.get(countName(countKey))?.used).toBe(1);
    });
  });
});

describe.each(refusingFixtures)('deleteImage of a shared image under $name', (fixture) => {
  const [friend, guest] = [fixture.principalOf('friend'), fixture.principalOf('guest')];

  it('is refused with ImageShared, and lists the remaining recipients', async () => {
    const { service, key } = await serviceWith(fixture, { recipients: { [friend]: 0, [guest]: noonSeconds } });

    expect(await service.refusalOf(deleteImage, key)).toMatchObject({
      code: 'ImageShared',
      details: { rule: 'delete.guard', recipients: [friend], used: 1 },
    });
  });

  it('succeeds once its shares are cancelled', async () => {
    const { service, key } = await serviceWith(fixture, { recipients: sharedWith([friend]) });
    await service.call(cancelImageShares, { ...key, all: 'true' });

    expect(await service.call(deleteImage, key)).toBeNull();
  });

  it('succeeds once its last share has expired', async () => {
    const { service, key } = await serviceWith(fixture, { recipients: { [friend]: noonSeconds + 1 } });
    await service.refusalOf(deleteImage, key);
    service.passSeconds(1);

    expect(await service.call(deleteImage, key)).toBeNull();
  });

  it('is refused if the image is shared concurrently', async () => {
    const { service, store, key, image } = await serviceWith(fixture, {});
    store.beforeNextCommit(() => service.call(shareImage, { ...key, recipients: [friend] }));

    await expect(service.call(deleteImage, key)).rejects.toMatchObject({
      code: 'ImageShared',
      details: { recipients: [friend] },
    });
    expect(await service.store.image(image)).not.toHaveProperty('deletedAt');
  });
});

describe('deleteImage of a shared image under UCloud', () => {
  const fixture = fixtureOf('ucloud');
  const partsSharedWithBoth = { recipients: sharedWith([fixture.principalOf('friend'), fixture.principalOf('guest')]) };

  it('records exactly the recipients at the time of deletion, despite concurrent changes', async () => {
    const { service, store, key, image } = await serviceWith(fixture, {
      recipients: sharedWith([fixture.principalOf('friend')]),
    });
    const guest = fixture.principalOf('guest');
    store.beforeNextCommit(() => service.call(shareImage, { ...key, recipients: [guest], acknowledgeRisk: true }));
    store.beforeNextCommit(async () => {});
    store.beforeNextCommit(() => service.call(cancelImageShares, { ...key, recipient: [fixture.principalOf('friend')] }));
    await service.call(deleteImage, key);

    const [deletion] = await service.recordsOf(image.owner, fixture.policy.principalKind);
    const tombstone = await service.store.image(image);
    expect(deletion).toMatchObject({ action: 'DeleteImage', recipients: [guest] });
    expect(Object.keys(tombstone?.recipients ?? {})).toEqual([guest]);
  });

  it("ends its recipients' access immediately", async () => {
    const { service, key } = await serviceWith(fixture, partsSharedWithBoth);
    await service.call(deleteImage, key);
    const as = { as: 'friend' };

    expect(await service.call(listImages, { region: fixture.region }, as)).toMatchObject({ images: [] });
    expect(await service.call(checkImageAccess, key, as)).toMatchObject({ allowed: false, rule: 'received.visible' });
    await expect(service.call(getImage, key, as)).rejects.toMatchObject({ code: 'ImageNotFound' });
  });

  it("gives each recipient a record of the deletion that doesn't name the other recipients", async () => {
    const { service, key, friend } = await serviceWith(fixture, partsSharedWithBoth);
    await service.call(deleteImage, key);

    expect(await service.recordsOf(friend, 'project')).toMatchObject([{ action: 'DeleteImage', recipients: [friend] }]);
  });

  it('removes its share items, and leaves its recipient map to the clean-up', async () => {
    const { service, key } = await serviceWith(fixture, partsSharedWithBoth);
    await service.call(deleteImage, key);
    expect(await service.store.sharesOf(key)).toEqual([]);
    expect(Object.keys((await service.store.image(key))?.recipients ?? {})).toHaveLength(2);

    await service.cleanUp();
    expect((await service.store.image(key))?.recipients).toEqual({});
  });

  it('succeeds if the image is shared concurrently, and ends that share too', async () => {
    const { service, store, key } = await serviceWith(fixture, {});
    store.beforeNextCommit(() => service.call(shareImage, { ...key, recipients: ['org-friend'], acknowledgeRisk: true }));
    await service.call(deleteImage, key);

    expect(await service.call(checkImageAccess, key, { as: 'friend' })).toMatchObject({ allowed: false });
  });
});

describe('deleteImage under UCloud', () => {
  it('records shares that had already expired separately from those that the deletion ends', async () => {
    const fixture = fixtureOf('ucloud');
    const { service, key, image, friend } = await serviceWith(fixture, {
      recipients: { [fixture.principalOf('friend')]: noonSeconds + 10, [fixture.principalOf('guest')]: 0 },
    });
    service.passSeconds(10);

    await service.call(deleteImage, key);

    const records = await service.recordsOf(image.owner, 'project');
    expect(records.map(({ action, actor, recipients }) => [action, actor, recipients]).sort()).toEqual([
      ['DeleteImage', 'owner', [fixture.principalOf('guest')]],
      ['ExpireImageShares', 'service', [friend]],
    ]);
    await service.cleanUp();
    expect(await service.store.sharesOf(image)).toEqual([]);
    expect(await service.recordsOf(image.owner, 'project')).toHaveLength(2);
  });
});
