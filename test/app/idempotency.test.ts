import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { importImage } from '../../functions/import-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { Wanted } from '../../lib/table/store.ts';
import { anImageIn, heldBy, places, principals } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

/** A store whose batches are not snapshots: runs a callback after reading the idempotency record, before reading the rest. */
class TornStore extends InterruptedStore {
  #between: (() => Promise<void>) | undefined;

  betweenReads(between: () => Promise<void>): void {
    this.#between = between;
  }

  override async read(wanted: Wanted) {
    const between = this.#between;
    if (between === undefined || wanted.idempotencyKey === undefined) {
      return super.read(wanted);
    }
    this.#between = undefined;
    const { idempotencyRecord } = await super.read({ idempotencyKey: wanted.idempotencyKey });
    await between();
    return { ...(await super.read(wanted)), idempotencyRecord };
  }
}

const day = 86_400;

describe.each(places)('a call with an Idempotency-Key under $name', (place) => {
  const { region } = place;
  const [friend, guest] = [place.principalOf('friend'), place.principalOf('guest')];
  const image = anImageIn(place);
  const at = { region, imageId: image.imageId };
  const request = { ...at, recipients: [friend], acknowledgeRisk: true };
  const keyed = { key: 'key-1' };
  const aService = async (store = new InterruptedStore(), recipients = {}) =>
    (await new InMemoryService(store).know('owner', 'friend', 'guest')).put({ ...image, recipients });
  const records = (service: InMemoryService) => service.recordsOf(image.owner, place.policy.principalKind);

  describe('effects', () => {
    it('returns its first response again and leaves one record', async () => {
      const service = await aService();
      const first = await service.call(shareImage, request, keyed);
      service.passSeconds(60);

      expect(await service.call(shareImage, request, keyed)).toEqual(first);
      expect(await records(service)).toHaveLength(1);
    });

    it('creates one image, however often it is repeated', async () => {
      const service = await aService();
      const first = await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, keyed);

      expect(await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, keyed)).toEqual(first);
      expect((await service.contents()).filter((stored) => stored.of === 'image')).toHaveLength(2);
    });

    it('does not repeat a share that was cancelled since', async () => {
      const service = await aService();
      const first = await service.call(shareImage, request, keyed);
      await service.call(cancelImageShares, { ...at, all: 'true' });

      expect(await service.call(shareImage, request, keyed)).toEqual(first);
      expect((await service.store.image(image))?.recipients).toEqual({});
    });

    it('records the response of a call that changed nothing', async () => {
      const service = await aService();
      await service.call(updateImage, { ...at, name: image.name }, keyed);
      await service.call(updateImage, { ...at, name: 'new' });

      expect(await service.call(updateImage, { ...at, name: image.name }, keyed)).toMatchObject({ name: image.name });
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
      const first = await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, keyed);

      service.passSeconds(day - 1);
      expect(await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, keyed)).toEqual(first);

      service.passSeconds(1);
      expect((await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, keyed)).imageId).not.toBe(first.imageId);
    });

    it("is independent of another caller's key of the same name", async () => {
      const service = await aService();
      const request = { region, name: 'x', sizeGiB: 1 };
      await service.call(importImage, request, keyed);

      expect(await service.call(importImage, request, { ...keyed, as: 'friend' })).toMatchObject({ owner: friend });
    });
  });

  describe('refusals', () => {
    it('is refused with IdempotencyKeyReused for another request', async () => {
      const service = await aService();
      await service.call(shareImage, request, keyed);

      expect(await service.refusalOf(shareImage, { ...request, recipients: [guest] }, keyed)).toMatchObject({
        code: 'IdempotencyKeyReused',
      });
    });

    it('is refused with IdempotencyKeyReused for another action', async () => {
      const service = await aService();
      await service.call(shareImage, request, keyed);

      expect(await service.refusalOf(cancelImageShares, { ...at, recipient: friend }, keyed)).toMatchObject({
        code: 'IdempotencyKeyReused',
      });
    });

    it('can be repeated after a refusal, which is not recorded', async () => {
      const service = await aService(new InterruptedStore(), heldBy(principals(50)));
      expect(await service.refusalOf(shareImage, request, keyed)).toMatchObject({ code: 'ShareCapExceeded' });
      await service.call(cancelImageShares, { ...at, recipient: 'h01' });

      expect(await service.call(shareImage, request, keyed)).toMatchObject({ used: 50 });
    });
  });

  it('identifies a request by its fields, in any order', async () => {
    const service = await aService(new InterruptedStore());
    const named = { region, name: 'x', sizeGiB: 1 };
    const first = await service.call(importImage, { ...named, tags: { a: '1', b: '2' } }, keyed);

    expect(await service.call(importImage, { ...named, tags: { b: '2', a: '1' } }, keyed)).toEqual(first);
  });

  describe('races', () => {
    it('returns the response of the same call that came first', async () => {
      const store = new InterruptedStore();
      const service = await aService(store);
      const first: unknown[] = [];
      store.beforeNextCommit(async () => {
        first.push(await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, keyed));
      });

      expect([await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, keyed)]).toEqual(first);
    });

    it("returns the first response even if it reads the first call's changes but not yet its idempotency record", async () => {
      const store = new TornStore();
      const service = await aService(store, heldBy(principals(49)));
      const first: unknown[] = [];
      const others = principals(50).slice(49);
      store.betweenReads(async () => {
        first.push(await service.call(shareImage, request, keyed));
        await service.call(cancelImageShares, { ...at, recipient: friend });
        await service.commit([
          {
            do: 'change-image',
            key: image,
            owner: image.owner,
            expect: {},
            change: { entries: Object.fromEntries(others.map((one) => [one, 0])) },
          },
        ]);
      });

      expect([await service.call(shareImage, request, keyed)]).toEqual(first);
    });

    it('is refused with IdempotencyKeyReused when another request with the key came first', async () => {
      const store = new InterruptedStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.call(shareImage, { ...request, recipients: [guest] }, keyed));

      await expect(service.call(shareImage, request, keyed)).rejects.toMatchObject({ code: 'IdempotencyKeyReused' });
      expect((await service.store.image(image))?.recipients).toEqual({ [guest]: 0 });
    });
  });
});
