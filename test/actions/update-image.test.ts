import { getImage } from '../../functions/get-image.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { Image } from '../../lib/model/image.ts';
import { anImageIn, fixtureOf, type PolicyFixture, policyFixtures, refusalFields, sharedWith } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

async function serviceWith(fixture: PolicyFixture, parts: Partial<Image> = {}) {
  const store = new InterruptibleStore();
  const image = anImageIn(fixture, parts);
  const service = await (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest')).putImages(image);
  return { service, store, image, at: { region: image.region, imageId: image.imageId } };
}

describe.each(policyFixtures)('updateImage under $name', (fixture) => {
  const friend = fixture.principalOf('friend');
  const sharedWithFriend = { recipients: sharedWith([friend]) };

  it('renames a shared image, and its recipients see the new name', async () => {
    const { service, at: key } = await serviceWith(fixture, sharedWithFriend);

    expect(await service.call(updateImage, { ...key, name: 'new' })).toMatchObject({ name: 'new', visibility: 'owned' });
    expect(await service.call(getImage, key, { as: 'friend' })).toMatchObject({ name: 'new' });
  });

  it('changes description and tags, and keeps other fields', async () => {
    const { service, at: key } = await serviceWith(fixture, { tags: { a: '1' } });

    expect(await service.call(updateImage, { ...key, description: 'd', tags: { b: '2' } })).toMatchObject({
      name: 'web',
      description: 'd',
      tags: { b: '2' },
    });
  });

  it('leaves a record, but none if nothing changes', async () => {
    const { service, at: key, image } = await serviceWith(fixture);
    await service.call(updateImage, { ...key, name: 'new' });
    await service.call(updateImage, { ...key, name: 'new' });

    expect(await service.recordsOf(image.owner, fixture.policy.principalKind)).toMatchObject([{ action: 'UpdateImage' }]);
  });

  it("deprecates an image, which can't get new recipients", async () => {
    const { service, at: key } = await serviceWith(fixture);
    await service.call(updateImage, { ...key, deprecated: true });

    await expect(service.call(shareImage, { ...key, recipients: [friend], acknowledgeRisk: true })).rejects.toMatchObject({
      code: 'ImageNotShareable',
      details: { rule: 'share.custom-only' },
    });
  });

  it('makes a deprecated image available again', async () => {
    const { service, at: key } = await serviceWith(fixture, { state: 'deprecated' });

    expect(await service.call(updateImage, { ...key, deprecated: false })).toMatchObject({ state: 'available' });
  });

  it.each([{ name: 'new' }, { description: 'new' }, { tags: { a: 'b' } }, { deprecated: true }])(
    'refuses %j by a recipient with NotOwner',
    async (edit) => {
      const { service, at: key } = await serviceWith(fixture, sharedWithFriend);

      expect(await service.refusalOf(updateImage, { ...key, ...edit }, { as: 'friend' })).toMatchObject({
        code: 'NotOwner',
        details: { rule: 'received.read-only' },
      });
    },
  );

  it('refuses a stranger exactly as for an image that never existed', async () => {
    const { service, at: key } = await serviceWith(fixture);
    const empty = await new InMemoryService().createAccounts('guest');
    const call = [updateImage, { ...key, name: 'new' }, { as: 'guest' }] as const;

    expect(refusalFields(await service.refusalOf(...call))).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
    expect(refusalFields(await service.refusalOf(...call))).toEqual(refusalFields(await empty.refusalOf(...call)));
  });

  it('increments the revision with every edit, and only with edits', async () => {
    const { service, at: key } = await serviceWith(fixture);
    const currentRevision = async () => (await service.call(getImage, key)).revision;
    expect(await currentRevision()).toBe(1);

    expect(await service.call(updateImage, { ...key, name: 'new' })).toMatchObject({ revision: 2 });
    expect(await currentRevision()).toBe(2);

    await service.call(shareImage, { ...key, recipients: [friend], acknowledgeRisk: true });
    expect(await currentRevision()).toBe(2);

    expect(await service.call(updateImage, { ...key, name: 'new' })).toMatchObject({ revision: 2 });
    expect(await service.call(updateImage, { ...key, tags: { a: 'b' } })).toMatchObject({ revision: 3 });
    expect(await currentRevision()).toBe(3);
  });

  it('accepts the current revision, and refuses an earlier one with PreconditionFailed', async () => {
    const { service, at: key } = await serviceWith(fixture);

    expect(await service.call(updateImage, { ...key, name: 'b' }, { revisionsSeen: [1] })).toMatchObject({ revision: 2 });
    expect(await service.refusalOf(updateImage, { ...key, name: 'c' }, { revisionsSeen: [1] })).toMatchObject({
      code: 'PreconditionFailed',
    });
    expect(await service.call(updateImage, { ...key, name: 'c' }, { revisionsSeen: [1, 2] })).toMatchObject({ name: 'c' });
  });

  it('refuses an edit of a revision that is edited concurrently', async () => {
    const { service, store, at: key, image } = await serviceWith(fixture);
    store.beforeNextCommit(() => service.call(updateImage, { ...key, description: 'd' }));

    await expect(service.call(updateImage, { ...key, name: 'new' }, { revisionsSeen: [1] })).rejects.toMatchObject({
      code: 'PreconditionFailed',
    });
    expect(await service.store.image(image)).toMatchObject({ name: 'web', description: 'd' });
  });

  it('accepts an edit while the image is shared concurrently', async () => {
    const { service, store, at: key } = await serviceWith(fixture);
    store.beforeNextCommit(() => service.call(shareImage, { ...key, recipients: [friend], acknowledgeRisk: true }));

    expect(await service.call(updateImage, { ...key, name: 'new' }, { revisionsSeen: [1] })).toMatchObject({ name: 'new' });
  });

  it('refuses a recipient and a stranger before checking the revision', async () => {
    const { service, at: key } = await serviceWith(fixture, sharedWithFriend);
    const currentRevision = { revisionsSeen: [9] };

    expect(await service.refusalOf(updateImage, { ...key, name: 'new' }, { as: 'friend', ...currentRevision })).toMatchObject({
      code: 'NotOwner',
    });
    expect(await service.refusalOf(updateImage, { ...key, name: 'new' }, { as: 'guest', ...currentRevision })).toMatchObject({
      code: 'ImageNotFound',
    });
  });

  it('treats a different revision with the same Idempotency-Key as a different request', async () => {
    const { service, at: key } = await serviceWith(fixture);
    await service.call(updateImage, { ...key, name: 'new' }, { revisionsSeen: [1], key: 'once' });

    expect(await service.call(updateImage, { ...key, name: 'new' }, { revisionsSeen: [1], key: 'once' })).toMatchObject({
      revision: 2,
    });
    expect(await service.refusalOf(updateImage, { ...key, name: 'new' }, { revisionsSeen: [2], key: 'once' })).toMatchObject({
      code: 'IdempotencyKeyReused',
    });
  });

  it("refuses to remove the image's own product with InvalidRequest", async () => {
    const { service, at: key } = await serviceWith(fixture);

    expect(await service.refusalOf(updateImage, { ...key, products: ['lightweight'] })).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'products' }] },
    });
  });

  it('loses no concurrent edit', async () => {
    const { service, store, at: key, image } = await serviceWith(fixture);
    store.beforeNextCommit(() => service.call(updateImage, { ...key, description: 'd' }));
    await service.call(updateImage, { ...key, name: 'new' });

    expect(await service.store.image(image)).toMatchObject({ name: 'new', description: 'd' });
  });
});

