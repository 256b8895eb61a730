import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { changeImageShares } from '../../functions/change-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { listRecords } from '../../functions/list-records.ts';
import { shareImage } from '../../functions/share-image.ts';
import { ActionError } from '../../lib/model/error.ts';
import type { ImageKey, PrincipalId } from '../../lib/model/ids.ts';
import { sharesFor } from '../../lib/rules/share-items.ts';
import type { Store } from '../../lib/table/store.ts';
import { anImage, policyNamed, principal, principals, region, sharedWith } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { retryingCommits } from './retrying-commits.ts';
import { stores } from './stores.ts';

const outcomeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (failure) => (failure instanceof ActionError ? failure.code : String(failure)),
  );

const tally = (outcomes: readonly string[]) =>
  Object.fromEntries(
    [...new Set(outcomes)].sort().map((outcome) => [outcome, outcomes.filter((each) => each === outcome).length]),
  );

/** Creates a service with an image, its owner, and these other accounts. */
async function serviceWith(
  store: Store,
  image: ReturnType<typeof anImage>,
  accounts: readonly PrincipalId[],
): Promise<InMemoryService> {
  const service = new InMemoryService(retryingCommits(store));
  await service.createAccounts('owner', ...accounts);
  await service.commit([
    { do: 'create-image', image },
    { do: 'count', what: 'images', region: image.region, principal: image.owner, by: 1, atMost: 1 },
    ...sharesFor(image, image.recipients, { at: image.createdAt, actor: 'owner', recordId: 'record-of-setup' }).map(
      (share) => ({ do: 'put-share', share }) as const,
    ),
  ]);
  return service;
}

async function shareCount(service: InMemoryService, { region, imageId }: ImageKey): Promise<number> {
  const { used, shares } = await service.call(listImageShares, { region, imageId });
  expect(shares).toHaveLength(used);
  return used;
}

/** Reads all pages of a list. */
async function allPages<Page extends { readonly nextCursor?: string | undefined }>(
  read: (cursor: string | undefined) => Promise<Page>,
): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    pages.push(page);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return pages;
}

