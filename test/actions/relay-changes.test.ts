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

/** What a relay needs, with a publisher that lists what it is given. */
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

  it("gives each recipient its copy of the owner's record", async () => {
    const service = await aService();
    await relay(written(recordItem(record)), relayingIn(service).relaying);

    const [copy] = await service.recordsOf(friend, principalKind);
    expect(copy).toMatchObject({ action: 'ShareImage', recipients: [friend] });
    expect(copy).not.toHaveProperty('from');
  });

  it('gives no copy of a copy', async () => {
    const service = await aService();
    await relay(written(recordItem({ ...record, principal: friend, recipients: [friend] })), relayingIn(service).relaying);

    expect(await service.recordsOf(friend, principalKind)).toEqual([]);
  });

  it('changes nothing when a record comes twice', async () => {
    const service = await aService();
    await relay(written(recordItem(record)), relayingIn(service).relaying);
    await relay(written(recordItem(record)), relayingIn(service).relaying);

    expect(await service.recordsOf(friend, principalKind)).toHaveLength(1);
  });

  it('takes a principal that was closed from every image that it received, once', async () => {
    const service = await aService();
    await relay(written(closedItem(friend)), relayingIn(service).relaying);
    await relay(written(closedItem(friend)), relayingIn(service).relaying);

    expect((await service.store.image(image))?.recipients).toEqual({ [guest]: 0 });
    expect((await service.store.sharesOf(image)).map(({ recipient }) => recipient)).toEqual([guest]);
    expect(await service.recordsOf(owner, principalKind)).toMatchObject([{ action: 'CancelImageShares', actor: 'service' }]);
  });

  it('leaves what an open principal received', async () => {
    const service = await aService();
    await relay(written({ ...closedItem(friend), state: 'open' }), relayingIn(service).relaying);

    expect(await service.store.image(image)).toEqual(image);
  });

  it('does nothing for anything else that was written', async () => {
    const service = await aService();
    const { relaying, published } = relayingIn(service);
    const before = await service.contents();
    await relay(written(shareItem(aShare())), relaying);
    await relay(written(recordItem(record)), relaying);

    expect(await service.contents()).toEqual(before);
    expect(published).toEqual([]);
  });

  describe('publishes', () => {
    /** An image as `importImage` makes it, with the writes of its item since, and a relay that lists what it publishes. */
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

    it('the first change of an image as number 1', async () => {
      const { writes, at, relaying, published } = await imported();
      await relay(last(writes), relaying);

      expect(last(writes).isNew).toBe(true);
      expect(published).toMatchObject([{ type: 'ImageImported', detail: { ...at, sequence: 1, owner, actor: 'owner' } }]);
    });

    it('a change by what its record says, without where the caller was', async () => {
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

    it('two events of a change that also found something expired: first that, then the change', async () => {
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

    it('the same event when a write comes again, whatever came after it', async () => {
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

    it('nothing of a write that brought no record', async () => {
      const { relaying, published } = await imported();
      await relay(imageWritten({ ...image, recipients: {} }, image), relaying);

      expect(published).toEqual([]);
    });

    it('one event of a write of which the stream does not tell what was before', async () => {
      const { writes, share, relaying, published } = await imported();
      await share([friend]);
      await relay({ ...last(writes), before: undefined }, relaying);

      expect(published).toMatchObject([{ type: 'ImageShared', detail: { sequence: 2 } }]);
    });

    it('nothing, and fails, when the record of a write is not there', async () => {
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

  /** The writes of three new images, as the stream tells of them. */
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

  it('publishes what the writes of a batch brought, in their order', async () => {
    const published: ImageEvent[] = [];
    const { service, run } = await batch(async (events) => void published.push(...events));

    expect(await run()).toEqual({ batchItemFailures: [] });
    const records = await service.recordsOf(place.principalOf('owner'), place.policy.principalKind);
    expect(published.map(({ detail }) => detail.id)).toEqual(records.map(({ id }) => id).reverse());
  });

  it('names the write of which an event was not taken, and stops there', async () => {
    const published: ImageEvent[] = [];
    const { run } = await batch(async (events) => {
      if (published.length === 1) {
        throw new Error('The bus is closed');
      }
      published.push(...events);
    });

    expect(await run()).toEqual({ batchItemFailures: [{ itemIdentifier: 'at-1' }] });
    expect(published).toHaveLength(1);
  });

  it('goes by what an item was before', async () => {
    const published: ImageEvent[] = [];
    const { entries, run } = await batch(async (events) => void published.push(...events));
    const [entry = {}] = entries;
    const { NewImage } = entry.dynamodb ?? {};

    expect(await run([{ ...entry, eventName: 'MODIFY', dynamodb: { NewImage, OldImage: NewImage } as never }])).toEqual({
      batchItemFailures: [],
    });
    expect(published).toEqual([]);
  });

  it('passes over items that were removed', async () => {
    const { entries, run } = await batch(async () => {
      throw new Error('Nothing is to be published');
    });
    const removed = entries.map(({ dynamodb }): DynamoDBRecord => {
      const { NewImage: OldImage, ...rest } = dynamodb ?? {};
      return { eventName: 'REMOVE', dynamodb: { ...rest, OldImage } as never };
    });

    expect(await run(removed)).toEqual({ batchItemFailures: [] });
  });
});
