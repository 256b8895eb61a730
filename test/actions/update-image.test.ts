import { getImage } from '../../functions/get-image.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { Image } from '../../lib/model/image.ts';
import { anImageIn, heldBy, type Place, placeOf, places, problem } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

async function serviceWith(place: Place, parts: Partial<Image> = {}) {
  const store = new InterruptedStore();
  const image = anImageIn(place, parts);
  const service = await (await new InMemoryService(store).know('owner', 'friend', 'guest')).put(image);
  return { service, store, image, at: { region: image.region, imageId: image.imageId } };
}

describe.each(places)('updateImage under $name', (place) => {
  const friend = place.principalOf('friend');
  const shared = { recipients: heldBy([friend]) };

  it('renames a shared image, and its recipients see the new name', async () => {
    const { service, at } = await serviceWith(place, shared);

    expect(await service.call(updateImage, { ...at, name: 'new' })).toMatchObject({ name: 'new', visibility: 'owned' });
    expect(await service.call(getImage, at, { as: 'friend' })).toMatchObject({ name: 'new' });
  });

  it('changes description and tags, and keeps other fields', async () => {
    const { service, at } = await serviceWith(place, { tags: { a: '1' } });

    expect(await service.call(updateImage, { ...at, description: 'd', tags: { b: '2' } })).toMatchObject({
      name: 'web',
      description: 'd',
      tags: { b: '2' },
    });
  });

  it('leaves a record, but none if nothing changes', async () => {
    const { service, at, image } = await serviceWith(place);
    await service.call(updateImage, { ...at, name: 'new' });
    await service.call(updateImage, { ...at, name: 'new' });

    expect(await service.recordsOf(image.owner, place.policy.principalKind)).toMatchObject([{ action: 'UpdateImage' }]);
  });

  it("deprecates an image, which can't get new recipients", async () => {
    const { service, at } = await serviceWith(place);
    await service.call(updateImage, { ...at, deprecated: true });

    await expect(service.call(shareImage, { ...at, recipients: [friend], acknowledgeRisk: true })).rejects.toMatchObject({
      code: 'ImageNotShareable',
      details: { rule: 'share.custom-only' },
    });
  });

  it('makes a deprecated image available again', async () => {
    const { service, at } = await serviceWith(place, { state: 'deprecated' });

    expect(await service.call(updateImage, { ...at, deprecated: false })).toMatchObject({ state: 'available' });
  });

  it.each([{ name: 'new' }, { description: 'new' }, { tags: { a: 'b' } }, { deprecated: true }])(
    'refuses %j by a recipient with NotOwner',
    async (edit) => {
      const { service, at } = await serviceWith(place, shared);

      expect(await service.refusalOf(updateImage, { ...at, ...edit }, { as: 'friend' })).toMatchObject({
        code: 'NotOwner',
        details: { rule: 'received.read-only' },
      });
    },
  );

  it('refuses a stranger exactly as for an image that never existed', async () => {
    const { service, at } = await serviceWith(place);
    const empty = await new InMemoryService().know('guest');
    const call = [updateImage, { ...at, name: 'new' }, { as: 'guest' }] as const;

    expect(problem(await service.refusalOf(...call))).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
    expect(problem(await service.refusalOf(...call))).toEqual(problem(await empty.refusalOf(...call)));
  });

  it('increments the revision with every edit, and only with edits', async () => {
    const { service, at } = await serviceWith(place);
    const seen = async () => (await service.call(getImage, at)).revision;
    expect(await seen()).toBe(1);

    expect(await service.call(updateImage, { ...at, name: 'new' })).toMatchObject({ revision: 2 });
    expect(await seen()).toBe(2);

    await service.call(shareImage, { ...at, recipients: [friend], acknowledgeRisk: true });
    expect(await seen()).toBe(2);

    expect(await service.call(updateImage, { ...at, name: 'new' })).toMatchObject({ revision: 2 });
    expect(await service.call(updateImage, { ...at, tags: { a: 'b' } })).toMatchObject({ revision: 3 });
    expect(await seen()).toBe(3);
  });

  it('accepts the current revision, and refuses an earlier one with PreconditionFailed', async () => {
    const { service, at } = await serviceWith(place);

    expect(await service.call(updateImage, { ...at, name: 'b' }, { revisionsSeen: [1] })).toMatchObject({ revision: 2 });
    expect(await service.refusalOf(updateImage, { ...at, name: 'c' }, { revisionsSeen: [1] })).toMatchObject({
      code: 'PreconditionFailed',
    });
    expect(await service.call(updateImage, { ...at, name: 'c' }, { revisionsSeen: [1, 2] })).toMatchObject({ name: 'c' });
  });

  it('refuses an edit of a revision that is edited concurrently', async () => {
    const { service, store, at, image } = await serviceWith(place);
    store.beforeNextCommit(() => service.call(updateImage, { ...at, description: 'd' }));

    await expect(service.call(updateImage, { ...at, name: 'new' }, { revisionsSeen: [1] })).rejects.toMatchObject({
      code: 'PreconditionFailed',
    });
    expect(await service.store.image(image)).toMatchObject({ name: 'web', description: 'd' });
  });

  it('accepts an edit while the image is shared concurrently', async () => {
    const { service, store, at } = await serviceWith(place);
    store.beforeNextCommit(() => service.call(shareImage, { ...at, recipients: [friend], acknowledgeRisk: true }));

    expect(await service.call(updateImage, { ...at, name: 'new' }, { revisionsSeen: [1] })).toMatchObject({ name: 'new' });
  });

  it('refuses a recipient and a stranger before checking the revision', async () => {
    const { service, at } = await serviceWith(place, shared);
    const seen = { revisionsSeen: [9] };

    expect(await service.refusalOf(updateImage, { ...at, name: 'new' }, { as: 'friend', ...seen })).toMatchObject({
      code: 'NotOwner',
    });
    expect(await service.refusalOf(updateImage, { ...at, name: 'new' }, { as: 'guest', ...seen })).toMatchObject({
      code: 'ImageNotFound',
    });
  });

  it('treats a different revision with the same Idempotency-Key as a different request', async () => {
    const { service, at } = await serviceWith(place);
    await service.call(updateImage, { ...at, name: 'new' }, { revisionsSeen: [1], key: 'once' });

    expect(await service.call(updateImage, { ...at, name: 'new' }, { revisionsSeen: [1], key: 'once' })).toMatchObject({
      revision: 2,
    });
    expect(await service.refusalOf(updateImage, { ...at, name: 'new' }, { revisionsSeen: [2], key: 'once' })).toMatchObject({
      code: 'IdempotencyKeyReused',
    });
  });

  it("refuses to remove the image's own product with InvalidRequest", async () => {
    const { service, at } = await serviceWith(place);

    expect(await service.refusalOf(updateImage, { ...at, products: ['lightweight'] })).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'products' }] },
    });
  });

  it('loses no concurrent edit', async () => {
    const { service, store, at, image } = await serviceWith(place);
    store.beforeNextCommit(() => service.call(updateImage, { ...at, description: 'd' }));
    await service.call(updateImage, { ...at, name: 'new' });

    expect(await service.store.image(image)).toMatchObject({ name: 'new', description: 'd' });
  });
});

