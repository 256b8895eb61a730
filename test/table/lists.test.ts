import { everyEntry } from '../../lib/app/every-entry.ts';
import { retry } from '../../lib/app/retry.ts';
import type { CopyJobId, PrincipalId } from '../../lib/model/ids.ts';
import type { Share } from '../../lib/model/image.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { ChangeRecord, CleanUpTask } from '../../lib/model/record.ts';
import { type Page, type PageRequest, type Store, type Stored, taskShards } from '../../lib/table/store.ts';
import {
  anImage,
  anInstance,
  aShare,
  imageId,
  instanceId,
  noon,
  noonSeconds,
  principal,
  principals,
  region,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService, noWaitBudget } from '../support/in-memory-service.ts';
import { retryingCommits } from './retrying-commits.ts';
import { stores } from './stores.ts';

const { region: homeRegion, owner } = anImage();
const commit = (store: Store, ...steps: Step[]) => retry(() => store.commit(steps), noWaitBudget());
const ids = (count: number) => Array.from({ length: count }, (_, at) => imageId(`img-${String(at).padStart(8, '0')}`));

/** Reads a list to its end, in pages of two. */
const inPagesOfTwo = <Entry>(read: (page: PageRequest) => Promise<Page<Entry>>) =>
  everyEntry(({ after }) => read({ limit: 2, after }));

const recordIds = new InMemoryService();
const aRecord = (seconds: number, parts: Partial<ChangeRecord> = {}): ChangeRecord => {
  const at = secondsFromNoon(seconds);
  return {
    id: recordIds.newRecordId(at),
    at,
    actor: 'owner',
    from: '192.0.2.1',
    action: 'ShareImage',
    region: homeRegion,
    imageId: imageId('img-00000001'),
    requestId: 'request-1',
    principal: owner,
    principalKind: 'account',
    ...parts,
  };
};