describe('updateImage that adds a product', () => {
  const products = ['standard', 'lightweight'];

  it.each(['tencent', 'alibaba'])('lets recipients launch instances of both products under %s', async (name) => {
    const fixture = fixtureOf(name);
    const { service, at: key } = await serviceWith(fixture, { recipients: sharedWith([fixture.principalOf('friend')]) });
    const launch = [runInstance, { ...key, product: 'lightweight' }, { as: 'friend' }] as const;
    expect(await service.refusalOf(...launch)).toMatchObject({ details: { rule: 'share.cross-product' } });

    expect(await service.call(updateImage, { ...key, products })).toMatchObject({ products, revision: 2 });
    expect(await service.call(...launch)).toMatchObject({ product: 'lightweight' });
  });

  it('is refused under UCloud by share.cross-product', async () => {
    const { service, at: key } = await serviceWith(fixtureOf('ucloud'));

    expect(await service.refusalOf(updateImage, { ...key, products })).toMatchObject({
      code: 'ImageNotUsable',
      details: { rule: 'share.cross-product' },
    });
  });
});

describe('updateImage that deprecates a shared image', () => {
  it.each(['tencent', 'ucloud'])('keeps its shares under %s', async (name) => {
    const fixture = fixtureOf(name);
    const { service, at: key } = await serviceWith(fixture, { recipients: sharedWith([fixture.principalOf('friend')]) });

    expect(await service.call(updateImage, { ...key, deprecated: true })).toMatchObject({ state: 'deprecated', shareCount: 1 });
    expect(await service.call(getImage, key, { as: 'friend' })).toMatchObject({ state: 'deprecated' });
  });

  it('is refused under Alibaba Cloud with ImageShared, and lists the recipients', async () => {
    const { service, at: key } = await serviceWith(fixtureOf('alibaba'), {
      recipients: sharedWith([fixtureOf('alibaba').principalOf('friend')]),
    });

    expect(await service.refusalOf(updateImage, { ...key, deprecated: true, name: 'new' })).toMatchObject({
      code: 'ImageShared',
      details: { rule: 'owner.deprecates', recipients: ['friend'] },
    });
  });

  it('is refused under Alibaba Cloud when the image is shared concurrently', async () => {
    const { service, store, at: key } = await serviceWith(fixtureOf('alibaba'));
    store.beforeNextCommit(() => service.call(shareImage, { ...key, recipients: ['friend'] }));

    await expect(service.call(updateImage, { ...key, deprecated: true })).rejects.toMatchObject({ code: 'ImageShared' });
  });

  it.each(policyFixtures)('refuses a concurrent share under $name', async (fixture) => {
    const { service, store, at: key } = await serviceWith(fixture);
    store.beforeNextCommit(() => service.call(updateImage, { ...key, deprecated: true }));

    await expect(
      service.call(shareImage, { ...key, recipients: [fixture.principalOf('friend')], acknowledgeRisk: true }),
    ).rejects.toMatchObject({ code: 'ImageNotShareable' });
  });
});
