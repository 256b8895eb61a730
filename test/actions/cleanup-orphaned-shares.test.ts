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
  fixtureOf,
  imageId,
  noonSeconds,
  policyFixtures,
  principal,
  principals,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService, InterruptibleStore, noWaitBudget } from '../support/in-memory-service.ts';

const scheduledTasks = async (service: InMemoryService) => (await service.contents()).filter((stored) => stored.of === 'task');

describe.each(policyFixtures)('clean-up under $name', (fixture) => {
  const [friend, guest] = [fixture.principalOf('friend'), fixture.principalOf('guest')];
  const image = anImageIn(fixture);
  const key = { region: image.region, imageId: image.imageId };
  const aService = async (store = new InterruptibleStore()) =>
    (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest')).putImages(image);
  const share = (service: InMemoryService, recipients: PrincipalId[], seconds?: number) =>
    service.call(shareImage, {
      ...key,
      recipients,
      acknowledgeRisk: true,
      ...(seconds !== undefined && { expiresAt: secondsFromNoon(seconds).toISOString() }),
    });
  const state = async (service: InMemoryService) => ({
    map: (await service.store.image(image))?.recipients,
    items: (await service.store.sharesOf(image)).map(({ recipient }) => recipient),
  });

  it('removes an expired share with its item, and records it', async () => {
    const service = await aService();
    await share(service, [friend], 10);
    service.passSeconds(10);

    expect(await service.cleanUp()).toEqual({ done: 1, failed: [], isFinished: true });
    expect(await state(service)).toEqual({ map: {}, items: [] });
    expect(await service.recordsOf(friend, fixture.policy.principalKind)).toMatchObject([
      { action: 'ExpireImageShares', actor: 'service' },
      { action: 'ShareImage' },
    ]);
  });

  it('does nothing before a share ends', async () => {
    const service = await aService();
    await share(service, [friend], 10);
    service.passSeconds(9);

    expect(await service.cleanUp()).toMatchObject({ done: 0 });
    expect(await state(service)).toEqual({ map: { [friend]: noonSeconds + 10 }, items: [friend] });
  });

  it('keeps a share whose end was extended, and removes it at its new end', async () => {
    const service = await aService();
    await share(service, [friend], 10);
    await share(service, [friend], 20);

    service.passSeconds(10);
    await service.cleanUp();
    expect((await state(service)).items).toEqual([friend]);

    service.passSeconds(10);
    await service.cleanUp();
    expect(await state(service)).toEqual({ map: {}, items: [] });
  });

  it('keeps a share that was recreated after its end', async () => {
    const service = await aService();
    await share(service, [friend], 10);
    service.passSeconds(11);
    await share(service, [friend]);
    await service.cleanUp();

    expect(await state(service)).toEqual({ map: { [friend]: 0 }, items: [friend] });
  });

  it('changes nothing in a second run', async () => {
    const service = await aService();
    await share(service, [friend, guest], 10);
    service.passSeconds(10);
    await service.cleanUp();
    const before = await service.contentsAndRecords();

    expect(await service.cleanUp()).toMatchObject({ done: 0 });
    expect(await service.contentsAndRecords()).toEqual(before);
    expect(await scheduledTasks(service)).toEqual([]);
  });

  it('continues where an earlier run stopped', async () => {
    const service = await aService();
    await share(service, [friend], 10);
    await share(service, [guest], 11);
    service.passSeconds(20);

    expect(await service.cleanUp(noWaitBudget(1))).toMatchObject({ done: 1, isFinished: false });
    expect(await scheduledTasks(service)).toHaveLength(1);
    expect(await service.cleanUp()).toMatchObject({ done: 1, isFinished: true });
    expect(await state(service)).toEqual({ map: {}, items: [] });
  });

  it('leaves a failed task for the next run, and completes the others', async () => {
    const store = new InterruptibleStore();
    const service = await aService(store);
    await share(service, [friend], 10);
    await share(service, [guest], 11);
    service.passSeconds(20);
    store.beforeNextCommit(async () => {
      throw new Error('stopped');
    });

    expect(await service.cleanUp()).toMatchObject({ done: 1, failed: [{ task: { recipients: [friend] } }], isFinished: true });
    expect(await service.cleanUp()).toMatchObject({ done: 1, failed: [] });
    expect(await state(service)).toEqual({ map: {}, items: [] });
  });

  it('keeps a share that is recreated while it runs', async () => {
    const store = new InterruptibleStore();
    const service = await aService(store);
    await share(service, [friend], 10);
    service.passSeconds(10);
    store.beforeNextCommit(() => share(service, [friend]));
    await service.cleanUp();

    expect(await state(service)).toEqual({ map: { [friend]: 0 }, items: [friend] });
  });

  it('removes the items left over by a large change', async () => {
    const service = await (await new InMemoryService().createAccounts('owner', ...principals(50))).putImages(
      anImageIn(fixture, { recipients: Object.fromEntries(principals(50, 'gone').map((name) => [name, noonSeconds])) }),
    );
    const everyone = principals(50).map(fixture.principalOf);
    await share(service, everyone);
    expect((await state(service)).items.length).toBeGreaterThan(50);

    await service.cleanUp();
    expect((await state(service)).items.sort()).toEqual(everyone.sort());
  });

  it('leaves nothing of a deleted image', async () => {
    const service = await aService();
    await share(service, [friend], 10);
    service.passSeconds(10);
    await service.call(deleteImage, key);
    await service.cleanUp();

    expect(await state(service)).toEqual({ map: {}, items: [] });
    expect(await scheduledTasks(service)).toEqual([]);
  });

  it('has nothing to do for a cancelled share', async () => {
    const service = await aService();
    await share(service, [friend], 10);
    await service.call(cancelImageShares, { ...key, all: 'true' });
    service.passSeconds(10);
    const records = await service.recordsOf(image.owner, fixture.policy.principalKind);
    await service.cleanUp();

    expect(await scheduledTasks(service)).toEqual([]);
    expect(await service.recordsOf(image.owner, fixture.policy.principalKind)).toEqual(records);
  });
});

describe('clean-up of a deleted image under UCloud', () => {
  const fixture = fixtureOf('ucloud');

  it('removes the items of all its shares and empties its map', async () => {
    const image = anImageIn(fixture, { recipients: sharedWith(principals(50)) });
    const service = await (await new InMemoryService().createAccounts('owner')).putImages(image);
    await service.call(deleteImage, { region: image.region, imageId: image.imageId });

    expect(await service.cleanUp()).toMatchObject({ done: 1, failed: [] });
    expect(await service.store.sharesOf(image)).toEqual([]);
    expect(await service.store.image(image)).toMatchObject({ state: 'deleted', recipients: {} });
  });
});

describe('closing an account', () => {
  const images = ['a', 'b', 'c'].map(
    (id): Image => anImage({ imageId: imageId(id), recipients: sharedWith([principal('friend'), principal('guest')]) }),
  );
  const aService = async (store = new InterruptibleStore()) => {
    const service = await (await new InMemoryService(store).createAccounts('owner', 'guest')).putImages(...images);
    await service.commit([
      {
        do: 'create-account',
        account: { accountId: principal('friend'), name: 'f', state: 'open', createdAt: service.now(), openProjects: 0 },
      },
    ]);
    return service;
  };
  const close = (service: InMemoryService) => service.call(closeAccount, { accountId: 'friend' }, { scopes: ['operator'] });
  const maps = async (service: InMemoryService) =>
    Promise.all(images.map(async (image) => (await service.store.image(image))?.recipients));
  const expectedMaps = images.map(() => ({ guest: 0 }));

  it('removes it from every image before the call returns, and keeps other recipients', async () => {
    const service = await aService();

    await close(service);

    expect(await maps(service)).toEqual(expectedMaps);
    expect(await service.recordsOf(principal('owner'))).toHaveLength(3);
  });

  it('removes it later from images that were shared with it during the call', async () => {
    const service = await aService();
    await close(service);
    const [image] = images as [Image];
    await service.commit([
      { do: 'change-image', key: image, owner: image.owner, expect: {}, change: { entries: sharedWith([principal('friend')]) } },
      { do: 'put-share', share: aShare({ imageId: image.imageId, recipient: principal('friend') }) },
    ]);
    service.passSeconds(899);
    expect(await service.cleanUp()).toMatchObject({ done: 0 });

    service.passSeconds(1);
    expect(await service.cleanUp()).toMatchObject({ done: 1, failed: [] });
    expect(await maps(service)).toEqual(expectedMaps);
  });

  it('removes it later from the remaining images if the call stopped halfway', async () => {
    const store = new InterruptibleStore();
    const service = await aService(store);
    store.beforeNextCommit(async () => {});
    store.beforeNextCommit(async () => {});
    store.beforeNextCommit(async () => {
      throw new Error('stopped');
    });

    await expect(close(service)).rejects.toThrow('stopped');
    expect(await maps(service)).not.toEqual(expectedMaps);
    service.passSeconds(900);
    expect(await service.cleanUp()).toMatchObject({ done: 1, failed: [] });
    expect(await maps(service)).toEqual(expectedMaps);
    expect(await service.recordsOf(principal('owner'))).toHaveLength(3);
  });

  it('changes nothing in a dry run', async () => {
    const service = await aService();

    await service.call(closeAccount, { accountId: 'friend' }, { scopes: ['operator'], isDryRun: true });

    expect(await maps(service)).toEqual(images.map(() => ({ friend: 0, guest: 0 })));
  });
});
