import { retry } from '../../lib/app/retry.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { Store } from '../../lib/table/store.ts';
import {
  anImage,
  anInstance,
  aShare,
  imageId,
  instanceId,
  noon,
  principal,
  region,
  secondsFromNoon,
} from '../support/builders.ts';
import { InMemoryService, noWaitBudget } from '../support/in-memory-service.ts';
import { stores } from './stores.ts';

const instance = anInstance({ disksGiB: [20, 500], encryption: 'service' });
const key = { region: instance.region, instanceId: instance.instanceId };
const create: Step = { do: 'create-instance', instance };
const remove: Step = { do: 'remove-instance', key };
const reinstall = (id: string, from: string): Step => ({
  do: 'reinstall-instance',
  instance: { ...instance, imageId: imageId(id), os: 'Rocky' },
  madeFrom: imageId(from),
});

const commit = (store: Store, ...steps: Step[]) => retry(() => store.commit(steps), noWaitBudget());
const instanceIn = async (store: Store) => (await retry(() => store.read({ instances: [key] }), noWaitBudget())).instance;

describe.each(stores)('%s: instances', (_, make) => {
  it('creates an instance once, and reads it immediately as written', async () => {
    const { store } = await make();

    expect(await commit(store, create)).toEqual({ committed: true });
    expect(await instanceIn(store)).toEqual(instance);
    expect(await commit(store, create)).toMatchObject({ committed: false });
  });

  it('creates instances with the same id in two regions', async () => {
    const { store } = await make();
    const other = anInstance({ region: region('ap-shanghai') });
    await commit(store, create);

    expect(await commit(store, { do: 'create-instance', instance: other })).toEqual({ committed: true });
    const { instances } = await retry(() => store.read({ instances: [key, other] }), noWaitBudget());
    expect(instances).toEqual([instance, other]);
  });

  it('reinstalls an instance only if it exists and its image has not changed', async () => {
    const { store } = await make();
    expect(await commit(store, reinstall('other', instance.imageId))).toMatchObject({ committed: false });
    await commit(store, create);

    expect(await commit(store, reinstall('other', 'another'))).toMatchObject({ committed: false });
    expect(await commit(store, reinstall('other', instance.imageId))).toEqual({ committed: true });
    expect(await instanceIn(store)).toEqual({ ...instance, imageId: 'other', os: 'Rocky' });
    expect(await commit(store, reinstall('third', instance.imageId))).toMatchObject({ committed: false });
    expect(await commit(store, reinstall('third', 'other'))).toEqual({ committed: true });
  });

  it('removes an instance once', async () => {
    const { store } = await make();
    expect(await commit(store, remove)).toMatchObject({ committed: false });
    await commit(store, create);

    expect(await commit(store, remove)).toEqual({ committed: true });
    expect(await instanceIn(store)).toBeUndefined();
    expect(await commit(store, remove)).toMatchObject({ committed: false });
    expect(await commit(store, reinstall('other', instance.imageId))).toMatchObject({ committed: false });
  });

  it('reads instances and images in one batch', async () => {
    const { store } = await make();
    const image = anImage();
    const instances = Array.from({ length: 60 }, (_, n) => anInstance({ instanceId: instanceId(`ins-${n}`) }));
    await commit(
      store,
      { do: 'create-image', image },
      ...instances.map((item): Step => ({ do: 'create-instance', instance: item })),
    );

    const facts = await retry(() => store.read({ images: [image], instances: [...instances, key] }), noWaitBudget());

    expect(facts.image).toEqual(image);
    expect(facts.instance).toEqual(instances[0]);
    expect(facts.instances).toEqual(instances);
  });

  it('includes instances and counts in everything', async () => {
    const { store } = await make();
    const place = { region: key.region, principal: instance.principal };
    const [images, instances] = [{ what: 'images', ...place } as const, { what: 'instances', ...place } as const];
    await commit(store, create, { do: 'count', ...instances, by: 1 }, { do: 'count', ...images, by: 1, atMost: 1 });

    const stored = [];
    for await (const item of store.everything()) {
      stored.push(item);
    }

    expect(stored.filter(({ of }) => of === 'instance')).toEqual([{ of: 'instance', instance }]);
    const count = { used: 1, changes: 1 };
    const counts = stored.filter(({ of }) => of === 'count');
    expect(counts).toHaveLength(2);
    expect(counts).toEqual(expect.arrayContaining([images, instances].map((of) => ({ of: 'count', key: of, count }))));
  });
});

describe.each(stores)('%s: recordUse', (_, make) => {
  const share = aShare();
  const recordUse = (store: Store, seconds: number, recipient = 'h01') =>
    store.recordUse(share, principal(recipient), secondsFromNoon(seconds));
  const lastUses = async (store: Store) => (await store.sharesOf(share)).map(({ lastUsedAt }) => lastUsedAt);

  it('stores when the share was last used, at most once a minute', async () => {
    const { store } = await make();
    await commit(store, { do: 'put-share', share });
    expect(await lastUses(store)).toEqual([undefined]);

    for (const [seconds, last] of [
      [0, 0],
      [59, 0],
      [60, 60],
      [61, 60],
      [3_600, 3_600],
    ] as const) {
      await recordUse(store, seconds);
      expect(await lastUses(store)).toEqual([secondsFromNoon(last)]);
    }
  });

  it('does not go back to an earlier use', async () => {
    const { store } = await make();
    await commit(store, { do: 'put-share', share });
    await recordUse(store, 3_600);
    await recordUse(store, 0);

    expect(await lastUses(store)).toEqual([secondsFromNoon(3_600)]);
  });

  it("ignores a removed share and other recipients' shares", async () => {
    const { store } = await make();
    await commit(store, { do: 'put-share', share });
    await recordUse(store, 0, 'h02');
    expect(await store.sharesOf(share)).toEqual([share]);

    await commit(store, { do: 'remove-share', key: share, recipient: share.recipient });
    await recordUse(store, 0);
    expect(await store.sharesOf(share)).toEqual([]);
  });

  it('keeps the rest of the share, and is removed with it', async () => {
    const { store } = await make();
    await commit(store, { do: 'put-share', share });
    await recordUse(store, 0);
    expect(await store.sharesOf(share)).toEqual([{ ...share, lastUsedAt: noon }]);

    await commit(store, { do: 'put-share', share: { ...share, recordId: 'record-2' } });
    expect(await lastUses(store)).toEqual([undefined]);
  });
});

describe.each(stores)('%s: record', (_, make) => {
  const image = anImage();
  const record = {
    id: new InMemoryService().newRecordId(noon),
    at: noon,
    actor: 'owner',
    action: 'SetImageShares',
    region: image.region,
    imageId: image.imageId,
    recipients: [principal('h01'), principal('h02')],
    added: [principal('h02')],
    source: { region: region('ap-shanghai'), imageId: imageId('source') },
    requestId: 'request-1',
    principal: image.owner,
    principalKind: 'account',
  } as const;

  it('returns a record of an image immediately, as written', async () => {
    const { store } = await make();
    await commit(store, { do: 'put-record', record });

    expect(await store.record(image, record.id)).toEqual(record);
  });

  it('returns nothing for another id or another image', async () => {
    const { store } = await make();
    await commit(store, { do: 'put-record', record });

    expect(await store.record(image, 'never')).toBeUndefined();
    expect(await store.record({ ...image, imageId: imageId('other') }, record.id)).toBeUndefined();
    expect(await store.record({ ...image, region: region('ap-shanghai') }, record.id)).toBeUndefined();
  });
});
