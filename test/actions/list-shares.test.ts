import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { listShares } from '../../functions/list-shares.ts';
import { putAccount } from '../../functions/put-account.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { ImageKey } from '../../lib/model/ids.ts';
import type { Image } from '../../lib/model/image.ts';
import type { OwnedShareView } from '../../lib/model/views/share.ts';
import type { ShareKey } from '../../lib/table/store.ts';
import {
  anImageIn,
  fixtureOf,
  imageId,
  noonSeconds,
  policyFixtures,
  principals,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { type CallOptions, InMemoryService } from '../support/in-memory-service.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';

const aService = () => new InMemoryService().createAccounts('owner', 'friend', 'guest');

/** Reads all pages. */
async function pagesOf(
  service: InMemoryService,
  fields: Readonly<Record<string, unknown>> & { readonly limit: number },
  between: (page: number) => Promise<unknown> = async () => {},
): Promise<OwnedShareView[][]> {
  const pages: OwnedShareView[][] = [];
  let cursor: string | undefined;
  do {
    const page = await service.call(listShares, {
      ...fields,
      limit: String(fields.limit),
      ...(cursor !== undefined && { cursor }),
    });
    pages.push(page.shares);
    cursor = page.nextCursor;
    await between(pages.length);
  } while (cursor !== undefined && pages.length < 200);
  expect(cursor).toBeUndefined();
  return pages;
}

const textOf = ({ region, imageId: id, recipient }: OwnedShareView): string => `${region} ${id} ${recipient}`;

describe.each(policyFixtures)('listShares under $name', (fixture) => {
  const { region, otherRegion } = fixture;
  const [friend, guest] = [fixture.principalOf('friend'), fixture.principalOf('guest')];
  const image = anImageIn(fixture);
  const key = { region, imageId: image.imageId };
  const share = (service: InMemoryService, of: ImageKey, recipient: string, fields = {}) =>
    service.call(shareImage, {
      region: of.region,
      imageId: of.imageId,
      recipients: [recipient],
      acknowledgeRisk: true,
      ...fields,
    });

  it('returns what the owner knows about each share', async () => {
    const service = await (await aService()).putImages(image);
    const expiresAt = secondsFromNoon(3_600).toISOString();
    await share(service, key, friend, { expiresAt });
    service.passSeconds(60);
    await service.call(runInstance, key, { as: 'friend' });

    const expected = {
      shares: [
        {
          ...key,
          imageName: 'web',
          recipient: friend,
          sharedAt: secondsFromNoon(0).toISOString(),
          sharedBy: 'owner',
          expiresAt,
          lastUsedAt: secondsFromNoon(60).toISOString(),
        },
      ],
    };
    expect(await service.call(listShares, { region })).toEqual(expected);
    expect(await service.call(listShares, {})).toEqual(expected);
    expect(await service.call(listShares, { region: otherRegion })).toEqual({ shares: [] });
  });

  it("lists neither the caller's received shares nor those of other owners", async () => {
    const service = await (await aService()).putImages(
      anImageIn(fixture, { owner: guest, imageId: imageId('of-guest'), recipients: sharedWith([friend]) }),
    );

    expect(await service.call(listShares, { region }, { as: 'friend' })).toEqual({ shares: [] });
    expect(await service.call(listShares, { region, recipient: friend })).toEqual({ shares: [] });
    expect(await service.call(listShares, { region, imageId: 'of-guest' })).toEqual({ shares: [] });
  });

  it.each([{}, { recipient: friend }, { imageId: image.imageId }])('does not list what has ended: %j', async (filter) => {
    const service = await (await aService()).putImages(
      { ...image, recipients: { [friend]: noonSeconds + 10 } },
      anImageIn(fixture, { imageId: imageId('stopped'), recipients: sharedWith([friend]) }),
      anImageIn(fixture, { imageId: imageId('deleted') }),
    );
    await service.call(cancelImageShares, { region, imageId: 'stopped', all: 'true' });
    await service.call(deleteImage, { region, imageId: 'deleted' });
    expect((await service.call(listShares, { region, ...filter })).shares).toHaveLength(1);

    service.passSeconds(10);
    expect(await service.call(listShares, { region, ...filter })).toEqual({ shares: [] });
  });

  it('filters by expiration', async () => {
    const service = await (await aService()).putImages({
      ...image,
      recipients: { [friend]: noonSeconds + 10, [guest]: 0, [fixture.principalOf('late')]: noonSeconds + 11 },
    });

    for (const filter of [{}, { imageId: image.imageId }]) {
      const fields = { region, ...filter, expiringBefore: secondsFromNoon(11).toISOString() };
      expect((await service.call(listShares, fields)).shares.map(({ recipient }) => recipient)).toEqual([friend]);
    }
  });

  it('filters by disuse: shares that existed before a time and were not used from then on', async () => {
    const service = await (await aService()).putImages(image);
    await share(service, key, friend);
    await share(service, key, guest);
    service.passSeconds(100);
    await service.call(runInstance, key, { as: 'friend' });
    const unusedSince = async (seconds: number, filter = {}) => {
      const fields = { region, ...filter, unusedSince: secondsFromNoon(seconds).toISOString() };
      return (await service.call(listShares, fields)).shares.map(({ recipient }) => recipient).sort();
    };

    expect(await unusedSince(0)).toEqual([]);
    expect(await unusedSince(1)).toEqual([guest]);
    expect(await unusedSince(100)).toEqual([guest]);
    expect(await unusedSince(101)).toEqual([friend, guest].sort());
    expect(await unusedSince(101, { recipient: friend })).toEqual([friend]);
    expect(await unusedSince(100, { recipient: friend })).toEqual([]);
  });

  it.each([1, 2, 3, 100])('lists by image, the newest first, the latest share of each first, with limit %i', async (limit) => {
    const service = await aService();
    const created = [0, 10, 20, 20].map((seconds, index) =>
      anImageIn(fixture, {
        imageId: imageId(`img-${index}`),
        region: index === 3 ? otherRegion : region,
        createdAt: secondsFromNoon(seconds - 100),
      }),
    );
    await service.putImages(...created, anImageIn(fixture, { imageId: imageId('unshared'), createdAt: secondsFromNoon(-5) }));
    for (const recipient of [friend, guest]) {
      for (const of of created) {
        await share(service, of, recipient);
        service.passSeconds(1);
      }
    }
    const shares = (await pagesOf(service, { limit })).flat();

    expect(shares.map((entry) => [entry.imageId, entry.recipient])).toEqual(
      ['img-3', 'img-2', 'img-1', 'img-0'].flatMap((id) => [
        [id, guest],
        [id, friend],
      ]),
    );
    const own = await pagesOf(service, { region, limit });
    expect(own.flat()).toEqual(shares.filter((entry) => entry.region === region));
    expect(own.every((page) => page.length <= limit)).toBe(true);
  });

  it.each([1, 2, 3, 100])('lists the shares of a recipient by time, the latest first, with limit %i', async (limit) => {
    const service = await aService();
    const of = [0, 1, 2, 3, 4].map((index) =>
      anImageIn(fixture, {
        imageId: imageId(`img-${index}`),
        region: index % 2 === 0 ? region : otherRegion,
        createdAt: secondsFromNoon(-index),
      }),
    );
    await service.putImages(...of);
    for (const index of [3, 0, 4, 1, 2]) {
      await share(service, of[index] as Image, friend);
      await share(service, of[index] as Image, guest);
      service.passSeconds(1);
    }

    const shares = (await pagesOf(service, { recipient: friend, limit })).flat();
    expect(shares.map((entry) => entry.imageId)).toEqual(['img-2', 'img-1', 'img-4', 'img-0', 'img-3']);
    expect(shares.every(({ recipient }) => recipient === friend)).toBe(true);
  });

  it('lists images of the same time and ID in both regions once, wherever a page ends', async () => {
    const recipients = sharedWith(principals(3));
    const service = await (await aService()).putImages(
      { ...image, recipients },
      { ...image, region: otherRegion, recipients },
      anImageIn(fixture, { imageId: imageId('older'), createdAt: secondsFromNoon(-1), recipients }),
    );
    const whole = (await service.call(listShares, { limit: '100' })).shares.map(textOf);

    expect(new Set(whole).size).toBe(9);
    for (const limit of [1, 2, 4, 5]) {
      expect((await pagesOf(service, { limit })).flat().map(textOf)).toEqual(whole);
      expect((await pagesOf(service, { limit, imageId: image.imageId })).flat().map(textOf)).toEqual(
        (await service.call(listShares, { imageId: image.imageId })).shares.map(textOf),
      );
    }
  });

  it.each([{}, { recipient: friend }])('continues after its position while shares come and go: %j', async (filter) => {
    const service = await aService();
    const of = [0, 1, 2, 3].map((index) =>
      anImageIn(fixture, {
        imageId: imageId(`img-${index}`),
        createdAt: secondsFromNoon(-index - 10),
        recipients: sharedWith([friend]),
      }),
    );
    await service.putImages(...of);
    const change = async (page: number) => {
      if (page === 1) {
        await service.call(cancelImageShares, { region, imageId: 'img-0', all: 'true' });
        await service.call(cancelImageShares, { region, imageId: 'img-1', all: 'true' });
        await service.call(deleteImage, { region, imageId: 'img-1' });
        await service.putImages(
          anImageIn(fixture, { imageId: imageId('new'), createdAt: secondsFromNoon(5), recipients: sharedWith([friend]) }),
        );
      }
    };

    const pages = await pagesOf(service, { region, limit: 1, ...filter }, change);
    expect(pages.flat().map(({ imageId: id }) => id)).toEqual(['img-0', 'img-2', 'img-3']);
  });

  it('omits an entry without details, which fsck repairs', async () => {
    const service = await (await aService()).putImages({ ...image, recipients: sharedWith([friend, guest]) });
    await service.commit([{ do: 'remove-share', key: image, recipient: friend }]);

    expect((await service.call(listShares, { region })).shares.map(({ recipient }) => recipient)).toEqual([guest]);
  });
});

describe('listShares', () => {
  const [tencent, ucloud] = [fixtureOf('tencent'), fixtureOf('ucloud')];
  const recipients = sharedWith(principals(1));
  const inAccount = anImageIn(tencent, { imageId: imageId('of-account'), recipients });
  const inProject = anImageIn(ucloud, { imageId: imageId('of-project'), recipients });
  const inOtherProject = anImageIn(ucloud, {
    imageId: imageId('of-other'),
    owner: ucloud.principalOf('other'),
    recipients,
  });
  const listed = async (service: InMemoryService, options: CallOptions, fields = {}) =>
    (await service.call(listShares, fields, options)).shares.map(({ imageId: id }) => id).sort();
  const aFilledService = async () =>
    (await new InMemoryService().createAccounts('owner', 'other')).putImages(inAccount, inProject, inOtherProject);

  it('covers the account and its default project', async () => {
    expect(await listed(await aFilledService(), {})).toEqual(['of-account', 'of-project']);
  });

  it('covers only the project for a token that is limited to it', async () => {
    const service = await aFilledService();

    expect(await listed(service, { tokenProject: 'org-owner' })).toEqual(['of-project']);
    expect(await service.refusalOf(listShares, {}, { tokenProject: 'org-other' })).toMatchObject({ code: 'ProjectNotFound' });
    expect(await service.refusalOf(listShares, { region: tencent.region }, { tokenProject: 'org-owner' })).toMatchObject({
      code: 'Forbidden',
    });
  });

  it('covers the project that the request names, besides the account', async () => {
    const service = await aFilledService();

    expect(await listed(service, { project: 'org-owner' })).toEqual(['of-account', 'of-project']);
    expect(await service.refusalOf(listShares, {}, { project: 'org-other' })).toMatchObject({ code: 'ProjectNotFound' });
  });

  it('covers only the account if it has no project', async () => {
    const service = await aFilledService();
    await service.call(putAccount, { accountId: 'plain', name: 'Plain' }, { scopes: ['operator'] });
    await service.putImages({ ...inAccount, owner: tencent.principalOf('plain'), imageId: imageId('of-plain') });

    expect(await listed(service, { as: 'plain' })).toEqual(['of-plain']);
    expect(await service.refusalOf(listShares, { region: ucloud.region }, { as: 'plain' })).toMatchObject({
      code: 'ProjectNotFound',
    });
  });

  it.each([
    ['a closed account', 'closed', 'Forbidden'],
    ['an unknown account', 'nobody', 'AccountNotFound'],
  ])('refuses %s', async (_, as, code) => {
    const service = await new InMemoryService().createAccounts('closed');
    await service.close('closed');

    expect(await service.refusalOf(listShares, {}, { as })).toMatchObject({ code });
  });

  it.each([
    ['another filter', { unusedSince: secondsFromNoon(0).toISOString() }],
    ['another order', { recipient: 'h01' }],
    ['another region', { region: 'ap-guangzhou' }],
  ])('refuses a cursor with %s', async (_, fields) => {
    const service = await aFilledService();
    const { nextCursor: cursor } = await service.call(listShares, { limit: '1' });

    expect(cursor).toBeDefined();
    expect(await service.refusalOf(listShares, { ...fields, cursor })).toMatchObject({ code: 'InvalidRequest' });
    expect(await service.refusalOf(listShares, { cursor }, { as: 'other' })).toMatchObject({ code: 'InvalidRequest' });
  });

  /** A memory store that counts what is read. */
  class CountingStore extends MemoryStore {
    counts = { pages: 0, images: 0, shares: 0 };

    override async ownedImages(...args: Parameters<MemoryStore['ownedImages']>) {
      this.counts.pages += 1;
      return super.ownedImages(...args);
    }

    override async read(wanted: Parameters<MemoryStore['read']>[0]) {
      this.counts.images += wanted.images?.length ?? 0;
      return super.read(wanted);
    }

    override async shares(keys: readonly ShareKey[]) {
      this.counts.shares += keys.length;
      return super.shares(keys);
    }
  }

  const manyImages = (count: number, sharesEach: number) =>
    Array.from({ length: count }, (_, index) =>
      anImageIn(tencent, {
        imageId: imageId(`img-${String(index).padStart(4, '0')}`),
        createdAt: secondsFromNoon(-index),
        recipients: sharedWith(principals(sharesEach)),
      }),
    );

  it('reads for a page by image only what the page needs', async () => {
    const store = new CountingStore();
    const service = await (await new InMemoryService(store).createAccounts('owner')).putImages(...manyImages(100, 10));
    store.counts = { pages: 0, images: 0, shares: 0 };

    const { shares } = await service.call(listShares, { region: tencent.region });
    expect(shares).toHaveLength(25);
    expect(store.counts).toEqual({ pages: 1, images: 25, shares: 30 });
  });

  it('looks at about 1,000 images and shares to fill a page, and then returns a cursor', async () => {
    const store = new CountingStore();
    const service = await (await new InMemoryService(store).createAccounts('owner')).putImages(...manyImages(300, 10));
    store.counts = { pages: 0, images: 0, shares: 0 };
    const fields = { region: tencent.region, unusedSince: secondsFromNoon(-200).toISOString() };

    const page = await service.call(listShares, fields);
    expect(page).toEqual({ shares: [], nextCursor: expect.any(String) });
    expect(store.counts.images + store.counts.shares).toBeLessThanOrEqual(1_100);
    expect((await pagesOf(service, { ...fields, limit: 100 })).flat()).toHaveLength(99 * 10);
  });

  it('reads for a page by time all images of the caller, and the shares of the recipient', async () => {
    const store = new CountingStore();
    const service = await (await new InMemoryService(store).createAccounts('owner')).putImages(...manyImages(250, 10));
    store.counts = { pages: 0, images: 0, shares: 0 };

    await service.call(listShares, { region: tencent.region, recipient: 'h01' });
    expect(store.counts).toEqual({ pages: 3, images: 250, shares: 250 });
  });
});