describe.each(stores)('%s: lists', (_, make) => {
  it('returns every owned image once, newest first', async () => {
    const { store, settle } = await make();
    for (const [at, id] of ids(5).entries()) {
      await commit(store, { do: 'create-image', image: anImage({ imageId: id, createdAt: secondsFromNoon(at) }) });
    }
    await commit(store, { do: 'create-image', image: anImage({ imageId: imageId('other'), owner: principal('other') }) });
    await commit(store, { do: 'create-image', image: anImage({ imageId: imageId('elsewhere'), region: region('ap-shanghai') }) });
    await settle();

    const keys = await inPagesOfTwo((page) => store.ownedImages({ region: homeRegion, principal: owner }, page));

    expect(keys).toEqual(
      ids(5)
        .reverse()
        .map((id) => ({ region: homeRegion, imageId: id })),
    );
  });

  it('removes a deleted image from the list of owned images', async () => {
    const { store, settle } = await make();
    const image = anImage();
    await commit(store, { do: 'create-image', image });
    await commit(store, {
      do: 'change-image',
      key: image,
      owner,
      expect: {},
      change: { details: { state: 'deleted' }, deletedAt: noon },
    });
    await settle();

    expect(await inPagesOfTwo((page) => store.ownedImages({ region: homeRegion, principal: owner }, page))).toEqual([]);
  });

  it('returns the images deleted at or after a time, latest deletion first', async () => {
    const { store, settle } = await make();
    const deletions: [id: string, of: string, at: number][] = [
      ['before', 'owner', -1],
      ['e', 'owner', 5],
      ['a', 'owner', 0],
      ['c', 'owner', 3],
      ['b', 'owner', 3],
      ['d', 'owner', 4],
      ['other', 'other', 2],
    ];
    for (const [id, of, at] of deletions) {
      const image = anImage({ imageId: imageId(id), owner: principal(of) });
      await commit(store, { do: 'create-image', image });
      await commit(store, {
        do: 'change-image',
        key: image,
        owner: image.owner,
        expect: {},
        change: { details: { state: 'deleted' }, deletedAt: secondsFromNoon(at) },
      });
    }
    await commit(store, { do: 'create-image', image: anImage({ imageId: imageId('there') }) });
    await settle();
    const deletedSince = async (since: Date) =>
      (await inPagesOfTwo((page) => store.deletedImages({ region: homeRegion, principal: owner }, since, page))).map(
        (key) => key.imageId,
      );

    expect(await deletedSince(noon)).toEqual(['e', 'd', 'c', 'b', 'a']);
    expect(await deletedSince(secondsFromNoon(3))).toEqual(['e', 'd', 'c', 'b']);
    expect(await deletedSince(secondsFromNoon(-1))).toEqual(['e', 'd', 'c', 'b', 'a', 'before']);
    expect(await deletedSince(secondsFromNoon(6))).toEqual([]);
    expect(
      await inPagesOfTwo((page) => store.deletedImages({ region: region('ap-shanghai'), principal: owner }, noon, page)),
    ).toEqual([]);
  });

  it('counts the shares that match, and finds the position after any number of them', async () => {
    const { store, settle } = await make();
    const key = { region: homeRegion, principal: aShare().recipient };
    const products = ['standard'] as const;
    // Every third one matches; the others are expired, or of another state.
    const listings = [
      { endsAt: 0, state: 'available', products },
      { endsAt: noonSeconds, state: 'available', products },
      { endsAt: noonSeconds + 1, state: 'deprecated', products },
    ] as const;
    const shares = ids(12).map((id, at) =>
      aShare({ imageId: id, sharedAt: secondsFromNoon(at), listed: listings[at % 3] as Share['listed'] }),
    );
    for (const share of shares) {
      await commit(store, { do: 'put-share', share });
    }
    await settle();
    const filter = { states: ['available', 'failed'], product: 'standard', now: noon } as const;
    const matching = shares
      .filter((_, at) => at % 3 === 0)
      .map(({ region, imageId }) => ({ region, imageId }))
      .reverse();

    for (let skip = 0; skip < 4; skip += 1) {
      const { count, after } = await store.countListed('received', key, { ...filter, skip, entriesMax: 100 });
      expect(count).toBe(4);
      expect(await everyEntry(({ after: at = after }) => store.receivedImages(key, { limit: 2, after: at }, filter))).toEqual(
        matching.slice(skip),
      );
    }
    expect((await store.countListed('received', key, { ...filter, skip: 9, entriesMax: 100 })).count).toBe(4);
    expect((await store.countListed('received', key, { now: noon, skip: 0, entriesMax: 100 })).count).toBe(8);
    expect(await store.countListed('received', key, { ...filter, product: 'lightweight', skip: 0, entriesMax: 9 })).toEqual({
      count: 0,
    });
  });

  it('updates what a share says of its image, and creates the item if it is missing', async () => {
    const { store } = await make();
    const share = aShare({ lastUsedAt: noon });
    const listed = { endsAt: 5, state: 'deprecated', products: ['standard', 'lightweight'] } as const;
    await commit(store, { do: 'put-share', share });
    await commit(store, { do: 'update-share', share: aShare({ sharedBy: 'service', sharedAt: secondsFromNoon(9), listed }) });
    await commit(store, { do: 'update-share', share: aShare({ recipient: principal('new'), listed }) });

    expect(await store.sharesOf(share)).toEqual(
      expect.arrayContaining([
        { ...share, listed },
        { ...aShare({ recipient: principal('new') }), listed },
      ]),
    );
  });

  it('returns every instance of a principal once, newest first', async () => {
    const { store, settle } = await make();
    const instances = ['b', 'e', 'c', 'a', 'd'].map((id, at) =>
      anInstance({ instanceId: instanceId(id), createdAt: secondsFromNoon(at) }),
    );
    for (const instance of [
      ...instances,
      anInstance({ instanceId: instanceId('other'), principal: principal('other') }),
      anInstance({ instanceId: instanceId('elsewhere'), region: region('ap-shanghai') }),
    ]) {
      await commit(store, { do: 'create-instance', instance });
    }
    await commit(store, { do: 'remove-instance', key: anInstance({ instanceId: instanceId('c') }) });
    await settle();

    expect(await inPagesOfTwo((page) => store.instancesOf({ region: homeRegion, principal: owner }, page))).toEqual(
      ['d', 'a', 'e', 'b'].map((id) => ({ region: homeRegion, instanceId: id })),
    );
  });

  it('returns every received image once, latest share first', async () => {
    const { store, settle } = await make();
    const inOrderOfSharing = ['b', 'e', 'c', 'a', 'd'].map(imageId);
    for (const [at, id] of inOrderOfSharing.entries()) {
      await commit(store, { do: 'put-share', share: aShare({ imageId: id, sharedAt: secondsFromNoon(at) }) });
    }
    await commit(store, { do: 'put-share', share: aShare({ recipient: principal('h02') }) });
    await settle();

    const keys = await inPagesOfTwo((page) => store.receivedImages({ region: homeRegion, principal: principal('h01') }, page));

    expect(keys).toEqual(inOrderOfSharing.toReversed().map((id) => ({ region: homeRegion, imageId: id })));
  });

  it("returns a principal's records newest first, filtered by image and time", async () => {
    const { store, settle } = await make();
    const records = [
      aRecord(0),
      aRecord(1, { imageId: imageId('img-00000002') }),
      aRecord(2),
      aRecord(3),
      aRecord(3, { principal: principal('other') }),
    ];
    for (const record of records) {
      await commit(store, { do: 'put-record', record });
    }
    await settle();
    const list = (filter: Parameters<Store['records']>[1]) =>
      inPagesOfTwo((page) => store.records({ principal: owner, kind: 'account' }, filter, page));
    const at = (...indexes: number[]) => indexes.map((index) => records[index]);

    expect(await list({})).toEqual(at(3, 2, 1, 0));
    expect(await list({ imageId: 'img-00000001' })).toEqual(at(3, 2, 0));
    expect(await list({ region: region('ap-shanghai') })).toEqual([]);
    expect(await list({ from: secondsFromNoon(1), to: secondsFromNoon(3) })).toEqual(at(2, 1));
    expect(await list({ from: secondsFromNoon(2) })).toEqual(at(3, 2));
    expect(await list({ to: secondsFromNoon(2) })).toEqual(at(1, 0));
    expect(await list({ to: noon })).toEqual([]);
    expect(await inPagesOfTwo((page) => store.records({ principal: owner, kind: 'project' }, {}, page))).toEqual([]);
  });

  it('stores the previous expirations of recipients whose IDs are property names of JavaScript', async () => {
    const { store } = await make();
    const rescheduled = ['constructor', 'toString', 'hasOwnProperty'].map(principal);
    const previousEnds = Object.fromEntries(rescheduled.map((recipient) => [recipient, noonSeconds]));
    const record = aRecord(0, { rescheduled, previousEnds });

    await commit(store, { do: 'put-record', record });
    expect(await store.record(record, record.id)).toEqual(record);
  });

  it("returns an account's projects", async () => {
    const { store, settle } = await make();
    const project = (id: string, account: PrincipalId) =>
      ({
        do: 'create-project',
        project: { projectId: principal(id), account, name: id, state: 'open', createdAt: noon },
      }) as const;
    await commit(store, project('org-b', owner));
    await commit(store, project('org-a', owner));
    await commit(store, project('org-c', principal('other')));
    await settle();

    expect(await inPagesOfTwo((page) => store.projectsOf(owner, page))).toEqual(['org-a', 'org-b']);
  });

  it('returns due tasks, earliest first, until they are removed', async () => {
    const { store } = await make();
    const task = (dueAt: number): CleanUpTask => ({
      kind: 'shares',
      dueAt,
      ref: `at-${dueAt}`,
      region: homeRegion,
      imageId: imageId('img-00000001'),
      recipients: [principal('h01')],
    });
    const [later, now, before] = [task(noonSeconds + 1), task(noonSeconds), task(9)];
    for (const item of [later, now, before]) {
      await commit(store, { do: 'schedule-clean-up', task: item });
    }
    const tasksDue = async (until: number) => {
      const shards = await Promise.all(
        Array.from({ length: taskShards }, (_, shard) => inPagesOfTwo((page) => store.tasksDue(shard, until, page))),
      );
      return shards.flat();
    };

    expect(await tasksDue(noonSeconds)).toEqual([before, now]);
    expect(await tasksDue(noonSeconds + 1)).toEqual([before, now, later]);
    const stored: Stored[] = [];
    for await (const item of store.everything()) {
      stored.push(item);
    }
    expect(stored).toEqual(expect.arrayContaining([before, now, later].map((each) => ({ of: 'task', task: each }))));
    await commit(store, { do: 'remove-clean-up', task: before });
    expect(await tasksDue(noonSeconds)).toEqual([now]);
  });

  it('reads every attribute of an image', async () => {
    const { store } = await make();
    const image = anImage({
      tags: { a: 'b' },
      stateReason: 'why',
      origin: 'import',
      recipients: { ...sharedWith(principals(3)), [principal('h04')]: noonSeconds },
      plannedShares: { job: { region: homeRegion, jobId: 'job-1' as CopyJobId }, recipients: principals(2) },
    });
    await commit(store, { do: 'create-image', image });

    expect(await store.image(image)).toEqual(image);
    expect(await store.image({ ...image, imageId: imageId('img-missing') })).toBeUndefined();
  });

  it('reads more items than fit in a batch, and omits missing ones', async () => {
    const { store } = await make();
    const keys = ids(130).map((id) => ({ region: homeRegion, imageId: id }));
    for (let at = 0; at < 120; at += 40) {
      await commit(store, ...keys.slice(at, at + 40).map((key): Step => ({ do: 'create-image', image: anImage(key) })));
    }

    const { images, image } = await retry(() => store.read({ images: keys }), noWaitBudget());

    expect(images.map((item) => item.imageId).sort()).toEqual(ids(120));
    expect(image?.imageId).toBe('img-00000000');
  });

  it('returns everything that is stored', async () => {
    const { store } = await make();
    const service = await new InMemoryService(retryingCommits(store)).createAccounts('owner');
    await service.commit([{ do: 'create-image', image: anImage() }]);
    await service.commit([{ do: 'put-share', share: aShare() }]);

    const kinds: string[] = [];
    for await (const stored of store.everything()) {
      kinds.push(stored.of);
    }

    expect(kinds.filter((kind) => kind !== 'other').sort()).toEqual(['account', 'image', 'project', 'share']);
  });
});
