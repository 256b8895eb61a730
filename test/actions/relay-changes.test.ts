import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { importImage } from '../../functions/import-image.ts';
import { relayChanges } from '../../functions/relay-changes.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { ImageEvent } from '../../lib/model/events.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import type { ChangeRecord } from '../../lib/model/record.ts';
import { decode, type ItemChange } from '../../lib/stream/decode.ts';
import { type Publish, type RelayDeps, relay as relayChange } from '../../lib/stream/relay.ts';
import type { Item } from '../../lib/table/item.ts';
import { accountItem } from '../../lib/table/items/account.ts';
import { projectItem } from '../../lib/table/items/project.ts';
import { recordItem } from '../../lib/table/items/record.ts';
import { shareItem } from '../../lib/table/items/share.ts';
import { anImageIn, aShare, heldBy, noon, places, principal, secondsFromNoon } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { imageWritesOf, imageWritten, streamed } from '../support/item-changes.ts';

/** Returns the dependencies of a relay, with a publisher that collects its events. */
function relayingIn(service: InMemoryService): { relaying: RelayDeps; published: ImageEvent[] } {
  const published: ImageEvent[] = [];
  const publish: Publish = async (events) => void published.push(...events);
  return { relaying: { ...service.cleanUpDeps(), publish }, published };
}

const relay = (change: ItemChange, relaying: RelayDeps) => relayChange(decode(change), relaying);

const written = (item: Item): ItemChange => ({ after: streamed(item), isNew: true });

describe.each(places)('relay under $name', (place) => {
  const { principalKind } = place.policy;
  const [owner, friend, guest] = [place.principalOf('owner'), place.principalOf('friend'), place.principalOf('guest')];
  const image = anImageIn(place, { recipients: heldBy([friend, guest]) });
  const aService = async () => (await new InMemoryService().know('owner')).put(image);
  const closedItem = (id: PrincipalId) =>
    principalKind === 'account'
      ? accountItem({ accountId: id, name: 'f', state: 'closed', createdAt: noon, openProjects: 0 })
      : projectItem({ projectId: id, account: principal('friend'), name: 'f', state: 'closed', createdAt: noon });
  const record: ChangeRecord = {
    id: 'record-9',
    at: noon,
    actor: 'owner',
    from: '192.0.2.1',
    action: 'ShareImage',
    region: image.region,
    imageId: image.imageId,
    recipients: [friend, guest],
    requestId: 'request-1',
    principal: owner,
    principalKind,
  };

  it("writes each recipient's copy of the owner's record", async () => {
    const service = await aService();
    await relay(written(recordItem(record)), relayingIn(service).relaying);

    const [copy] = await service.recordsOf(friend, principalKind);
    expect(copy).toMatchObject({ action: 'ShareImage', recipients: [friend] });
    expect(copy).not.toHaveProperty('from');
  });

  it('writes no copy of a copy', async () => {
    const service = await aService();
    await relay(written(recordItem({ ...record, principal: friend, recipients: [friend] })), relayingIn(service).relaying);

    expect(await service.recordsOf(friend, principalKind)).toEqual([]);
  });

  it('changes nothing when a record arrives twice', async () => {
    const service = await aService();
    await relay(written(recordItem(record)), relayingIn(service).relaying);
    await relay(written(recordItem(record)), relayingIn(service).relaying);

    expect(await service.recordsOf(friend, principalKind)).toHaveLength(1);
  });

  it('removes a closed principal from every image shared with it, once', async () => {
    const service = await aService();
    await relay(written(closedItem(friend)), relayingIn(service).relaying);
    await relay(written(closedItem(friend)), relayingIn(service).relaying);

    expect((await service.store.image(image))?.recipients).toEqual({ [guest]: 0 });
    expect((await service.store.sharesOf(image)).map(({ recipient }) => recipient)).toEqual([guest]);
    expect(await service.recordsOf(owner, principalKind)).toMatchObject([{ action: 'CancelImageShares', actor: 'service' }]);
  });

  it('keeps the shares of an open principal', async () => {
    const service = await aService();
    await relay(written({ ...closedItem(friend), state: 'open' }), relayingIn(service).relaying);

    expect(await service.store.image(image)).toEqual(image);
  });

  it('ignores all other writes', async () => {
    const service = await aService();
    const { relaying, published } = relayingIn(service);
    const before = await service.contents();
    await relay(written(shareItem(aShare())), relaying);
    await relay(written(recordItem(record)), relaying);

    expect(await service.contents()).toEqual(before);
    expect(published).toEqual([]);
  });

  describe('events', () => {
    /** Imports an image. Returns the writes of its item since then, and a relay that collects its events. */
    async function imported() {
      const service = await new InMemoryService().know('owner', 'friend', 'guest');
      const writes = imageWritesOf(service.store);
      const { region } = place;
      const { imageId } = await service.call(importImage, { region, name: 'web', sizeGiB: 20 });
      const at = { region, imageId };
      const share = (recipients: readonly PrincipalId[], seconds?: number) =>
        service.call(shareImage, {
          ...at,
          recipients,
          acknowledgeRisk: true,
          ...(seconds !== undefined && { expiresAt: secondsFromNoon(seconds).toISOString() }),
        });
      return { service, writes, at, share, ...relayingIn(service) };
    }
    const last = (writes: readonly ItemChange[]) => writes.at(-1) as ItemChange;

    it('publishes the first change of an image as number 1', async () => {
      const { writes, at, relaying, published } = await imported();
      await relay(last(writes), relaying);

      expect(last(writes).isNew).toBe(true);
      expect(published).toMatchObject([{ type: 'ImageImported', detail: { ...at, sequence: 1, owner, actor: 'owner' } }]);
    });

    it('publishes a change according to its record, without the source IP', async () => {
      const { service, writes, at, share, relaying, published } = await imported();
      await share([friend, guest]);
      await relay(last(writes), relaying);

      const [{ id } = record] = await service.recordsOf(owner, principalKind);
      expect(published).toEqual([
        {
          type: 'ImageShared',
          detail: {
            ...at,
            id,
            sequence: 2,
            at: noon.toISOString(),
            owner,
            actor: 'owner',
            requestId: 'request-1',
            recipients: [friend, guest],
          },
        },
      ]);
    });

    it('publishes two events for a change that found an expired share: the expiry, then the change', async () => {
      const { service, writes, share, relaying, published } = await imported();
      await share([friend], 10);
      service.passSeconds(10);
      await share([guest]);
      await relay(last(writes), relaying);

      expect(published).toMatchObject([
        { type: 'ImageShareExpired', detail: { sequence: 3, actor: 'service', recipients: [friend] } },
        { type: 'ImageShared', detail: { sequence: 4, actor: 'owner', recipients: [guest] } },
      ]);
    });

    it('publishes the same event when a write is redelivered after later changes', async () => {
      const { service, writes, at, share, relaying, published } = await imported();
      await share([friend]);
      const write = last(writes);
      await relay(write, relaying);
      await service.call(cancelImageShares, { ...at, all: 'true' });
      await relay(write, relaying);

      const [first, again] = published;
      expect(published).toHaveLength(2);
      expect(again).toEqual(first);
    });

    it('publishes nothing for a write without a record', async () => {
      const { relaying, published } = await imported();
      await relay(imageWritten({ ...image, recipients: {} }, image), relaying);

      expect(published).toEqual([]);
    });

    it('publishes one event for a write without an old image', async () => {
      const { writes, share, relaying, published } = await imported();
      await share([friend]);
      await relay({ ...last(writes), before: undefined }, relaying);

      expect(published).toMatchObject([{ type: 'ImageShared', detail: { sequence: 2 } }]);
    });

    it('fails and publishes nothing when the record of a write is missing', async () => {
      const { relaying, published } = await imported();
      const change = relay(imageWritten({ ...image, revision: 2, lastRecordId: 'none' }, image), relaying);

      await expect(change).rejects.toThrow('has no record none, which came with revision 2');
      expect(published).toEqual([]);
    });
  });
});

