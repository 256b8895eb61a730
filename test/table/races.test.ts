import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { listRecords } from '../../functions/list-records.ts';
import { shareImage } from '../../functions/share-image.ts';
import { ActionError } from '../../lib/model/error.ts';
import type { ImageKey, PrincipalId } from '../../lib/model/ids.ts';
import type { Store } from '../../lib/table/store.ts';
import { anImage, policyNamed, principal, principals, sharedWith } from '../support/builders.ts';
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
    [...new Set(outcomes)].sort().map((outcome) => [outcome, outcomes.filter((entry) => entry === outcome).length]),
  );

/** Creates a service with an image, its owner, and the given accounts. */
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
    ...Object.keys(image.recipients).map(
      (name) =>
        ({
          do: 'put-share',
          share: { ...image, recipient: principal(name), sharedAt: image.createdAt, sharedBy: 'owner', recordId: 'before' },
        }) as const,
    ),
  ]);
  return service;
}

async function shareCount(service: InMemoryService, { region, imageId }: ImageKey): Promise<number> {
  const { used, shares } = await service.call(listImageShares, { region, imageId });
  expect(shares).toHaveLength(used);
  return used;
}

describe.each(stores)('%s: races', (_, make) => {
  it('accepts exactly one of 20 concurrent calls for the last recipient below the cap', async () => {
    const { store } = await make();
    const lateRecipients = principals(20, 'late');
    const image = anImage({ recipients: sharedWith(principals(49)) });
    const service = await serviceWith(store, image, lateRecipients);

    const outcomes = await Promise.all(
      lateRecipients.map((recipient) => outcomeOf(service.call(shareImage, { ...image, recipients: [recipient] }))),
    );

    expect(tally(outcomes)).toEqual({ ShareCapExceeded: 19, done: 1 });
    expect(await shareCount(service, image)).toBe(50);
  });

  it('creates one share for 20 identical calls, which one cancel stops', async () => {
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

  it.each(['tencent', 'ucloud'])('lets either a deletion or shares win under %s, never both', async (policy) => {
    const { store } = await make();
    const isProject = policyNamed(policy).principalKind === 'project';
    const image = anImage(isProject ? { region: 'cn-bj2' as never, owner: principal('org-owner') } : {});
    const accounts = principals(12);
    const service = await serviceWith(store, image, accounts);
    const share = (id: PrincipalId) =>
      outcomeOf(service.call(shareImage, { ...image, recipients: [isProject ? `org-${id}` : id], acknowledgeRisk: true }));

    const calls = [
      ...accounts.slice(0, 4).map(share),
      outcomeOf(service.call(deleteImage, { ...image })),
      ...accounts.slice(4).map(share),
    ];
    const outcomes = await Promise.all(calls);
    const deletion = outcomes[4];

    const { deletedAt, recipients = {} } = (await store.image(image)) ?? {};
    expect(deletedAt === undefined).toBe(deletion !== 'done');
    if (deletion === 'done' && !isProject) {
      expect(recipients).toEqual({});
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    } else if (deletion !== 'done') {
      expect(deletion).toBe('ImageShared');
      expect(await shareCount(service, image)).toBe(outcomes.filter((outcome) => outcome === 'done').length);
    }
    const after = await outcomeOf(service.call(listImageShares, { ...image }));
    expect(after).toBe(deletion === 'done' ? 'ImageNotFound' : 'done');
  });

  it('creates exactly as many images concurrently as the quota allows', async () => {
    const { store } = await make();
    const service = await new InMemoryService(retryingCommits(store)).createAccounts('owner');
    const { imagesPerPrincipalMax } = policyNamed('ucloud');
    const createImage = () => outcomeOf(service.call(importImage, { region: 'cn-bj2', name: 'image', sizeGiB: 1 }));
    await Promise.all(Array.from({ length: imagesPerPrincipalMax - 3 }, createImage));

    const outcomes = await Promise.all(Array.from({ length: 10 }, createImage));

    expect(tally(outcomes)).toEqual({ ImageQuotaExceeded: 7, done: 3 });
  });

  it('has one effect, one record, and one response for 20 calls with one Idempotency-Key', async () => {
    const { store, settle } = await make();
    const image = anImage();
    const service = await serviceWith(store, image, [principal('h01')]);

    const responses = await Promise.all(
      Array.from({ length: 20 }, () => service.call(shareImage, { ...image, recipients: ['h01'] }, { key: 'once' })),
    );

    expect(new Set(responses.map((response) => JSON.stringify(response))).size).toBe(1);
    await settle();
    const records = [];
    for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
      const page = await service.call(listRecords, { cursor });
      records.push(...page.records);
      cursor = page.nextCursor;
    }
    expect(records).toHaveLength(1);
    expect(
      await outcomeOf(service.call(shareImage, { ...image, recipients: ['h01'], acknowledgeRisk: true }, { key: 'once' })),
    ).toBe('IdempotencyKeyReused');
  });

  it('never lists an image after the response to its cancel or deletion, regardless of index lag', async () => {
    const { store } = await make();
    const service = await new InMemoryService(retryingCommits(store)).createAccounts('owner', 'h01');
    const [cancelled, deletion] = [
      await service.call(importImage, { region: 'ap-guangzhou', name: 'cancelled', sizeGiB: 1 }),
      await service.call(importImage, { region: 'ap-guangzhou', name: 'deleted', sizeGiB: 1 }),
    ];
    const isListed = async (name: string, as: string): Promise<boolean> => {
      for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
        const page = await service.call(listImages, { region: 'ap-guangzhou', limit: '5', cursor }, { as });
        if (page.images.some((image) => image.name === name)) {
          return true;
        }
        cursor = page.nextCursor;
      }
      return false;
    };

    for (let round = 0; round < 5; round += 1) {
      await service.call(shareImage, { ...cancelled, recipients: ['h01'] });
      await service.call(cancelImageShares, { ...cancelled, recipient: 'h01' });
      expect(await isListed('cancelled', 'h01')).toBe(false);
    }
    await service.call(deleteImage, { ...deletion });
    expect(await isListed('deleted', 'owner')).toBe(false);
  });
});
