import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { closeAccount } from '../../functions/close-account.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { putAccount } from '../../functions/put-account.ts';
import { shareImage } from '../../functions/share-image.ts';
import { stopShares } from '../../functions/stop-shares.ts';
import { ActionError } from '../../lib/model/error.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import type { Image } from '../../lib/model/image.ts';
import type { Step } from '../../lib/model/plan.ts';
import { Contention } from '../../lib/table/store.ts';
import {
  anImageIn,
  fixtureOf,
  imageId,
  noonSeconds,
  policyFixtures,
  principal,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { type CallOptions, InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';

/** Returns the recipients of every image, by image. */
async function recipientsByImage(service: InMemoryService): Promise<Record<string, string[]>> {
  const stored = await service.contents();
  return Object.fromEntries(
    stored.flatMap((item) =>
      item.of === 'image' && item.image.deletedAt === undefined
        ? [[`${item.image.region} ${item.image.imageId}`, Object.keys(item.image.recipients).sort()]]
        : [],
    ),
  );
}

describe.each(policyFixtures)('stopShares under $name', (fixture) => {
  const { region, otherRegion } = fixture;
  const [friend, guest, owner] = [fixture.principalOf('friend'), fixture.principalOf('guest'), fixture.principalOf('owner')];
  const images = [
    anImageIn(fixture, { imageId: imageId('img-1'), recipients: sharedWith([friend, guest]) }),
    anImageIn(fixture, { imageId: imageId('img-2'), recipients: sharedWith([guest]) }),
    anImageIn(fixture, { region: otherRegion, imageId: imageId('img-3'), recipients: sharedWith([friend]) }),
    anImageIn(fixture, { imageId: imageId('of-guest'), owner: guest, recipients: sharedWith([friend]) }),
  ];
  const aService = async (store = new InterruptibleStore()) =>
    (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest')).putImages(...images);
  const stop = (service: InMemoryService, fields = {}, options: CallOptions = {}) =>
    service.call(stopShares, { recipient: friend, ...fields }, options);
  const [first, third] = [
    { region, imageId: 'img-1' },
    { region: otherRegion, imageId: 'img-3' },
  ];
  const untouched = {
    [`${region} img-2`]: [guest],
    [`${region} of-guest`]: [friend],
  };

  it('stops every share of the owner with the recipient, and no other', async () => {
    const service = await aService();
    const result = await stop(service);

    expect(result).toMatchObject({ recipient: friend, failed: [], complete: true });
    expect(result.stopped.map(({ imageId: id }) => id).sort()).toEqual(['img-1', 'img-3']);
    expect(await recipientsByImage(service)).toEqual({
      ...untouched,
      [`${region} img-1`]: [guest],
      [`${otherRegion} img-3`]: [],
    });
  });

  it('removes the details of the shares, and records each change for owner and recipient', async () => {
    const service = await aService();
    await stop(service, { regions: [region] });

    expect((await service.store.sharesOf(images[0] as Image)).map(({ recipient }) => recipient)).toEqual([guest]);
    const record = { action: 'CancelImageShares', ...first, recipients: [friend], requestId: 'request-1' };
    const kind = fixture.policy.principalKind;
    expect(await service.recordsOf(owner, kind)).toMatchObject([{ ...record, actor: 'owner' }]);
    expect(await service.recordsOf(friend, kind)).toMatchObject([record]);
    expect(await service.recordsOf(guest, kind)).toEqual([]);
  });

  it('covers only the given regions', async () => {
    const service = await aService();

    expect(await stop(service, { regions: [otherRegion, otherRegion] })).toMatchObject({ stopped: [third], complete: true });
    expect(await recipientsByImage(service)).toMatchObject({ [`${region} img-1`]: [friend, guest].sort() });
  });

  it('does nothing for a recipient without shares, even an unknown one', async () => {
    const service = await aService();
    const before = await service.contentsAndRecords();

    for (const recipient of ['nobody', owner]) {
      expect(await stop(service, { recipient })).toEqual({ recipient, stopped: [], failed: [], complete: true });
    }
    expect(await service.contentsAndRecords()).toEqual(before);
  });

  it('ignores a share that has expired', async () => {
    const service = await aService();
    await service.putImages(
      anImageIn(fixture, { imageId: imageId('expiring'), recipients: { [friend]: noonSeconds + 10, [guest]: 0 } }),
    );
    service.passSeconds(10);

    expect((await stop(service)).stopped.map(({ imageId: id }) => id).sort()).toEqual(['img-1', 'img-3']);
  });

  it('returns in a dry run what it would stop, and changes nothing', async () => {
    const service = await aService();
    const before = await service.contentsAndRecords();

    const forecast = await stop(service, {}, { isDryRun: true, key: 'k' });
    expect(await service.contentsAndRecords()).toEqual(before);
    expect(forecast).toEqual(await stop(service, {}, { key: 'k' }));
    expect(forecast.stopped).toHaveLength(2);
  });

  it('returns the same response to a repeated call, which stops nothing', async () => {
    const service = await aService();
    const response = await stop(service, {}, { key: 'k' });
    await service.call(shareImage, { ...first, recipients: [friend], acknowledgeRisk: true });
    const before = await service.contentsAndRecords();

    expect(await stop(service, {}, { key: 'k' })).toEqual(response);
    expect(await service.contentsAndRecords()).toEqual(before);
    expect(await service.refusalOf(stopShares, { recipient: guest }, { key: 'k' })).toMatchObject({
      code: 'IdempotencyKeyReused',
    });
  });

  it('leaves alone an image that stops being shared with the recipient, or is deleted, during the call', async () => {
    const store = new InterruptibleStore();
    const service = await aService(store);
    store.beforeNextCommit(() => service.call(cancelImageShares, { ...first, recipient: [friend] }));
    store.beforeNextCommit(async () => {
      await service.call(cancelImageShares, { ...third, recipient: [friend] });
      await service.call(deleteImage, third);
    });

    expect(await stop(service)).toEqual({ recipient: friend, stopped: [], failed: [], complete: true });
    expect(await recipientsByImage(service)).toEqual({ ...untouched, [`${region} img-1`]: [guest] });
  });

  it('stops an image that is shared with the recipient only during the call', async () => {
    const store = new InterruptibleStore();
    const service = await aService(store);
    store.beforeNextCommit(() =>
      service.call(shareImage, { region, imageId: 'img-2', recipients: [friend], acknowledgeRisk: true }),
    );

    expect((await stop(service)).stopped.map(({ imageId: id }) => id).sort()).toEqual(['img-1', 'img-2', 'img-3']);
    expect(await recipientsByImage(service)).toMatchObject({ [`${region} img-2`]: [guest] });
  });
});

describe('stopShares', () => {
  const tencent = fixtureOf('tencent');
  const ucloud = fixtureOf('ucloud');

  it('stops sharing with a closed account', async () => {
    const store = new MemoryStore();
    const service = await new InMemoryService(store).createAccounts('owner');
    await service.call(putAccount, { accountId: 'gone', name: 'Gone' }, { scopes: ['operator'] });
    const image = anImageIn(tencent, { recipients: sharedWith([principal('gone')]) });
    await service.call(closeAccount, { accountId: 'gone' }, { scopes: ['operator'] });
    await service.putImages(image);

    expect(await service.call(stopShares, { recipient: 'gone' })).toMatchObject({ stopped: [{ imageId: image.imageId }] });
  });

  it('stops only shares of the project for a token that is limited to it', async () => {
    const recipients = sharedWith([principal('friend')]);
    const service = await (await new InMemoryService().createAccounts('owner')).putImages(
      anImageIn(tencent, { recipients }),
      anImageIn(ucloud, { recipients }),
    );
    const limited = { tokenProject: 'org-owner' };

    expect(
      await service.refusalOf(stopShares, { recipient: 'friend', regions: [ucloud.region, tencent.region] }, limited),
    ).toMatchObject({ code: 'Forbidden' });
    expect((await service.call(stopShares, { recipient: 'friend' }, limited)).stopped).toMatchObject([{ region: ucloud.region }]);
  });

  it('refuses an unknown region with RegionNotFound', async () => {
    const service = await new InMemoryService().createAccounts('owner');

    expect(await service.refusalOf(stopShares, { recipient: 'friend', regions: ['mars'] })).toMatchObject({
      code: 'RegionNotFound',
    });
  });
});

/** A memory store that counts requests, and in which commits can fail. */
class CountingStore extends MemoryStore {
  counts = { lists: 0, imagesRead: 0, otherReads: 0, commits: 0 };
  beforeCommit: (steps: readonly Step[]) => Promise<void> = async () => {};

  override async ownedImages(...args: Parameters<MemoryStore['ownedImages']>) {
    this.counts.lists += 1;
    return super.ownedImages(...args);
  }

  override async read(wanted: Parameters<MemoryStore['read']>[0]) {
    const images = wanted.images?.length ?? 0;
    this.counts.imagesRead += images;
    this.counts.otherReads += images === 0 ? 1 : 0;
    return super.read(wanted);
  }

  override async commit(steps: readonly Step[]) {
    this.counts.commits += 1;
    await this.beforeCommit(steps);
    return super.commit(steps);
  }
}

describe('offboarding a recipient with 500 images', () => {
  const fixture = fixtureOf('tencent');
  const { region } = fixture;
  const [leaver, colleague] = [principal('leaver'), principal('colleague')];
  const imagesCount = 500;
  const ids = Array.from({ length: imagesCount }, (_, index) => imageId(`img-${String(index).padStart(4, '0')}`));

  const aService = async () => {
    const store = new CountingStore();
    const service = await new InMemoryService(store).createAccounts('owner', 'leaver', 'colleague', 'newcomer');
    await service.putImages(
      ...ids.map((id, index) =>
        anImageIn(fixture, {
          imageId: id,
          createdAt: secondsFromNoon(-index),
          recipients: sharedWith(index % 2 === 0 ? [leaver, colleague] : [leaver]),
        }),
      ),
      anImageIn(fixture, { imageId: imageId('unrelated'), recipients: sharedWith([colleague]) }),
    );
    store.counts = { lists: 0, imagesRead: 0, otherReads: 0, commits: 0 };
    return { store, service };
  };
  const expected = (extra: readonly PrincipalId[] = []) =>
    Object.fromEntries([
      ...ids.map((id, index) => [`${region} ${id}`, [...(index % 2 === 0 ? [colleague] : []), ...extra].sort()]),
      [`${region} unrelated`, [colleague]],
    ]);
  const request = { recipient: leaver, regions: [region] };

  it('takes one transaction per image, and two rounds of reads', async () => {
    const { store, service } = await aService();
    const { stopped, ...rest } = await service.call(stopShares, request);

    expect(rest).toEqual({ recipient: leaver, failed: [], complete: true });
    expect(stopped.map(({ imageId: id }) => id)).toEqual(ids);
    expect(await recipientsByImage(service)).toEqual(expected());
    // Two rounds, each with 501 images on six pages of the index. The other read is that of the account.
    expect(store.counts).toEqual({ lists: 12, imagesRead: 1_002, otherReads: 1, commits: imagesCount });
  });

  it('leaves nothing of the recipient, and everything of others, while owners share and stop sharing', async () => {
    const { store, service } = await aService();
    const others = ids.values();
    store.beforeCommit = async (steps) => {
      const isOfCall = steps.some((step) => step.do === 'remove-share' && step.recipient === leaver);
      const id = isOfCall ? others.next().value : undefined;
      if (id !== undefined) {
        await service.call(shareImage, { region, imageId: id, recipients: ['newcomer'] });
      }
    };

    expect(await service.call(stopShares, request)).toMatchObject({ failed: [], complete: true });
    expect(await recipientsByImage(service)).toEqual(expected([principal('newcomer')]));
  });

  it.each([0, 1, 250, 499])('ends the same if it is killed after %i images and repeated', async (commitsMax) => {
    const { store, service } = await aService();
    store.beforeCommit = async () => {
      if (store.counts.commits > commitsMax) {
        throw new Error('killed');
      }
    };
    await expect(service.call(stopShares, request, { key: 'k' })).rejects.toThrow('killed');
    expect(Object.values(await recipientsByImage(service)).filter((names) => names.includes(leaver))).toHaveLength(
      imagesCount - commitsMax,
    );

    store.beforeCommit = async () => {};
    const repeated = await service.call(stopShares, request, { key: 'k' });
    expect(repeated.stopped).toHaveLength(imagesCount - commitsMax);
    expect(await recipientsByImage(service)).toEqual(expected());
    expect(await service.call(stopShares, request, { key: 'k' })).toEqual(repeated);
  });

  it('returns the images that fail, changes all others, and can be repeated with the same key', async () => {
    const { store, service } = await aService();
    store.beforeCommit = async (steps) => {
      const step = steps.find((candidate) => candidate.do === 'change-image');
      if (step?.key.imageId === ids[7]) {
        throw new ActionError('Unavailable', { detail: 'The table is gone.' });
      }
    };
    const first = await service.call(stopShares, request, { key: 'k' });

    expect(first).toMatchObject({
      failed: [{ region, imageId: ids[7], code: 'Unavailable', detail: 'The table is gone.' }],
      complete: true,
    });
    expect(first.stopped).toHaveLength(imagesCount - 1);
    store.beforeCommit = async () => {};
    expect(await service.call(stopShares, request, { key: 'k' })).toMatchObject({
      stopped: [{ imageId: ids[7] }],
      failed: [],
      complete: true,
    });
    expect(await recipientsByImage(service)).toEqual(expected());
  });

  it('tries an image again while the table is busy', async () => {
    const { store, service } = await aService();
    let conflicts = 0;
    store.beforeCommit = async () => {
      conflicts += 1;
      if (conflicts % 3 === 0) {
        throw new Contention('busy');
      }
    };
    const budget = { remainingMs: () => 20_000, wait: async () => {}, random: () => 0.5 };

    expect(await service.call(stopShares, request, { budget })).toMatchObject({ failed: [], complete: true });
    expect(await recipientsByImage(service)).toEqual(expected());
  });

  it('ends in time and says that something is left', async () => {
    const { store, service } = await aService();
    const budget = { remainingMs: () => (store.counts.commits < 100 ? 20_000 : 4_000), wait: async () => {}, random: () => 0.5 };
    const first = await service.call(stopShares, request, { key: 'k', budget });

    expect(first).toMatchObject({ failed: [], complete: false });
    expect(first.stopped.length).toBeLessThan(120);
    const second = await service.call(stopShares, request, { key: 'k' });
    expect(second).toMatchObject({ failed: [], complete: true });
    expect(first.stopped.length + second.stopped.length).toBe(imagesCount);
  });

  it('stops 1,000 images per call at most', async () => {
    const { service } = await aService();
    const more = (count: number, of: string) =>
      Array.from({ length: count }, (_, index) =>
        anImageIn(fixture, {
          region: fixture.otherRegion,
          imageId: imageId(`${of}-${index}`),
          recipients: sharedWith([leaver]),
        }),
      );
    await service.putImages(...more(510, 'other'));
    const all = { recipient: leaver };
    const budget = { remainingMs: () => 20_000, wait: async () => {}, random: () => 0.5 };

    expect((await service.call(stopShares, all, { isDryRun: true, budget })).complete).toBe(false);
    const first = await service.call(stopShares, all, { budget });
    expect([first.stopped.length, first.complete]).toEqual([1_000, false]);
    const second = await service.call(stopShares, all, { budget });
    expect([second.stopped.length, second.complete]).toEqual([10, true]);
  });
});
