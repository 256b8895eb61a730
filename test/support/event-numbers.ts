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
import { type PolicyFixture, policyFixtures } from './builders.ts';
import { type CallOptions, InMemoryService } from './in-memory-service.ts';
import { imageWritesOf } from './item-changes.ts';

/** Recipients, fewer than any policy's cap, including one that does not exist. */
const recipientNames = ['friend', 'guest', 'third', 'nobody'];
const accountNames = ['owner', 'friend', 'guest', 'third'];

const someRecipients = fc.subarray(recipientNames);
const durationSeconds = fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined });
const anOperation = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('share' as const), recipients: someRecipients, durationSeconds }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('set' as const), recipients: someRecipients, durationSeconds }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), recipients: someRecipients }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel-all' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), recipients: someRecipients }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('update' as const), name: fc.constantFrom('web', 'other') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('copy' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('save' as const), recipients: someRecipients }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), recipients: someRecipients }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('clean-up' as const) }) },
);

/** An operation, `pauseSeconds` after the previous one, possibly as a dry run or with a repeated idempotency key. */
const aStep = fc.record({
  operation: anOperation,
  pauseSeconds: fc.integer({ min: 0, max: 15 }),
  isDryRun: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  key: fc.option(fc.constantFrom('key-1', 'key-2'), { freq: 8, nil: undefined }),
});
const stepSequences = fc.array(aStep, { maxLength: 25 });

type Generated<From> = From extends fc.Arbitrary<infer One> ? One : never;
type Step = Generated<typeof aStep>;

type Callable = Parameters<InMemoryService['call']>[0];

/** An image, the images made from it, and the events of their changes. The relay follows the writes after every step. */
class Scene {
  readonly published: ImageEvent[] = [];
  readonly #service: InMemoryService;
  readonly #fixture: PolicyFixture;
  readonly #writes: ReturnType<typeof imageWritesOf>;
  #key = { region: '', imageId: '' };

  constructor(fixture: PolicyFixture, store: Store) {
    this.#fixture = fixture;
    this.#writes = imageWritesOf(store);
    this.#service = new InMemoryService(store);
  }

  async start(): Promise<this> {
    await this.#service.createAccounts(...accountNames);
    const { region } = this.#fixture;
    const { imageId } = await this.#service.call(importImage, { region, name: 'web', sizeGiB: 20 });
    this.#key = { region, imageId };
    await this.#relayWrites();
    return this;
  }

  async run({ operation, pauseSeconds, ...options }: Step): Promise<void> {
    this.#service.passSeconds(pauseSeconds);
    await this.#perform(operation, options);
    await this.#relayWrites();
  }

  async #relayWrites(): Promise<void> {
    const publish = async (events: readonly ImageEvent[]) => void this.published.push(...events);
    for (const write of this.#writes.splice(0)) {
      await relay(decode(write), { ...this.#service.cleanUpDeps(), publish });
    }
  }

  async #perform(operation: Step['operation'], { key, isDryRun }: Pick<Step, 'key' | 'isDryRun'>): Promise<void> {
    const names = 'recipients' in operation ? operation.recipients.map(this.#fixture.principalOf) : [];
    const [first = 'friend'] = 'recipients' in operation ? operation.recipients : [];
    const optionsFor = (as: string): CallOptions => ({ as, isDryRun, ...(key !== undefined && { key }) });
    const endMs =
      'durationSeconds' in operation && operation.durationSeconds !== undefined
        ? this.#service.now().getTime() + operation.durationSeconds * 1_000
        : undefined;
    const shares = {
      ...this.#key,
      recipients: names,
      acknowledgeRisk: true,
      ...(endMs !== undefined && { expiresAt: new Date(endMs).toISOString() }),
    };
    switch (operation.do) {
      case 'share':
        return this.#try(shareImage, shares, optionsFor('owner'));
      case 'set':
        return this.#try(setImageShares, shares, optionsFor('owner'));
      case 'cancel':
        return this.#try(cancelImageShares, { ...this.#key, recipient: names }, optionsFor('owner'));
      case 'cancel-all':
        return this.#try(cancelImageShares, { ...this.#key, all: 'true' }, optionsFor('owner'));
      case 'leave':
        return this.#try(cancelImageShares, { ...this.#key, recipient: this.#fixture.principalOf(first) }, optionsFor(first));
      case 'update':
        return this.#try(updateImage, { ...this.#key, name: operation.name }, optionsFor('owner'));
      case 'copy':
        return this.#try(copyImage, { ...this.#key, destinationRegion: this.#fixture.otherRegion }, optionsFor('owner'));
      case 'save':
        return this.#try(saveSharedImage, this.#key, optionsFor(first));
      case 'delete':
        return this.#try(deleteImage, this.#key, optionsFor('owner'));
      case 'close':
        return this.#try(closeAccount, { accountId: first }, { ...optionsFor('operator'), scopes: ['operator'] });
      case 'clean-up':
        await this.#service.cleanUp();
    }
  }

  /** Calls an action. Refusals are ignored, including those of its schema. */
  async #try(action: Callable, fields: Readonly<Record<string, unknown>>, options: CallOptions): Promise<void> {
    try {
      await this.#service.call(action, fields, options);
    } catch (error) {
      if (!(error instanceof ActionError) && (error as Error).name !== 'ZodError') {
        throw error;
      }
    }
  }

  /** Returns the ids of every image's records, oldest first, from the owners' lists. */
  async records(): Promise<Map<string, string[]>> {
    const records = new Map<string, string[]>();
    for (const owner of accountNames.map(this.#fixture.principalOf)) {
      const ownerRecords = (await this.#service.recordsOf(owner, this.#fixture.policy.principalKind)).filter(
        ({ id }) => !id.includes('.'),
      );
      for (const { region, imageId, id } of ownerRecords.toReversed()) {
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
        expect(events.map(({ detail }) => detail.sequence)).toEqual(events.map((_, index) => index + 1));
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
  describe.each(policyFixtures)('events under $name', (fixture) => {
    it(`number the records of each image 1, 2, 3, and so on, without gaps or duplicates (${storeName})`, async () => {
      await fc.assert(
        fc.asyncProperty(stepSequences, async (sequence) => {
          const scene = await new Scene(fixture, await newStore()).start();
          for (const step of sequence) {
            await scene.run(step);
          }
          expect(sorted(scene.history())).toEqual(sorted(await scene.records()));
        }),
        { numRuns, seed: 20_261_122 },
      );
    });
  });
}
