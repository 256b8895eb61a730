/** What the store sends to DynamoDB, and what it makes of answers that an idle table doesn't give. */
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { AccessKeyId } from '../../lib/model/ids.ts';
import type { Share } from '../../lib/model/image.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { DocumentClient } from '../../lib/table/document-client.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { imageItem, imageKey } from '../../lib/table/items/image.ts';
import { shareItem, shareKey } from '../../lib/table/items/share.ts';
import type { Store } from '../../lib/table/store.ts';
import { anImage, aShare, imageId, noon, principal, principals, sharedWith } from '../support/builders.ts';

const TableName = 'table';

/** A store whose requests get these answers, in order, and then empty ones. */
function storeWith(...answers: (object | Error)[]) {
  const sent: object[] = [];
  const send = async ({ input }: { readonly input: object }) => {
    sent.push(input);
    const answer = answers[sent.length - 1] ?? {};
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  return { store: new DynamoDBStore({ send } as unknown as DocumentClient, TableName), sent };
}

const failure = (name: string) => Object.assign(new Error(name), { name });
const conditionFailed = new ConditionalCheckFailedException({ message: '', $metadata: {} });

const image = anImage();
const place = { region: image.region, principal: image.owner };
const position = `2026-11-22T12:00:00.000Z#${image.imageId}`;
const endOfPage = { LastEvaluatedKey: { PK: 'x', SK: 'y' } };
const toArray = async <Entry>(all: AsyncIterable<Entry>): Promise<Entry[]> => {
  const entries = [];
  for await (const entry of all) {
    entries.push(entry);
  }
  return entries;
};

describe('a read', () => {
  it.each<[string, (store: Store) => Promise<unknown>]>([
    ['image', (store) => store.image(image)],
    ['accessKey', (store) => store.accessKey('AK1' as AccessKeyId)],
    ['sharesOf', (store) => store.sharesOf(image)],
    ['addressBook', (store) => store.addressBook(image.owner, { limit: 5 })],
    ['record', (store) => store.record(image, 'record-1')],
    ['tasksDue', (store) => store.tasksDue(0, 1, { limit: 5 })],
    ['everything', (store) => toArray(store.everything())],
  ])('is strongly consistent: %s', async (_, read) => {
    const { store, sent } = storeWith();
    await read(store);

    expect(sent).toEqual([expect.objectContaining({ TableName, ConsistentRead: true })]);
  });

  it('of several items is strongly consistent, in batches of at most 100', async () => {
    const { store, sent } = storeWith();
    await store.read({ images: Array.from({ length: 101 }, (_, at) => ({ ...image, imageId: imageId(`img-${at}`) })) });

    const requests = sent as { RequestItems: { table: { Keys: object[]; ConsistentRead: boolean } } }[];
    expect(requests.map(({ RequestItems: { table } }) => [table.Keys.length, table.ConsistentRead])).toEqual([
      [100, true],
      [1, true],
    ]);
  });

  it.each<[string, (store: Store) => Promise<unknown>]>([
    ['ownedImages', (store) => store.ownedImages(place, { limit: 5 })],
    ['receivedImages', (store) => store.receivedImages(place, { limit: 5 })],
    ['deletedImages', (store) => store.deletedImages(place, noon, { limit: 5 })],
    ['instancesOf', (store) => store.instancesOf(place, { limit: 5 })],
    ['copyJobsOf', (store) => store.copyJobsOf(place, { limit: 5 })],
  ])('of a list reads only keys from the index, newest first: %s', async (_, read) => {
    const { store, sent } = storeWith();
    await read(store);

    expect(sent).toEqual([
      expect.objectContaining({ IndexName: 'GSI1', ProjectionExpression: 'PK, GSI1SK', ScanIndexForward: false, Limit: 5 }),
    ]);
  });

  it.each<[string, (store: Store) => Promise<unknown>, object]>([
    ['sharesOf', (store) => store.sharesOf(image), shareItem(aShare())],
    ['everything', (store) => toArray(store.everything()), imageItem(image)],
  ])('ends with the last page, which can follow an empty one: %s', async (_, read, item) => {
    const { store, sent } = storeWith(endOfPage, { Items: [item], ...endOfPage }, { Items: [item] });

    expect(await read(store)).toHaveLength(2);
    expect(sent).toEqual(
      [undefined, endOfPage.LastEvaluatedKey, endOfPage.LastEvaluatedKey].map((ExclusiveStartKey) =>
        expect.objectContaining({ ExclusiveStartKey }),
      ),
    );
  });

  it('of an image and more shares than fit in one batch goes on with those that the image has', async () => {
    const [h01, h99] = [principal('h01'), principal('h99')];
    const shared = anImage({ recipients: sharedWith([h01, h99]) });
    const shares = [h01, h99].map((recipient) => aShare({ recipient }));
    const { store, sent } = storeWith(
      { Responses: { table: [imageItem(shared), shareItem(shares[0] as Share)] } },
      { Responses: { table: [shareItem(shares[1] as Share)] } },
    );

    const facts = await store.read({ images: [shared], shares: [...principals(98), h99, principal('other')] });
    expect([...facts.shares.values()]).toEqual(shares);
    expect(sent.slice(1)).toMatchObject([{ RequestItems: { table: { Keys: [shareKey(shared, h99)] } } }]);
    expect(sent).toHaveLength(2);
  });

  it('repeats only the keys that were not processed', async () => {
    const [one, two] = [image, anImage({ imageId: imageId('img-2') })];
    const { store, sent } = storeWith(
      { Responses: { table: [imageItem(one)] }, UnprocessedKeys: { table: { Keys: [imageKey(two)] } } },
      { Responses: { table: [imageItem(two)] } },
    );

    expect((await store.read({ images: [one, two] })).images.map((each) => each.imageId)).toEqual([one.imageId, two.imageId]);
    expect(sent.slice(1)).toEqual([{ RequestItems: { table: { Keys: [imageKey(two)], ConsistentRead: true } } }]);
  });

  it('gives up after 20 requests in which nothing was processed', async () => {
    const unprocessed = { UnprocessedKeys: { table: { Keys: [imageKey(image)] } } };
    const { store, sent } = storeWith(...Array(30).fill(unprocessed));

    await expect(store.read({ images: [image] })).rejects.toMatchObject({ name: 'Contention' });
    expect(sent).toHaveLength(20);
  });

  it.each([
    ['of a cursor', 'ValidationException', position, { code: 'InvalidRequest' }],
    ['of something else', 'ValidationException', undefined, { name: 'ValidationException' }],
    ['of another kind', 'AccessDeniedException', position, { name: 'AccessDeniedException' }],
    ['of another kind, on the first page', 'AccessDeniedException', undefined, { name: 'AccessDeniedException' }],
    ['because the table is busy', 'ThrottlingException', position, { name: 'Contention' }],
  ])('of a page names the cursor only if the refusal is one %s', async (_, name, after, error) => {
    const { store } = storeWith(failure(name));

    await expect(store.ownedImages(place, { limit: 5, after })).rejects.toMatchObject(error);
  });
});

describe('ping', () => {
  it('reads an item, and throws Unavailable if the table cannot be reached', async () => {
    const { store, sent } = storeWith({}, failure('ECONNREFUSED'));

    await store.ping();
    expect(sent).toEqual([{ TableName, Key: { PK: 'HEALTH', SK: 'HEALTH' }, ConsistentRead: true }]);
    await expect(store.ping()).rejects.toMatchObject({ code: 'Unavailable' });
  });
});

describe('the record of a use', () => {
  it.each<[string, Error, (store: Store) => Promise<unknown>, object]>([
    [
      'a nonce that could not be written',
      failure('ThrottlingException'),
      (store) => store.recordNonce({ keyId: 'AK1' as AccessKeyId, nonce: 'n', request: 'r', id: 'i', now: noon, until: 1 }),
      { name: 'Contention' },
    ],
    [
      'a share, if it failed for a reason that is not expected',
      failure('AccessDeniedException'),
      (store) => store.recordUse(image, principal('h01'), noon),
      { name: 'AccessDeniedException' },
    ],
  ])('throws for %s', async (_, answer, record, error) => {
    const { store, sent } = storeWith(answer);

    await expect(record(store)).rejects.toMatchObject(error);
    expect(sent).toHaveLength(1);
  });

  it.each([conditionFailed, failure('TransactionConflictException'), failure('ThrottlingException')])(
    'of a share is left out after $name',
    async (answer) => {
      const { store, sent } = storeWith(answer);

      await store.recordUse(image, principal('h01'), noon);
      expect(sent).toHaveLength(1);
    },
  );
});

describe('a commit', () => {
  const { expiring: _, ...item } = imageItem(image);
  const earlier = marshall({ ...item, labels: {}, recipients: { h01: 0 } });
  const refused = new TransactionCanceledException({
    message: '',
    $metadata: {},
    CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: earlier }],
  });
  const step: Step = { do: 'change-image', key: image, owner: image.owner, expect: { state: 'available' }, change: {} };

  it('is repeated after an image of an earlier version was made current', async () => {
    const { store, sent } = storeWith(refused);

    expect(await store.commit([step])).toEqual({ committed: true });
    expect(sent[1]).toMatchObject({ Key: imageKey(image), ConditionExpression: 'recipients = :before' });
    expect(sent[2]).toEqual(sent[0]);
    expect(sent).toHaveLength(3);
  });

  it('is refused if another call made the image current before', async () => {
    const { store, sent } = storeWith(refused, conditionFailed);

    expect(await store.commit([step])).toMatchObject({ committed: false, image: { recipients: { h01: 0 } } });
    expect(sent).toHaveLength(2);
  });
});
