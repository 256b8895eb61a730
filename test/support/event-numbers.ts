/** Properties of image events under arbitrary sequences of changes, on any store. */
import fc from 'fast-check';
import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { closeAccount } from '../../functions/close-account.ts';
import { copyImage } from '../../functions/copy-image.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { ActionError } from '../../lib/model/error.ts';
import type { ImageEvent } from '../../lib/model/events.ts';
import { decode } from '../../lib/stream/decode.ts';
import { relay } from '../../lib/stream/relay.ts';
import type { Store } from '../../lib/table/store.ts';
import { type Place, places } from './builders.ts';
import { type Calling, InMemoryService } from './in-memory-service.ts';
import { imageWritesOf } from './item-changes.ts';

/** More recipients than one image can have under any policy here, including one that does not exist. */
const crowd = ['friend', 'guest', 'third', 'nobody'];
const known = ['owner', 'friend', 'guest', 'third'];

const some = fc.subarray(crowd);
const lasts = fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined });
const aDeed = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('share' as const), who: some, lasts }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('set' as const), who: some, lasts }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), who: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel-all' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), who: some }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('update' as const), name: fc.constantFrom('web', 'other') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('copy' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('save' as const), who: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), who: some }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('clean-up' as const) }) },
);

/** An operation, `pause` seconds after the previous one, possibly as a dry run or with a repeated idempotency key. */
const aTurn = fc.record({
  deed: aDeed,
  pause: fc.integer({ min: 0, max: 15 }),
  isDryRun: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  key: fc.option(fc.constantFrom('key-1', 'key-2'), { freq: 8, nil: undefined }),
});
const turns = fc.array(aTurn, { maxLength: 25 });

type Made<From> = From extends fc.Arbitrary<infer One> ? One : never;
type Turn = Made<typeof aTurn>;

type Callable = Parameters<InMemoryService['call']>[0];

/** An image, the images made from it, and the events of their changes. The relay follows the writes after every step. */
class Scene {
  readonly published: ImageEvent[] = [];
  readonly #service: InMemoryService;
  readonly #place: Place;
  readonly #writes: ReturnType<typeof imageWritesOf>;
  #at = { region: '', imageId: '' };

  constructor(place: Place, store: Store) {
    this.#place = place;
    this.#writes = imageWritesOf(store);
    this.#service = new InMemoryService(store);
  }

  async begin(): Promise<this> {
    await this.#service.know(...known);
    const { region } = this.#place;
    const { imageId } = await this.#service.call(importImage, { region, name: 'web', sizeGiB: 20 });
    this.#at = { region, imageId };
    await this.#follow();
    return this;
  }

  async take({ deed, pause, ...calling }: Turn): Promise<void> {
    this.#service.passSeconds(pause);
    await this.#do(deed, calling);
    await this.#follow();
  }

  async #follow(): Promise<void> {
    const publish = async (events: readonly ImageEvent[]) => void this.published.push(...events);
    for (const write of this.#writes.splice(0)) {
      await relay(decode(write), { ...this.#service.cleanUpDeps(), publish });
    }
  }

  async #do(deed: Turn['deed'], { key, isDryRun }: Pick<Turn, 'key' | 'isDryRun'>): Promise<void> {
    const names = 'who' in deed ? deed.who.map(this.#place.principalOf) : [];
    const [first = 'friend'] = 'who' in deed ? deed.who : [];
    const by = (as: string): Calling => ({ as, isDryRun, ...(key !== undefined && { key }) });
    const end = 'lasts' in deed && deed.lasts !== undefined ? this.#service.now().getTime() + deed.lasts * 1_000 : undefined;
    const shares = {
      ...this.#at,
      recipients: names,
      acknowledgeRisk: true,
      ...(end !== undefined && { expiresAt: new Date(end).toISOString() }),
    };
    switch (deed.do) {
      case 'share':
        return this.#try(shareImage, shares, by('owner'));
      case 'set':
        return this.#try(setImageShares, shares, by('owner'));
      case 'cancel':
        return this.#try(cancelImageShares, { ...this.#at, recipient: names }, by('owner'));
      case 'cancel-all':
        return this.#try(cancelImageShares, { ...this.#at, all: 'true' }, by('owner'));
      case 'leave':
        return this.#try(cancelImageShares, { ...this.#at, recipient: this.#place.principalOf(first) }, by(first));
      case 'update':
        return this.#try(updateImage, { ...this.#at, name: deed.name }, by('owner'));
      case 'copy':
        return this.#try(copyImage, { ...this.#at, destinationRegion: this.#place.elsewhere }, by('owner'));
      case 'save':
        return this.#try(saveSharedImage, this.#at, by(first));
      case 'delete':
        return this.#try(deleteImage, this.#at, by('owner'));
      case 'close':
        return this.#try(closeAccount, { accountId: first }, { ...by('operator'), scopes: ['operator'] });
      case 'clean-up':
        await this.#service.cleanUp();
    }
  }

  /** Calls an action. Refusals are ignored, including those of its schema. */
  async #try(action: Callable, fields: Readonly<Record<string, unknown>>, calling: Calling): Promise<void> {
    try {
      await this.#service.call(action, fields, calling);
    } catch (refusal) {
      if (!(refusal instanceof ActionError) && (refusal as Error).name !== 'ZodError') {
        throw refusal;
      }
    }
  }

  /** Returns the ids of every image's records, oldest first, from the owners' lists. */
  async records(): Promise<Map<string, string[]>> {
    const records = new Map<string, string[]>();
    for (const owner of known.map(this.#place.principalOf)) {
      const listed = (await this.#service.recordsOf(owner, this.#place.policy.principalKind)).filter(
        ({ id }) => !id.includes('.'),
      );
      for (const { region, imageId, id } of listed.toReversed()) {
        const name = `${region}/${imageId}`;
        records.set(name, [...(records.get(name) ?? []), id]);
      }
    }
    return records;
  }

  /** Returns the published ids by image, in order of their sequence numbers. Fails if the numbers are not 1, 2, 3, and so on. */
  history(): Map<string, string[]> {
    const byImage = Map.groupBy(this.published, ({ detail }) => `${detail.region}/${detail.imageId}`);
    return new Map(
      [...byImage].map(([image, events]) => {
        expect(events.map(({ detail }) => detail.sequence)).toEqual(events.map((_, at) => at + 1));
        return [image, events.map(({ detail }) => detail.id)];
      }),
    );
  }
}

// Within a millisecond, a list has no defined order of records; only their sequence numbers order them.
const sorted = (idsByImage: ReadonlyMap<string, readonly string[]>) =>
  new Map([...idsByImage].map(([image, ids]) => [image, [...ids].sort()]));

/** Tests that image changes on a store publish events numbered 1, 2, 3, and so on. */
export function describeEventNumbers(storeName: string, newStore: () => Promise<Store>, numRuns: number): void {
  describe.each(places)('events under $name', (place) => {
    it(`number the records of each image 1, 2, 3, and so on, without gaps or duplicates (${storeName})`, async () => {
      await fc.assert(
        fc.asyncProperty(turns, async (sequence) => {
          const scene = await new Scene(place, await newStore()).begin();
          for (const turn of sequence) {
            await scene.take(turn);
          }
          expect(sorted(scene.history())).toEqual(sorted(await scene.records()));
        }),
        { numRuns, seed: 20_261_122 },
      );
    });
  });
}
