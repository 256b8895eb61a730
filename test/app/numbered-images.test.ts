import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { contextOf } from '../../lib/app/context.ts';
import { readNumberedImages } from '../../lib/app/numbered-images.ts';
import { readNumberedPage } from '../../lib/app/numbered-list.ts';
import { fsck } from '../../lib/maintenance/fsck.ts';
import type { ImageView } from '../../lib/model/views/image.ts';
import type { CountQuery, PageRequest, Store } from '../../lib/table/store.ts';
import { aPublicImageIn, fixtureOf, noon, type PolicyFixture, policyFixtures, principal } from '../support/builders.ts';
import { InMemoryService, noWaitBudget } from '../support/in-memory-service.ts';

const compute = { scopes: ['compute' as const] };
const available = { states: ['available'] } as const;

async function serviceIn({ region, principalOf }: PolicyFixture) {
  const service = await new InMemoryService().createAccounts('owner', 'friend', 'other');
  const friend = principalOf('friend');
  const context = contextOf(service, {
    action: 'ListImages',
    caller: { subject: 'friend', account: principal('friend'), scopes: new Set(['tenant']) },
    requestId: 'request-1',
    budget: noWaitBudget(),
  });
  const page = (offset: number, limit: number, toCount = {}, scope: 'all' | 'shared' = 'all') =>
    readNumberedImages({ region, scope, toCount, page: { offset, limit } }, context);

  /** The whole list, by the images themselves. */
  const expected = async (matches: (image: ImageView) => boolean) =>
    (await service.call(listImages, { region, scope: 'all', limit: '100' }, { as: 'friend' })).images.filter(matches);

  return {
    ...{ service, friend, page },
    anImage: async (name: string, as = 'owner') =>
      (await service.call(importImage, { region, name, sizeGiB: 20 }, { as })) as ImageView,
    share: (image: ImageView, more: object = {}) =>
      service.call(shareImage, { ...image, recipients: [friend], acknowledgeRisk: true, ...more }),
    /** Fails if the numbered list isn't the list of images that match. */
    async check() {
      for (const [toCount, matches] of [
        [{}, () => true],
        [available, ({ state }: ImageView) => state === 'available'],
        [{ product: 'standard' }, ({ products }: ImageView) => products.includes('standard')],
        [{ product: 'lightweight' }, ({ products }: ImageView) => products.includes('lightweight')],
      ] as const) {
        const entries = await expected(matches);
        expect(await page(0, 100, toCount)).toEqual({ total: entries.length, entries });
      }
      expect(await fsck({ store: service.store, regions: service.regions, now: service.now })).toEqual([]);
    },
  };
}

describe.each(policyFixtures)('the numbered list of a recipient under $name', (fixture) => {
  it('has exactly the images that it can see and that match, after every kind of change', async () => {
    const { service, friend, anImage, share, check } = await serviceIn(fixture);
    const image = await anImage('web');
    const other = await anImage('db');
    await anImage('own', 'friend');
    await service.putPublicImages(aPublicImageIn(fixture));
    await check();

    await share(image);
    await share(other);
    await check();
    await share(image, { expiresAt: '2026-11-22T13:00:00Z' });
    await check();
    if (fixture.policy.ownerMayDeprecateWhileShared) {
      await service.call(updateImage, { ...image, deprecated: true });
      await check();
      await service.call(updateImage, { ...image, deprecated: false });
      await check();
    }
    if (fixture.policy.lightweightMayBeShared) {
      await service.call(updateImage, { ...image, products: ['standard', 'lightweight'] });
      await check();
    }
    service.passSeconds(3_600);
    await check();
    await share(image);
    await check();
    await service.call(setImageShares, { ...other, recipients: [fixture.principalOf('other')], acknowledgeRisk: true });
    await check();
    await service.call(cancelImageShares, { ...image, recipient: friend });
    await check();
    await share(image);
    if (fixture.policy.deleteWhileShared === 'withdraw') {
      await service.call(deleteImage, image);
      await check();
    }
  });

  it('has the state of an image that was shared while it was being made', async () => {
    const { service, anImage, share, check } = await serviceIn(fixture);
    const [image, failing] = [await anImage('web'), await anImage('db')];
    if (fixture.policy.pendingMayBeShared) {
      const { region } = fixture;
      const pending = await service.call(importImage, { region, name: 'web', sizeGiB: 20, state: 'pending' });
      await share(pending);
      await check();
      await service.call(reportImageState, { ...pending, state: 'available' }, compute);
    }
    await share(image);
    await share(failing);
    await check();
  });
});