describe('updateImage that adds a product', () => {
  const products = ['standard', 'lightweight'];

  it.each(['tencent', 'alibaba'])('lets recipients launch instances of both products under %s', async (name) => {
    const place = placeOf(name);
    const { service, at } = await serviceWith(place, { recipients: heldBy([place.principalOf('friend')]) });
    const launch = [runInstance, { ...at, product: 'lightweight' }, { as: 'friend' }] as const;
    expect(await service.refusalOf(...launch)).toMatchObject({ details: { rule: 'share.cross-product' } });

    expect(await service.call(updateImage, { ...at, products })).toMatchObject({ products, revision: 2 });
    expect(await service.call(...launch)).toMatchObject({ product: 'lightweight' });
  });

  it('is refused under UCloud by share.cross-product', async () => {
    const { service, at } = await serviceWith(placeOf('ucloud'));

    expect(await service.refusalOf(updateImage, { ...at, products })).toMatchObject({
      code: 'ImageNotUsable',
      details: { rule: 'share.cross-product' },
    });
  });
});

describe('updateImage that deprecates a shared image', () => {
  it.each(['tencent', 'ucloud'])('keeps its shares under %s', async (name) => {
    const place = placeOf(name);
    const { service, at } = await serviceWith(place, { recipients: heldBy([place.principalOf('friend')]) });

    expect(await service.call(updateImage, { ...at, deprecated: true })).toMatchObject({ state: 'deprecated', shareCount: 1 });
    expect(await service.call(getImage, at, { as: 'friend' })).toMatchObject({ state: 'deprecated' });
  });

  it('is refused under Alibaba Cloud with ImageShared, and lists the recipients', async () => {
    const { service, at } = await serviceWith(placeOf('alibaba'), {
      recipients: heldBy([placeOf('alibaba').principalOf('friend')]),
    });

    expect(await service.refusalOf(updateImage, { ...at, deprecated: true, name: 'new' })).toMatchObject({
      code: 'ImageShared',
      details: { rule: 'owner.deprecates', recipients: ['friend'] },
    });
  });

  it('is refused under Alibaba Cloud when the image is shared concurrently', async () => {
    const { service, store, at } = await serviceWith(placeOf('alibaba'));
    store.beforeNextCommit(() => service.call(shareImage, { ...at, recipients: ['friend'] }));

    await expect(service.call(updateImage, { ...at, deprecated: true })).rejects.toMatchObject({ code: 'ImageShared' });
  });

  it.each(places)('refuses a concurrent share under $name', async (place) => {
    const { service, store, at } = await serviceWith(place);
    store.beforeNextCommit(() => service.call(updateImage, { ...at, deprecated: true }));

    await expect(
      service.call(shareImage, { ...at, recipients: [place.principalOf('friend')], acknowledgeRisk: true }),
    ).rejects.toMatchObject({ code: 'ImageNotShareable' });
  });
});
