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
import { anImageIn, aShare, noon, policyFixtures, principal, secondsFromNoon, sharedWith } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { asStreamed, imageWrite, imageWritesOf } from '../support/item-changes.ts';

/** Returns the dependencies of a relay, with a publisher that collects its events. */
function relayDeps(service: InMemoryService): { deps: RelayDeps; published: ImageEvent[] } {
  const published: ImageEvent[] = [];
  const publish: Publish = async (events) => void published.push(...events);
  return { deps: { ...service.cleanUpDeps(), publish }, published };
}

const relay = (change: ItemChange, deps: RelayDeps) => relayChange(decode(change), deps);

const insertOf = (item: Item): ItemChange => ({ after: asStreamed(item), isNew: true });

describe.each(policyFixtures)('relay under $name', (fixture) => {
  const { principalKind } = fixture.policy;
  const [owner, friend, guest] = [fixture.principalOf('owner'), fixture.principalOf('friend'), fixture.principalOf('guest')];
  const image = anImageIn(fixture, { recipients: sharedWith([friend, guest]) });
  const aService = async () => (await new InMemoryService().createAccounts('owner')).putImages(image);
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
    await relay(insertOf(recordItem(record)), relayDeps(service).deps);

    const [copy] = await service.recordsOf(friend, principalKind);
    expect(copy).toMatchObject({ action: 'ShareImage', recipients: [friend] });
    expect(copy).not.toHaveProperty('from');
  });

  it('writes no copy of a copy', async () => {
    const service = await aService();
    await relay(insertOf(recordItem({ ...record, principal: friend, recipients: [friend] })), relayDeps(service).deps);

    expect(await service.recordsOf(friend, principalKind)).toEqual([]);
  });

  it('changes nothing when a record arrives twice', async () => {
    const service = await aService();
    await relay(insertOf(recordItem(record)), relayDeps(service).deps);
    await relay(insertOf(recordItem(record)), relayDeps(service).deps);

    expect(await service.recordsOf(friend, principalKind)).toHaveLength(1);
  });

  it('removes a closed principal from every image shared with it, once', async () => {
    const service = await aService();
    await relay(insertOf(closedItem(friend)), relayDeps(service).deps);
    await relay(insertOf(closedItem(friend)), relayDeps(service).deps);

    expect((await service.store.image(image))?.recipients).toEqual({ [guest]: 0 });
    expect((await service.store.sharesOf(image)).map(({ recipient }) => recipient)).toEqual([guest]);
    expect(await service.recordsOf(owner, principalKind)).toMatchObject([{ action: 'CancelImageShares', actor: 'service' }]);
  });

  it('keeps the shares of an open principal', async () => {
    const service = await aService();
    await relay(insertOf({ ...closedItem(friend), state: 'open' }), relayDeps(service).deps);

    expect(await service.store.image(image)).toEqual(image);
  });

  it('ignores all other writes', async () => {
    const service = await aService();
    const { deps, published } = relayDeps(service);
    const before = await service.contents();
    await relay(insertOf(shareItem(aShare())), deps);
    await relay(insertOf(recordItem(record)), deps);

    expect(await service.contents()).toEqual(before);
    expect(published).toEqual([]);
  });

  describe('events', () => {
    /** Imports an image. Returns the writes of its item since then, and a relay that collects its events. */
    async function importWithRelay() {
      const service = await new InMemoryService().createAccounts('owner', 'friend', 'guest');
      const writes = imageWritesOf(service.store);
      const { region } = fixture;
      const { imageId } = await service.call(importImage, { region, name: 'web', sizeGiB: 20 });
      const key = { region, imageId };
      const share = (recipients: readonly PrincipalId[], seconds?: number) =>
        service.call(shareImage, {
          ...key,
          recipients,
          acknowledgeRisk: true,
          ...(seconds !== undefined && { expiresAt: secondsFromNoon(seconds).toISOString() }),
        });
      return { service, writes, at: key, share, ...relayDeps(service) };
    }
    const last = (writes: readonly ItemChange[]) => writes.at(-1) as ItemChange;

    it('publishes the first change of an image as number 1', async () => {
      const { writes, at: key, deps, published } = await importWithRelay();
      await relay(last(writes), deps);

      expect(last(writes).isNew).toBe(true);
      expect(published).toMatchObject([{ type: 'ImageImported', detail: { ...key, sequence: 1, owner, actor: 'owner' } }]);
    });

    it('publishes a change according to its record, without the source IP', async () => {
      const { service, writes, at: key, share, deps, published } = await importWithRelay();
      await share([friend, guest]);
      await relay(last(writes), deps);

      const [{ id } = record] = await service.recordsOf(owner, principalKind);
      expect(published).toEqual([
        {
          type: 'ImageShared',
          detail: {
            ...key,
            id,
            sequence: 2,
            at: noon.toISOString(),
            owner,
            actor: 'owner',
            requestId: 'request-1',
            recipients: [friend, guest],
            expiresAt: null,
          },
        },
      ]);
    });

    it('publishes two events for a change that found an expired share: the expiry, then the change', async () => {
      const { service, writes, share, deps, published } = await importWithRelay();
      await share([friend], 10);
      service.passSeconds(10);
      await share([guest]);
      await relay(last(writes), deps);

      expect(published).toMatchObject([
        { type: 'ImageShareExpired', detail: { sequence: 3, actor: 'service', recipients: [friend] } },
        { type: 'ImageShared', detail: { sequence: 4, actor: 'owner', recipients: [guest] } },
      ]);
    });

    it('publishes the same event when a write is redelivered after later changes', async () => {
      const { service, writes, at: key, share, deps, published } = await importWithRelay();
      await share([friend]);
      const write = last(writes);
      await relay(write, deps);
      await service.call(cancelImageShares, { ...key, all: 'true' });
      await relay(write, deps);

      const [first, again] = published;
      expect(published).toHaveLength(2);
      expect(again).toEqual(first);
    });

    it('publishes nothing for a write without a record', async () => {
      const { deps, published } = await importWithRelay();
      await relay(imageWrite({ ...image, recipients: {} }, image), deps);

      expect(published).toEqual([]);
    });

    it('publishes one event for a write without an old image', async () => {
      const { writes, share, deps, published } = await importWithRelay();
      await share([friend]);
      await relay({ ...last(writes), before: undefined }, deps);

      expect(published).toMatchObject([{ type: 'ImageShared', detail: { sequence: 2 } }]);
    });

    it('fails and publishes nothing when the record of a write is missing', async () => {
      const { deps, published } = await importWithRelay();
      const change = relay(imageWrite({ ...image, revision: 2, lastRecordId: 'none' }, image), deps);

      await expect(change).rejects.toThrow('has no record none, which came with revision 2');
      expect(published).toEqual([]);
    });
  });
});