describe('a page by number', () => {
  it('continues from owned to shared images, wherever it starts', async () => {
    const { anImage, share, page } = await serviceIn(fixtureOf('tencent'));
    for (const name of ['a', 'b', 'c']) {
      await share(await anImage(name));
      await anImage(`own-${name}`, 'friend');
    }
    const { entries } = await page(0, 100);
    expect(entries).toHaveLength(6);
    for (let offset = 0; offset <= 7; offset += 1) {
      expect(await page(offset, 2)).toEqual({ total: 6, entries: entries.slice(offset, offset + 2) });
    }
    expect(await page(1, 1, {}, 'shared')).toEqual({ total: 3, entries: entries.slice(4, 5) });
    expect(await page(0, 10, { states: [] })).toEqual({ total: 0, entries: [] });
  });
});

describe('a page of long lists', () => {
  /** Two lists of numbers, of which those that match count. Entries that are gone match, but can't be shown. */
  function listsOf(sizes: readonly number[], { matches = (_: number) => true, isGone = (_: number) => false }) {
    let reads = 0;
    const entriesOf = (size: number) => Array.from({ length: size }, (_, index) => index);
    const from = (after: string | undefined) => (after === undefined ? 0 : Number(after) + 1);
    const store = {
      countListed: async (_: string, { principal: size }: { principal: unknown }, { skip, entriesMax }: CountQuery) => {
        const counted = entriesOf(Math.min(size as number, entriesMax)).filter(matches);
        return { count: counted.length, ...(skip > 0 && counted.length >= skip && { after: String(counted[skip - 1]) }) };
      },
    } as unknown as Store;
    const parts = sizes.map((size) => ({
      list: 'received' as const,
      principal: { region: 'r', principal: size } as never,
      readPage: async ({ limit, after }: PageRequest) => {
        reads += 1;
        const read = entriesOf(size).slice(from(after), from(after) + limit);
        const isLast = from(after) + limit >= size;
        return { entries: read.filter(matches), positions: [], ...(!isLast && { next: String(read.at(-1)) }) };
      },
      show: async (keys: readonly number[]) => keys.map((key) => (isGone(key) ? undefined : `${key} of ${size}`)),
    }));
    const page = (offset: number, limit: number) =>
      readNumberedPage<number, string>(store, parts, { now: noon }, { offset, limit });
    return { page, reads: () => reads };
  }

  it('ends each list where the count ends, and goes on with the next one', async () => {
    const { page } = listsOf([10_050, 30], {});
    expect(await page(9_990, 15)).toMatchObject({ total: 10_030 });
    const { entries } = await page(9_990, 15);
    expect([...entries, ...(await page(10_005, 15)).entries]).toEqual([
      ...Array.from({ length: 10 }, (_, index) => `${9_990 + index} of 10050`),
      ...Array.from({ length: 20 }, (_, index) => `${index} of 30`),
    ]);
  });

  it('takes few reads if few entries match, and none after the last of them', async () => {
    const { page, reads } = listsOf([10_000], { matches: (entry) => entry % 2_000 === 0 });
    expect(await page(0, 20)).toMatchObject({ total: 5, entries: { length: 5 } });
    expect(reads()).toBeLessThanOrEqual(10);
  });

  it('replaces entries that are gone', async () => {
    const { page } = listsOf([100], { isGone: (entry) => entry < 3 });
    const { total, entries } = await page(0, 10);
    expect([total, entries[0], entries.length]).toEqual([97, '3 of 100', 10]);
  });
});
