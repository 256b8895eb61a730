import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { importImage } from '../../functions/import-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { Wanted } from '../../lib/table/store.ts';
import { anImageIn, policyFixtures, principals, sharedWith } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

/** A store whose batches are not snapshots: runs a callback after reading the idempotency record, before reading the rest. */
class TornReadStore extends InterruptibleStore {
  #between: (() => Promise<void>) | undefined;

  betweenReads(interruption: () => Promise<void>): void {
    this.#between = interruption;
  }

  override async read(wanted: Wanted) {
    const interruption = this.#between;
    if (interruption === undefined || wanted.idempotencyKey === undefined) {
      return super.read(wanted);
    }
    this.#between = undefined;
    const { idempotencyRecord } = await super.read({ idempotencyKey: wanted.idempotencyKey });
    await interruption();
    return { ...(await super.read(wanted)), idempotencyRecord };
  }
}

const day = 86_400;

describe.each(policyFixtures)('a call with an Idempotency-Key under $name', (fixture) => {
  const { region } = fixture;
  const [friend, guest] = [fixture.principalOf('friend'), fixture.principalOf('guest')];
  const image = anImageIn(fixture);
  const imageKey = { region, imageId: image.imageId };
  const request = { ...imageKey, recipients: [friend], acknowledgeRisk: true };
  const options = { key: 'key-1' };
  const aService = async (store = new InterruptibleStore(), recipients = {}) =>
    (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest')).putImages({ ...image, recipients });
  const records = (service: InMemoryService) => service.recordsOf(image.owner, fixture.policy.principalKind);

  describe('effects', () => {
    it('returns its first response again and leaves one record', async () => {
      const service = await aService();
      const first = await service.call(shareImage, request, options);
      service.passSeconds(60);

      expect(await service.call(shareImage, request, options)).toEqual(first);
      expect(await records(service)).toHaveLength(1);
    });

    it('creates one image, however often it is repeated', async () => {
      const service = await aService();
      const first = await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, options);

      expect(await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, options)).toEqual(first);
      expect((await service.contents()).filter((stored) => stored.of === 'image')).toHaveLength(2);
    });

    it('does not repeat a share that was cancelled since', async () => {
      const service = await aService();
      const first = await service.call(shareImage, request, options);
      await service.call(cancelImageShares, { ...imageKey, all: 'true' });

      expect(await service.call(shareImage, request, options)).toEqual(first);
      expect((await service.store.image(image))?.recipients).toEqual({});
    });

    it('records the response of a call that changed nothing', async () => {
      const service = await aService();
      await service.call(updateImage, { ...imageKey, name: image.name }, options);
      await service.call(updateImage, { ...imageKey, name: 'new' });

      expect(await service.call(updateImage, { ...imageKey, name: image.name }, options)).toMatchObject({ name: image.name });
      expect(await service.store.image(image)).toMatchObject({ name: 'new' });
    });

    it('is a new call without a key', async () => {
      const service = await aService();
      await service.call(importImage, { region, name: 'x', sizeGiB: 1 });
      await service.call(importImage, { region, name: 'x', sizeGiB: 1 });

      expect((await service.contents()).filter((stored) => stored.of === 'image')).toHaveLength(3);
    });

    it('is a new call 24 hours later, and not before', async () => {
      const service = await aService();
      const first = await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, options);

      service.passSeconds(day - 1);
      expect(await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, options)).toEqual(first);

      service.passSeconds(1);
      expect((await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, options)).imageId).not.toBe(first.imageId);
    });

    it("is independent of another caller's key of the same name", async () => {
      const service = await aService();
      const request = { region, name: 'x', sizeGiB: 1 };
      await service.call(importImage, request, options);

      expect(await service.call(importImage, request, { ...options, as: 'friend' })).toMatchObject({ owner: friend });
    });
  });

  describe('refusals', () => {
    it('is refused with IdempotencyKeyReused for another request', async () => {
      const service = await aService();
      await service.call(shareImage, request, options);

      expect(await service.refusalOf(shareImage, { ...request, recipients: [guest] }, options)).toMatchObject({
        code: 'IdempotencyKeyReused',
      });
    });

    it('is refused with IdempotencyKeyReused for another action', async () => {
      const service = await aService();
      await service.call(shareImage, request, options);

      expect(await service.refusalOf(cancelImageShares, { ...imageKey, recipient: friend }, options)).toMatchObject({
        code: 'IdempotencyKeyReused',
      });
    });

    it('can be repeated after a refusal, which is not recorded', async () => {
      const service = await aService(new InterruptibleStore(), sharedWith(principals(50)));
      expect(await service.refusalOf(shareImage, request, options)).toMatchObject({ code: 'ShareCapExceeded' });
      await service.call(cancelImageShares, { ...imageKey, recipient: 'h01' });

      expect(await service.call(shareImage, request, options)).toMatchObject({ used: 50 });
    });
  });

  it('identifies a request by its fields, in any order', async () => {
    const service = await aService(new InterruptibleStore());
    const fields = { region, name: 'x', sizeGiB: 1 };
    const first = await service.call(importImage, { ...fields, tags: { a: '1', b: '2' } }, options);

    expect(await service.call(importImage, { ...fields, tags: { b: '2', a: '1' } }, options)).toEqual(first);
  });

  describe('races', () => {
    it('returns the response of the same call that came first', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      const first: unknown[] = [];
      store.beforeNextCommit(async () => {
        first.push(await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, options));
      });

      expect([await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, options)]).toEqual(first);
    });

    it("returns the first response even if it reads the first call's changes but not yet its idempotency record", async () => {
      const store = new TornReadStore();
      const service = await aService(store, sharedWith(principals(49)));
      const first: unknown[] = [];
      const others = principals(50).slice(49);
      store.betweenReads(async () => {
        first.push(await service.call(shareImage, request, options));
        await service.call(cancelImageShares, { ...imageKey, recipient: friend });
        await service.commit([
          {
            do: 'change-image',
            key: image,
            owner: image.owner,
            expect: {},
            change: { entries: Object.fromEntries(others.map((recipient) => [recipient, 0])) },
          },
        ]);
      });

      expect([await service.call(shareImage, request, options)]).toEqual(first);
    });

    it('is refused with IdempotencyKeyReused when another request with the key came first', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.call(shareImage, { ...request, recipients: [guest] }, options));

      await expect(service.call(shareImage, request, options)).rejects.toMatchObject({ code: 'IdempotencyKeyReused' });
      expect((await service.store.image(image))?.recipients).toEqual({ [guest]: 0 });
    });
  });
});
