import { retry } from '../../lib/app/retry.ts';
import type { PrincipalId, Region } from '../../lib/model/ids.ts';
import type { Share } from '../../lib/model/image.ts';
import type { ImageChange, ImageExpectation, Step } from '../../lib/model/plan.ts';
import { countName, type Store } from '../../lib/table/store.ts';
import {
  anImage,
  aShare,
  imageId,
  noon,
  noonSeconds,
  principal,
  principals,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { noWaitBudget } from '../support/in-memory-service.ts';
import { stores } from './stores.ts';

const image = anImage();
const { region, owner } = image;
const quota = { what: 'images', region, principal: owner } as const;

const changeImage = (expect: ImageExpectation, change: ImageChange = { entries: { [principal('new')]: 0 } }) =>
  ({
    do: 'change-image' as const,
    key: image,
    owner,
    expect,
    change,
  }) satisfies Step;

/** Commits, and retries on conflicts. */
const commit = (store: Store, ...steps: Step[]) => retry(() => store.commit(steps), noWaitBudget());
const read = (store: Store) =>
  retry(() => store.read({ images: [image], counts: [quota], shares: [principal('h01')] }), noWaitBudget());

describe.each(stores)('%s: commit', (_, make) => {
  it('commits all steps, and reads them immediately', async () => {
    const { store } = await make();

    const outcome = await commit(
      store,
      { do: 'create-image', image },
      { do: 'put-share', share: aShare() },
      { do: 'count', ...quota, by: 1, atMost: 1 },
    );

    expect(outcome).toEqual({ committed: true });
    const facts = await read(store);
    expect(facts.image).toEqual(image);
    expect(facts.shares.get(principal('h01'))).toEqual(aShare());
    expect(facts.counts.get(countName(quota))).toEqual({ used: 1, changes: 1 });
  });

  it('reads the details of shares of several images, without those that do not exist', async () => {
    const { store } = await make();
    const shares = [aShare(), aShare({ imageId: imageId('img-2') }), aShare({ recipient: principal('h02') })];
    await commit(store, ...shares.map((share): Step => ({ do: 'put-share', share })));

    const [first, second] = shares as [Share, Share];
    const keys = [first, second, aShare({ imageId: imageId('img-2'), recipient: principal('h02') })];
    const found = await retry(() => store.shares(keys), noWaitBudget());
    expect(found.toSorted((a, b) => a.imageId.localeCompare(b.imageId))).toEqual([first, second]);
    expect(await store.shares([])).toEqual([]);
  });

  it('commits no step if one condition fails, and returns the current items', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-image', image }, { do: 'count', ...quota, by: 1, atMost: 1 });

    const outcome = await commit(
      store,
      changeImage({ state: 'pending' }),
      { do: 'put-share', share: aShare() },
      { do: 'count', ...quota, by: 1, atMost: 1 },
    );

    expect(outcome).toEqual({ committed: false, image, counts: [[countName(quota), { used: 1, changes: 1 }]] });
    expect(await store.sharesOf(image)).toEqual([]);
    expect((await read(store)).image).toEqual(image);
  });

  it('returns the counts of all failed conditions, and only of those', async () => {
    const { store } = await make();
    const other = { ...quota, region: 'ap-shanghai' as Region };
    const third = { ...quota, region: 'ap-beijing' as Region };
    for (const key of [quota, other, third]) {
      await commit(store, { do: 'count', ...key, by: 1 });
    }

    const outcome = await commit(
      store,
      { do: 'count', ...quota, by: 1, atMost: 1 },
      { do: 'count', ...third, by: 1, atMost: 2 },
      { do: 'count', ...other, by: 1, atMost: 1 },
    );

    expect(outcome).toEqual({
      committed: false,
      counts: [quota, other].map((key) => [countName(key), { used: 1, changes: 1 }]),
    });
  });

  it('increments the revision per record of a change, and stores the id of the last record', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-image', image });

    await commit(store, { ...changeImage({}), records: { lastId: 'record-1', count: 1 } });
    expect((await read(store)).image).toMatchObject({ revision: 2, lastRecordId: 'record-1' });

    await commit(store, { ...changeImage({}), records: { lastId: 'record-3', count: 2 } });
    expect((await read(store)).image).toMatchObject({ revision: 4, lastRecordId: 'record-3' });
  });

  it('does not increment the revision without a record', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-image', image });

    await commit(store, changeImage({}));

    expect((await read(store)).image).toEqual({ ...image, recipients: { new: 0 } });
  });

  it('increments the revision of the details separately, only when details are written', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-image', image });

    await commit(store, changeImage({}));
    await commit(
      store,
      changeImage({}, { details: { name: 'renamed', tags: { a: 'b' }, products: ['standard', 'lightweight'] } }),
    );

    expect((await read(store)).image).toMatchObject({
      name: 'renamed',
      tags: { a: 'b' },
      products: ['standard', 'lightweight'],
      revision: 1,
      detailsRevision: 2,
      recipients: { new: 0 },
    });
  });

  it.each<[string, ImageExpectation, boolean]>([
    ['nothing in particular', {}, true],
    ['its state', { state: 'available' }, true],
    ['another state', { state: 'pending' }, false],
    ['the current entries', { entries: { [principal('h01')]: 0, [principal('h02')]: noonSeconds } }, true],
    ['an entry with another end', { entries: { [principal('h02')]: 0 } }, false],
    ['a missing entry', { entries: { [principal('h03')]: 0 } }, false],
    ['the absence of a stranger', { absent: [principal('h03')] }, true],
    ['the absence of a recipient', { absent: [principal('h03'), principal('h01')] }, false],
    ['the absence of a recipient until some time', { absent: [principal('h02')] }, false],
    ['room for one more', { entriesAtMost: { permanent: 1, expiring: 1 } }, true],
    ['more room than there is', { entriesAtMost: { permanent: 0, expiring: 2 } }, false],
    ['more room for expiring ones than there is', { entriesAtMost: { permanent: 2, expiring: 0 } }, false],
    ['exactly its map', { exactly: { [principal('h02')]: noonSeconds, [principal('h01')]: 0 } }, true],
    ['a map with one entry less', { exactly: { [principal('h01')]: 0 } }, false],
    ['the revision of its details', { detailsRevision: 1 }, true],
    ['an earlier revision of its details', { detailsRevision: 0 }, false],
    ['a later revision of its details', { detailsRevision: 2 }, false],
    ['a map with another end', { exactly: { [principal('h01')]: 0, [principal('h02')]: 1 } }, false],
  ])('checks the expectation of %s: %#', async (_expected, expectation, holds) => {
    const { store } = await make();
    await commit(store, {
      do: 'create-image',
      image: { ...image, recipients: { [principal('h01')]: 0, [principal('h02')]: noonSeconds } },
    });

    expect(await commit(store, changeImage(expectation))).toMatchObject({ committed: holds });
  });

  it('treats recipient ids that look like expressions literally', async () => {
    const { store } = await make();
    const ambiguous = [principal('a.b'), principal('size'), principal('constructor'), principal('0')];
    await commit(store, { do: 'create-image', image });

    await commit(store, changeImage({ absent: ambiguous }, { entries: sharedWith(ambiguous) }));
    await commit(store, changeImage({ entries: sharedWith(ambiguous) }, { drop: ambiguous.slice(1) }));

    expect((await read(store)).image?.recipients).toEqual({ 'a.b': 0 });
  });

  it('never changes a deleted image or reuses its id', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-image', image });

    expect(await commit(store, changeImage({}, { details: { state: 'deleted' }, deletedAt: noon }))).toEqual({ committed: true });

    expect(await commit(store, changeImage({}))).toMatchObject({ committed: false, image: { deletedAt: noon } });
    expect(await commit(store, { do: 'create-image', image })).toMatchObject({ committed: false });
    expect((await read(store)).image).toMatchObject({ state: 'deleted', deletedAt: noon });
  });

  it('replaces 50 recipients with 50 others in one change', async () => {
    const { store } = await make();
    const [old, fresh] = [principals(50, 'long-recipient-id-'), principals(50, 'other-recipient-id')];
    await commit(store, { do: 'create-image', image: { ...image, recipients: sharedWith(old) } });

    const change = { entries: sharedWith(fresh), drop: old };

    expect(await commit(store, changeImage({ exactly: sharedWith(old.slice(1)) }, change))).toMatchObject({ committed: false });
    expect(await commit(store, changeImage({ exactly: sharedWith(old.toReversed()) }, change))).toEqual({ committed: true });
    expect((await read(store)).image?.recipients).toEqual(sharedWith(fresh));
  });

  it('changes expirations, and removes recipients with and without one', async () => {
    const { store } = await make();
    const [h01, h02, h03, h04] = principals(4) as [PrincipalId, PrincipalId, PrincipalId, PrincipalId];
    const later = noonSeconds + 60;
    await commit(store, { do: 'create-image', image: { ...image, recipients: { [h01]: 0, [h02]: noonSeconds, [h03]: 0 } } });
    const recipients = async () => (await read(store)).image?.recipients;

    await commit(store, changeImage({ entries: { [h01]: 0, [h02]: noonSeconds } }, { entries: { [h01]: later, [h04]: later } }));
    expect(await recipients()).toEqual({ [h01]: later, [h02]: noonSeconds, [h03]: 0, [h04]: later });

    await commit(store, changeImage({ entries: { [h01]: later, [h02]: noonSeconds } }, { entries: { [h01]: 0 }, drop: [h02] }));
    expect(await recipients()).toEqual({ [h01]: 0, [h03]: 0, [h04]: later });

    const before = { [h01]: 0, [h03]: 0, [h04]: later };
    await commit(store, changeImage({ exactly: before }, { entries: { [h04]: 0 }, drop: [h03] }));
    expect(await recipients()).toEqual({ [h01]: 0, [h04]: 0 });

    await commit(store, changeImage({ entries: { [h01]: 0, [h04]: 0 } }, { drop: [h01, h04] }));
    expect(await commit(store, changeImage({ exactly: {} }, { entries: { [h02]: later } }))).toEqual({ committed: true });
    expect(await recipients()).toEqual({ [h02]: later });
  });

  it('refuses to write a change that needs an exact list without one', async () => {
    const { store } = await make();
    const [h01, h02] = principals(2) as [PrincipalId, PrincipalId];
    await commit(store, { do: 'create-image', image: { ...image, recipients: { [h01]: 0 } } });

    await expect(commit(store, changeImage({ entries: { [h01]: 0 } }, { entries: { [h02]: 0 }, drop: [h01] }))).rejects.toThrow(
      'must expect all of them exactly',
    );
  });

  it('counts images up to the limit and down to zero', async () => {
    const { store } = await make();
    const up: Step = { do: 'count', ...quota, by: 1, atMost: 2 };
    const down: Step = { do: 'count', ...quota, by: -1 };

    const outcomes = [];
    for (const step of [down, up, up, up, down, down, down]) {
      outcomes.push((await commit(store, step)).committed);
    }

    expect(outcomes).toEqual([false, true, true, false, true, true, false]);
  });

  it('corrects a count only if it has not changed since it was read', async () => {
    const { store } = await make();
    await commit(store, { do: 'count', ...quota, by: 1, atMost: 2 });

    expect(await commit(store, { do: 'correct-count', ...quota, seenChanges: 0, used: 5 })).toMatchObject({ committed: false });
    expect(await commit(store, { do: 'correct-count', ...quota, seenChanges: 1, used: 5 })).toEqual({ committed: true });
    expect((await read(store)).counts.get(countName(quota))).toEqual({ used: 5, changes: 2 });
  });

  it('counts instances separately from images, without a limit', async () => {
    const { store } = await make();
    const instances = { ...quota, what: 'instances' } as const;
    await commit(store, { do: 'count', ...quota, by: 1, atMost: 1 });
    for (const by of [1, 1, 1, -1] as const) {
      expect(await commit(store, { do: 'count', ...instances, by })).toEqual({ committed: true });
    }

    const { counts } = await retry(() => store.read({ counts: [quota, instances] }), noWaitBudget());
    expect([counts.get(countName(quota)), counts.get(countName(instances))]).toEqual([
      { used: 1, changes: 1 },
      { used: 2, changes: 4 },
    ]);
  });

  it('requires separately that a principal has no images or no instances', async () => {
    const { store } = await make();
    const instances = { ...quota, what: 'instances' } as const;
    const [noImages, noInstances] = [quota, instances].map((key): Step => ({ do: 'require-none', ...key })) as [Step, Step];
    await commit(store, { do: 'count', ...instances, by: 1 });

    expect(await commit(store, noImages)).toEqual({ committed: true });
    expect(await commit(store, noInstances)).toMatchObject({ committed: false });
    await commit(store, { do: 'count', ...instances, by: -1 });
    expect(await commit(store, noInstances)).toEqual({ committed: true });
  });

  it('removes a share item, and with a record id only that very share', async () => {
    const { store } = await make();
    await commit(store, { do: 'put-share', share: aShare({ recordId: 'second' }) });
    const remove: Step = { do: 'remove-share', key: image, recipient: principal('h01') };

    expect(await commit(store, { ...remove, recordId: 'first' })).toMatchObject({ committed: false });
    expect(await commit(store, { ...remove, recordId: 'second' })).toEqual({ committed: true });
    expect(await store.sharesOf(image)).toEqual([]);
    expect(await commit(store, remove)).toEqual({ committed: true });
  });

  it('stores a result once, until the record expires', async () => {
    const { store } = await make();
    const record = {
      key: 'key',
      hash: 'hash',
      result: { shares: [{ recipient: 'h01' }], note: null },
      expiresAt: noonSeconds + 60,
    };
    const putRecord = (hash: string, now: Date): Step => ({ do: 'put-idempotency-record', record: { ...record, hash }, now });

    expect(await commit(store, putRecord('hash', noon))).toEqual({ committed: true });
    expect(await commit(store, putRecord('other', secondsFromNoon(59)))).toMatchObject({ committed: false });
    expect((await retry(() => store.read({ idempotencyKey: 'key' }), noWaitBudget())).idempotencyRecord).toEqual(record);
    expect(await commit(store, putRecord('other', secondsFromNoon(60)))).toEqual({ committed: true });
  });

  it('empties the map only of a deleted image', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-image', image: { ...image, recipients: sharedWith(principals(2)) } });

    expect(await commit(store, { do: 'empty-deleted-image', key: image })).toMatchObject({ committed: false });
    await commit(store, changeImage({}, { details: { state: 'deleted' }, deletedAt: noon }));
    expect(await commit(store, { do: 'empty-deleted-image', key: image })).toEqual({ committed: true });
    expect((await read(store)).image?.recipients).toEqual({});
  });
});
