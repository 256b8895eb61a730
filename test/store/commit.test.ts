import type { ImageChange, ImageExpectation, Step } from '../../lib/model/plan.ts';
import { patiently } from '../../lib/store/change.ts';
import { quotaName, type Store } from '../../lib/store/store.ts';
import { anImage, aShare, heldBy, holder, holders, noon, noonSeconds, secondsFromNoon } from '../support/builders.ts';
import { eager } from '../support/world.ts';
import { stores } from './stores.ts';

const image = anImage();
const { region, owner } = image;
const quota = { region, holder: owner };

const changing = (expect: ImageExpectation, change: ImageChange = { entries: { [holder('new')]: 0 } }): Step => ({
  do: 'change-image',
  key: image,
  owner,
  expect,
  change,
});

/** Commits through conflicts, which are no outcome. */
const commit = (store: Store, ...steps: Step[]) => patiently(() => store.commit(steps), eager());
const read = (store: Store) =>
  patiently(() => store.read({ images: [image], quotas: [quota], shares: [holder('h01')] }), eager());

describe.each(stores)('%s: commit', (_, make) => {
  it('makes all steps true, and what they wrote is read at once', async () => {
    const { store } = await make();

    const outcome = await commit(
      store,
      { do: 'create-image', image },
      { do: 'put-share', share: aShare() },
      { do: 'count-image', ...quota, by: 1, atMost: 1 },
    );

    expect(outcome).toEqual({ committed: true });
    const facts = await read(store);
    expect(facts.image).toEqual(image);
    expect(facts.shares.get(holder('h01'))).toEqual(aShare());
    expect(facts.quotas.get(quotaName(quota))).toEqual({ used: 1, changes: 1 });
  });

  it('makes no step true when one does not hold, and says what stood there instead', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-image', image }, { do: 'count-image', ...quota, by: 1, atMost: 1 });

    const outcome = await commit(
      store,
      changing({ state: 'pending' }),
      { do: 'put-share', share: aShare() },
      { do: 'count-image', ...quota, by: 1, atMost: 1 },
    );

    expect(outcome).toEqual({ committed: false, image, quota: { name: quotaName(quota), quota: { used: 1, changes: 1 } } });
    expect(await store.sharesOf(image)).toEqual([]);
    expect((await read(store)).image).toEqual(image);
  });

  it('counts revisions, and those of the details apart', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-image', image });

    await commit(store, changing({}));
    await commit(store, changing({}, { details: { name: 'renamed', labels: { a: 'b' } } }));

    expect((await read(store)).image).toMatchObject({
      name: 'renamed',
      labels: { a: 'b' },
      revision: 3,
      detailsRevision: 2,
      recipients: { new: 0 },
    });
  });

  it.each<[string, ImageExpectation, boolean]>([
    ['nothing in particular', {}, true],
    ['its state', { state: 'available' }, true],
    ['another state', { state: 'pending' }, false],
    ['entries as they are', { entries: { [holder('h01')]: 0, [holder('h02')]: noonSeconds } }, true],
    ['an entry with another end', { entries: { [holder('h02')]: 0 } }, false],
    ['an entry that is not there', { entries: { [holder('h03')]: 0 } }, false],
    ['the absence of a stranger', { absent: [holder('h03')] }, true],
    ['the absence of a recipient', { absent: [holder('h03'), holder('h01')] }, false],
    ['room for one more', { entriesAtMost: 2 }, true],
    ['more room than there is', { entriesAtMost: 1 }, false],
    ['exactly its map', { exactly: { [holder('h02')]: noonSeconds, [holder('h01')]: 0 } }, true],
    ['a map with one less', { exactly: { [holder('h01')]: 0 } }, false],
    ['a map with another end', { exactly: { [holder('h01')]: 0, [holder('h02')]: 1 } }, false],
  ])('expecting %s of an image holds: %#', async (_expected, expectation, holds) => {
    const { store } = await make();
    await commit(store, {
      do: 'create-image',
      image: { ...image, recipients: { [holder('h01')]: 0, [holder('h02')]: noonSeconds } },
    });

    expect(await commit(store, changing(expectation))).toMatchObject({ committed: holds });
  });

  it('takes names of recipients that look like expressions literally', async () => {
    const { store } = await make();
    const odd = [holder('a.b'), holder('size'), holder('constructor'), holder('0')];
    await commit(store, { do: 'create-image', image });

    await commit(store, changing({ absent: odd }, { entries: heldBy(odd) }));
    await commit(store, changing({ entries: heldBy(odd) }, { drop: odd.slice(1) }));

    expect((await read(store)).image?.recipients).toEqual({ 'a.b': 0 });
  });

  it('never changes an image that ended, and never makes one with its id again', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-image', image });

    expect(await commit(store, changing({}, { details: { state: 'deleted' }, endedAt: noon }))).toEqual({ committed: true });

    expect(await commit(store, changing({}))).toMatchObject({ committed: false, image: { endedAt: noon } });
    expect(await commit(store, { do: 'create-image', image })).toMatchObject({ committed: false });
    expect((await read(store)).image).toMatchObject({ state: 'deleted', endedAt: noon });
  });

  it('replaces fifty recipients by fifty others in one change', async () => {
    const { store } = await make();
    const [old, fresh] = [holders(50, 'long-recipient-id-'), holders(50, 'other-recipient-id')];
    await commit(store, { do: 'create-image', image: { ...image, recipients: heldBy(old) } });

    const steps = [changing({ entries: heldBy(old), absent: fresh, entriesAtMost: 50 }, { entries: heldBy(fresh), drop: old })];

    expect(await commit(store, ...steps)).toEqual({ committed: true });
    expect((await read(store)).image?.recipients).toEqual(heldBy(fresh));
  });

  it('counts images up to the limit and down to none', async () => {
    const { store } = await make();
    const up: Step = { do: 'count-image', ...quota, by: 1, atMost: 2 };
    const down: Step = { do: 'count-image', ...quota, by: -1 };

    const outcomes = [];
    for (const step of [down, up, up, up, down, down, down]) {
      outcomes.push((await commit(store, step)).committed);
    }

    expect(outcomes).toEqual([false, true, true, false, true, true, false]);
  });

  it('corrects a count only while nothing was counted since it was seen', async () => {
    const { store } = await make();
    await commit(store, { do: 'count-image', ...quota, by: 1, atMost: 2 });

    expect(await commit(store, { do: 'correct-count', ...quota, seenChanges: 0, used: 5 })).toMatchObject({ committed: false });
    expect(await commit(store, { do: 'correct-count', ...quota, seenChanges: 1, used: 5 })).toEqual({ committed: true });
    expect((await read(store)).quotas.get(quotaName(quota))).toEqual({ used: 5, changes: 2 });
  });

  it('removes a share item, and with a record id that very share alone', async () => {
    const { store } = await make();
    await commit(store, { do: 'put-share', share: aShare({ recordId: 'second' }) });
    const remove: Step = { do: 'remove-share', key: image, recipient: holder('h01') };

    expect(await commit(store, { ...remove, recordId: 'first' })).toMatchObject({ committed: false });
    expect(await commit(store, { ...remove, recordId: 'second' })).toEqual({ committed: true });
    expect(await store.sharesOf(image)).toEqual([]);
    expect(await commit(store, remove)).toEqual({ committed: true });
  });

  it('keeps an answer once, until its time is over', async () => {
    const { store } = await make();
    const kept = {
      key: 'key',
      hash: 'hash',
      answer: { shares: [{ recipient: 'h01' }], note: null },
      expiresAt: noonSeconds + 60,
    };
    const keep = (hash: string, now: Date): Step => ({ do: 'keep-answer', kept: { ...kept, hash }, now });

    expect(await commit(store, keep('hash', noon))).toEqual({ committed: true });
    expect(await commit(store, keep('other', secondsFromNoon(59)))).toMatchObject({ committed: false });
    expect((await patiently(() => store.read({ kept: 'key' }), eager())).kept).toEqual(kept);
    expect(await commit(store, keep('other', secondsFromNoon(60)))).toEqual({ committed: true });
  });

  it('empties the map of an ended image alone', async () => {
    const { store } = await make();
    await commit(store, { do: 'create-image', image: { ...image, recipients: heldBy(holders(2)) } });

    expect(await commit(store, { do: 'empty-ended-image', key: image })).toMatchObject({ committed: false });
    await commit(store, changing({}, { details: { state: 'deleted' }, endedAt: noon }));
    expect(await commit(store, { do: 'empty-ended-image', key: image })).toEqual({ committed: true });
    expect((await read(store)).image?.recipients).toEqual({});
  });
});