describe('relayChanges', () => {
  const [fixture] = policyFixtures as [(typeof policyFixtures)[number]];
  const lambda = { getRemainingTimeInMillis: () => 60_000, awsRequestId: 'lambda-1' };

  /** Creates a batch with the writes of three new images. */
  async function batch(publish: Publish) {
    const service = await new InMemoryService().createAccounts('owner');
    const writes = imageWritesOf(service.store);
    for (const name of ['one', 'two', 'three']) {
      await service.call(importImage, { region: fixture.region, name, sizeGiB: 20 });
    }
    const entries = writes.map(
      ({ after }, index): DynamoDBRecord => ({
        eventName: 'INSERT',
        dynamodb: { SequenceNumber: `at-${index}`, NewImage: marshall(after) as never },
      }),
    );
    return {
      service,
      entries,
      run: (Records = entries, context = lambda) =>
        relayChanges(() => ({ dependencies: service, publish }))({ Records }, context),
    };
  }

  it('publishes the events of a batch in order', async () => {
    const published: ImageEvent[] = [];
    const { service, run } = await batch(async (events) => void published.push(...events));

    expect(await run()).toEqual({ batchItemFailures: [] });
    const records = await service.recordsOf(fixture.principalOf('owner'), fixture.policy.principalKind);
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

  it('reports the write whose event was not answered in time', async () => {
    const { entries, run } = await batch(() => new Promise(() => {}));

    expect(await run(entries, { ...lambda, getRemainingTimeInMillis: () => 0 })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'at-0' }],
    });
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