describe.each(stores)('%s: races', (_, make) => {
  it('accepts exactly one of 20 concurrent shares if the image has 49 recipients', async () => {
    const { store } = await make();
    const candidates = principals(20, 'late');
    const image = anImage({ recipients: sharedWith(principals(49)) });
    const service = await serviceWith(store, image, candidates);

    const outcomes = await Promise.all(
      candidates.map((recipient) => outcomeOf(service.call(shareImage, { ...image, recipients: [recipient] }))),
    );

    expect(tally(outcomes)).toEqual({ ShareCapExceeded: 19, done: 1 });
    expect(await shareCount(service, image)).toBe(50);
  });

  it('replaces 15 recipients in 15 concurrent calls, each one by another', async () => {
    const { store } = await make();
    const [old, fresh] = [principals(15), principals(15, 'new')];
    const image = anImage({ recipients: sharedWith(old) });
    const service = await serviceWith(store, image, fresh);

    const outcomes = await Promise.all(
      fresh.map((add, at) => outcomeOf(service.call(changeImageShares, { ...image, add: [add], remove: [old[at]] }))),
    );

    expect(tally(outcomes)).toEqual({ done: 15 });
    expect((await store.image(image))?.recipients).toEqual(sharedWith(fresh));
  });

  it('creates only one share for 20 identical calls, so one cancellation ends it', async () => {
    const { store } = await make();
    const image = anImage();
    const service = await serviceWith(store, image, [principal('h01')]);

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => outcomeOf(service.call(shareImage, { ...image, recipients: ['h01'] }))),
    );

    expect(tally(outcomes)).toEqual({ done: 20 });
    expect(await shareCount(service, image)).toBe(1);
    await service.call(cancelImageShares, { ...image, recipient: 'h01' });
    expect(await service.call(cancelImageShares, { ...image, recipient: 'h01' })).toMatchObject({
      cancelled: [],
      notShared: ['h01'],
      used: 0,
    });
  });

  it.each(['tencent', 'ucloud'])(
    'lets a deletion and concurrent shares succeed only in a consistent order, under %s',
    async (policyName) => {
      const { store } = await make();
      const policy = policyNamed(policyName);
      const isProject = policy.principalKind === 'project';
      const image = anImage(isProject ? { region: region('cn-bj2'), owner: principal('org-owner') } : {});
      const accounts = principals(12);
      const service = await serviceWith(store, image, accounts);
      const share = (id: PrincipalId) =>
        outcomeOf(service.call(shareImage, { ...image, recipients: [isProject ? `org-${id}` : id], acknowledgeRisk: true }));

      const startedBefore = accounts.slice(0, 4).map(share);
      const deletion = outcomeOf(service.call(deleteImage, { ...image }));
      const startedAfter = accounts.slice(4).map(share);
      const deletionOutcome = await deletion;
      const shareOutcomes = await Promise.all([...startedBefore, ...startedAfter]);

      const isDeleted = deletionOutcome === 'done';
      const { deletedAt, recipients = {} } = (await store.image(image)) ?? {};
      const shared = shareOutcomes.filter((outcome) => outcome === 'done');
      expect(deletedAt !== undefined).toBe(isDeleted);
      expect(await outcomeOf(service.call(listImageShares, { ...image }))).toBe(isDeleted ? 'ImageNotFound' : 'done');
      if (!isDeleted) {
        expect(deletionOutcome).toBe('ImageShared');
        expect(await shareCount(service, image)).toBe(shared.length);
      } else if (policy.deleteWhileShared === 'refuse') {
        expect(recipients).toEqual({});
        expect(shared).toEqual([]);
      } else {
        // The deletion withdraws the shares that succeeded before it. They stay in the item until the clean-up.
        expect(Object.keys(recipients)).toHaveLength(shared.length);
        expect(tally(shareOutcomes)).toEqual({
          ...(shared.length > 0 && { done: shared.length }),
          ...(shared.length < accounts.length && { ImageNotFound: accounts.length - shared.length }),
        });
      }
    },
  );

  it('creates exactly as many images concurrently as the quota allows', async () => {
    const { store } = await make();
    const service = await new InMemoryService(retryingCommits(store)).createAccounts('owner');
    const { imagesPerPrincipalMax } = policyNamed('ucloud');
    const makeImage = () => outcomeOf(service.call(importImage, { region: 'cn-bj2', name: 'image', sizeGiB: 1 }));
    await Promise.all(Array.from({ length: imagesPerPrincipalMax - 3 }, makeImage));

    const outcomes = await Promise.all(Array.from({ length: 10 }, makeImage));

    expect(tally(outcomes)).toEqual({ ImageQuotaExceeded: 7, done: 3 });
  });

  it('makes the change once and returns the same response for 20 calls with the same Idempotency-Key', async () => {
    const { store, settle } = await make();
    const image = anImage();
    const service = await serviceWith(store, image, [principal('h01')]);

    const responses = await Promise.all(
      Array.from({ length: 20 }, () => service.call(shareImage, { ...image, recipients: ['h01'] }, { key: 'once' })),
    );

    expect(new Set(responses.map((response) => JSON.stringify(response))).size).toBe(1);
    await settle();
    const pages = await allPages((cursor) => service.call(listRecords, { cursor }));
    expect(pages.flatMap(({ records }) => records)).toHaveLength(1);
    expect(
      await outcomeOf(service.call(shareImage, { ...image, recipients: ['h01'], acknowledgeRisk: true }, { key: 'once' })),
    ).toBe('IdempotencyKeyReused');
  });

  it("doesn't list an image that has been deleted or is no longer shared, even if the index lags", async () => {
    const { store } = await make();
    const service = await new InMemoryService(retryingCommits(store)).createAccounts('owner', 'h01');
    const [cancelled, deleted] = [
      await service.call(importImage, { region: 'ap-guangzhou', name: 'cancelled', sizeGiB: 1 }),
      await service.call(importImage, { region: 'ap-guangzhou', name: 'deleted', sizeGiB: 1 }),
    ];
    const isListed = async (name: string, as: string): Promise<boolean> => {
      const pages = await allPages((cursor) => service.call(listImages, { region: 'ap-guangzhou', limit: '5', cursor }, { as }));
      return pages.some(({ images }) => images.some((image) => image.name === name));
    };

    for (let round = 0; round < 5; round += 1) {
      await service.call(shareImage, { ...cancelled, recipients: ['h01'] });
      await service.call(cancelImageShares, { ...cancelled, recipient: 'h01' });
      expect(await isListed('cancelled', 'h01')).toBe(false);
    }
    await service.call(deleteImage, { ...deleted });
    expect(await isListed('deleted', 'owner')).toBe(false);
  });
});