describe('relayChanges', () => {
  const [place] = places as [(typeof places)[number]];
  const lambda = { getRemainingTimeInMillis: () => 60_000, awsRequestId: 'lambda-1' };

  /** Creates a batch with the writes of three new images. */
  async function batch(publish: Publish) {
    const service = await new InMemoryService().know('owner');
    const writes = imageWritesOf(service.store);
    for (const name of ['one', 'two', 'three']) {
      await service.call(importImage, { region: place.region, name, sizeGiB: 20 });
    }
    const entries = writes.map(
      ({ after }, at): DynamoDBRecord => ({
        eventName: 'INSERT',
        dynamodb: { SequenceNumber: `at-${at}`, NewImage: marshall(after) as never },
      }),
    );
    return {
      service,
      entries,
      run: (Records = entries) => relayChanges(() => ({ dependencies: service, publish }))({ Records }, lambda),
    };
  }

  it('publishes the events of a batch in order', async () => {
    const published: ImageEvent[] = [];
    const { service, run } = await batch(async (events) => void published.push(...events));

    expect(await run()).toEqual({ batchItemFailures: [] });
    const records = await service.recordsOf(place.principalOf('owner'), place.policy.principalKind);
    expect(published.map(({ detail }) => detail.id)).toEqual(records.map(({ id }) => id).reverse());
  });

  it('reports the write whose event was rejected, and stops there', async () => {
    const published: ImageEvent[] = [];
    const { run } = await batch(async (events) => {
      if (published.length === 1) {
        throw new Error('The event bus is unavailable');
      }
      published.push(...events);
    });

    expect(await run()).toEqual({ batchItemFailures: [{ itemIdentifier: 'at-1' }] });
    expect(published).toHaveLength(1);
  });

  it('compares with the old image of an item', async () => {
    const published: ImageEvent[] = [];
    const { entries, run } = await batch(async (events) => void published.push(...events));
    const [entry = {}] = entries;
    const { NewImage } = entry.dynamodb ?? {};

    expect(await run([{ ...entry, eventName: 'MODIFY', dynamodb: { NewImage, OldImage: NewImage } as never }])).toEqual({
      batchItemFailures: [],
    });
    expect(published).toEqual([]);
  });

  it('ignores removed items', async () => {
    const { entries, run } = await batch(async () => {
      throw new Error('Nothing must be published');
    });
    const removed = entries.map(({ dynamodb }): DynamoDBRecord => {
      const { NewImage: OldImage, ...rest } = dynamodb ?? {};
      return { eventName: 'REMOVE', dynamodb: { ...rest, OldImage } as never };
    });

    expect(await run(removed)).toEqual({ batchItemFailures: [] });
  });
});
