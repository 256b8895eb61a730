import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { closeAccount } from '../../functions/close-account.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import type { Image } from '../../lib/model/image.ts';
import {
  anImage,
  anImageIn,
  aShare,
  heldBy,
  imageId,
  noonSeconds,
  placeOf,
  places,
  principal,
  principals,
  secondsFromNoon,
} from '../support/builders.ts';
import { eager, InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

const due = async (world: InMemoryService) => (await world.contents()).filter((stored) => stored.of === 'due');

describe.each(places)('sweep under $name', (place) => {
  const [friend, guest] = [place.principalOf('friend'), place.principalOf('guest')];
  const image = anImageIn(place);
  const at = { region: image.region, imageId: image.imageId };
  const theWorld = async (store = new InterruptedStore()) =>
    (await new InMemoryService(store).know('owner', 'friend', 'guest')).put(image);
  const share = (world: InMemoryService, recipients: PrincipalId[], seconds?: number) =>
    world.call(shareImage, {
      ...at,
      recipients,
      acknowledgeRisk: true,
      ...(seconds !== undefined && { expiresAt: secondsFromNoon(seconds).toISOString() }),
    });
  const state = async (world: InMemoryService) => ({
    map: (await world.store.image(image))?.recipients,
    items: (await world.store.sharesOf(image)).map(({ recipient }) => recipient),
  });

  it('removes a share whose end has passed, with its item, and records it', async () => {
    const world = await theWorld();
    await share(world, [friend], 10);
    world.passSeconds(10);

    expect(await world.sweep()).toEqual({ done: 1, failed: [], isFinished: true });
    expect(await state(world)).toEqual({ map: {}, items: [] });
    expect(await world.recordsOf(friend, place.policy.principalKind)).toMatchObject([
      { action: 'ExpireImageShares', actor: 'service' },
      { action: 'ShareImage' },
    ]);
  });

  it('does nothing before a share ends', async () => {
    const world = await theWorld();
    await share(world, [friend], 10);
    world.passSeconds(9);

    expect(await world.sweep()).toMatchObject({ done: 0 });
    expect(await state(world)).toEqual({ map: { [friend]: noonSeconds + 10 }, items: [friend] });
  });

  it('leaves a share whose end was put off, and removes it at its new end', async () => {
    const world = await theWorld();
    await share(world, [friend], 10);
    await share(world, [friend], 20);

    world.passSeconds(10);
    await world.sweep();
    expect((await state(world)).items).toEqual([friend]);

    world.passSeconds(10);
    await world.sweep();
    expect(await state(world)).toEqual({ map: {}, items: [] });
  });

  it('leaves a share that was made anew after its end', async () => {
    const world = await theWorld();
    await share(world, [friend], 10);
    world.passSeconds(11);
    await share(world, [friend]);
    await world.sweep();

    expect(await state(world)).toEqual({ map: { [friend]: 0 }, items: [friend] });
  });

  it('changes nothing when it runs a second time', async () => {
    const world = await theWorld();
    await share(world, [friend, guest], 10);
    world.passSeconds(10);
    await world.sweep();
    const before = await world.contentsAndRecords();

    expect(await world.sweep()).toMatchObject({ done: 0 });
    expect(await world.contentsAndRecords()).toEqual(before);
    expect(await due(world)).toEqual([]);
  });

  it('goes on where an earlier run was stopped', async () => {
    const world = await theWorld();
    await share(world, [friend], 10);
    await share(world, [guest], 11);
    world.passSeconds(20);

    expect(await world.sweep(eager(1))).toMatchObject({ done: 1, isFinished: false });
    expect(await due(world)).toHaveLength(1);
    expect(await world.sweep()).toMatchObject({ done: 1, isFinished: true });
    expect(await state(world)).toEqual({ map: {}, items: [] });
  });

  it('keeps work that fails for the next run, and does the rest', async () => {
    const store = new InterruptedStore();
    const world = await theWorld(store);
    await share(world, [friend], 10);
    await share(world, [guest], 11);
    world.passSeconds(20);
    store.beforeNextCommit(async () => {
      throw new Error('stopped');
    });

    expect(await world.sweep()).toMatchObject({ done: 1, failed: [{ due: { recipients: [friend] } }], isFinished: true });
    expect(await world.sweep()).toMatchObject({ done: 1, failed: [] });
    expect(await state(world)).toEqual({ map: {}, items: [] });
  });

  it('keeps a share that is made anew while it runs', async () => {
    const store = new InterruptedStore();
    const world = await theWorld(store);
    await share(world, [friend], 10);
    world.passSeconds(10);
    store.beforeNextCommit(() => share(world, [friend]));
    await world.sweep();

    expect(await state(world)).toEqual({ map: { [friend]: 0 }, items: [friend] });
  });

  it('removes the items that a large change left over', async () => {
    const world = await (await new InMemoryService().know('owner', ...principals(50))).put(
      anImageIn(place, { recipients: Object.fromEntries(principals(50, 'gone').map((name) => [name, noonSeconds])) }),
    );
    const all = principals(50).map(place.principalOf);
    await share(world, all);
    expect((await state(world)).items.length).toBeGreaterThan(50);

    await world.sweep();
    expect((await state(world)).items.sort()).toEqual(all.sort());
  });

  it('leaves nothing of an image that was deleted', async () => {
    const world = await theWorld();
    await share(world, [friend], 10);
    world.passSeconds(10);
    await world.call(deleteImage, at);
    await world.sweep();

    expect(await state(world)).toEqual({ map: {}, items: [] });
    expect(await due(world)).toEqual([]);
  });

  it('leaves nothing to do for a share that was cancelled', async () => {
    const world = await theWorld();
    await share(world, [friend], 10);
    await world.call(cancelImageShares, { ...at, all: 'true' });
    world.passSeconds(10);
    const records = await world.recordsOf(image.owner, place.policy.principalKind);
    await world.sweep();

    expect(await due(world)).toEqual([]);
    expect(await world.recordsOf(image.owner, place.policy.principalKind)).toEqual(records);
  });
});

describe('sweep of a deleted image under ucloud', () => {
  const place = placeOf('ucloud');

  it('removes the items of all its shares and empties its map', async () => {
    const image = anImageIn(place, { recipients: heldBy(principals(50)) });
    const world = await (await new InMemoryService().know('owner')).put(image);
    await world.call(deleteImage, { region: image.region, imageId: image.imageId });

    expect(await world.sweep()).toMatchObject({ done: 1, failed: [] });
    expect(await world.store.sharesOf(image)).toEqual([]);
    expect(await world.store.image(image)).toMatchObject({ state: 'deleted', recipients: {} });
  });
});

describe('a closed account', () => {
  const images = ['a', 'b', 'c'].map(
    (id): Image => anImage({ imageId: imageId(id), recipients: heldBy([principal('friend'), principal('guest')]) }),
  );
  const aWorld = async (store = new InterruptedStore()) => {
    const world = await (await new InMemoryService(store).know('owner', 'guest')).put(...images);
    await world.commit([
      {
        do: 'create-account',
        account: { accountId: principal('friend'), name: 'f', state: 'open', createdAt: world.now(), openProjects: 0 },
      },
    ]);
    return world;
  };
  const close = (world: InMemoryService) => world.call(closeAccount, { accountId: 'friend' }, { scopes: ['operator'] });
  const maps = async (world: InMemoryService) =>
    Promise.all(images.map(async (image) => (await world.store.image(image))?.recipients));
  const swept = images.map(() => ({ guest: 0 }));

  it('is taken from every image before the closing is answered, and leaves the others', async () => {
    const world = await aWorld();

    await close(world);

    expect(await maps(world)).toEqual(swept);
    expect(await world.recordsOf(principal('owner'))).toHaveLength(3);
  });

  it('is taken from what was shared with it in the midst of the closing once such calls are over', async () => {
    const world = await aWorld();
    await close(world);
    const [image] = images as [Image];
    await world.commit([
      { do: 'change-image', key: image, owner: image.owner, expect: {}, change: { entries: heldBy([principal('friend')]) } },
      { do: 'put-share', share: aShare({ imageId: image.imageId, recipient: principal('friend') }) },
    ]);
    world.passSeconds(899);
    expect(await world.sweep()).toMatchObject({ done: 0 });

    world.passSeconds(1);
    expect(await world.sweep()).toMatchObject({ done: 1, failed: [] });
    expect(await maps(world)).toEqual(swept);
  });

  it('is taken from the images that are left when the closing was stopped half-way through them', async () => {
    const store = new InterruptedStore();
    const world = await aWorld(store);
    store.beforeNextCommit(async () => {});
    store.beforeNextCommit(async () => {});
    store.beforeNextCommit(async () => {
      throw new Error('stopped');
    });

    await expect(close(world)).rejects.toThrow('stopped');
    expect(await maps(world)).not.toEqual(swept);
    world.passSeconds(900);
    expect(await world.sweep()).toMatchObject({ done: 1, failed: [] });
    expect(await maps(world)).toEqual(swept);
    expect(await world.recordsOf(principal('owner'))).toHaveLength(3);
  });

  it('is left where it is in a dry run', async () => {
    const world = await aWorld();

    await world.call(closeAccount, { accountId: 'friend' }, { scopes: ['operator'], isDryRun: true });

    expect(await maps(world)).toEqual(images.map(() => ({ friend: 0, guest: 0 })));
  });
});
