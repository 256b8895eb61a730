import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { imageItem } from '../../lib/table/items/image.ts';
import { anImage, imageId, noon, noonSeconds, principal } from '../support/builders.ts';
import { freshTable } from '../support/dynamodb.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

const later = noonSeconds + 3_600;

it('upgrades an image of an earlier version, whose recipients are one map, when its recipients change', async () => {
  const { client, table } = await freshTable();
  const store = new DynamoDBStore(client, table);
  const service = new InMemoryService(store, { at: noon });
  await service.createAccounts('owner', 'h01', 'h02', 'h03');
  const earlier = async (number: number, recipients: Record<string, number>) => {
    const image = anImage({ imageId: imageId(`img-${number}`) });
    const { expiring: _, ...item } = imageItem(image);
    await client.send(new PutCommand({ TableName: table, Item: { ...item, recipients } }));
    return image;
  };
  const [shared, unshared] = [await earlier(1, { h01: 0, h02: later }), await earlier(2, {})];
  expect((await store.image(shared))?.recipients).toEqual({ h01: 0, h02: later });

  await service.call(shareImage, { ...shared, recipients: ['h03'], acknowledgeRisk: true });
  expect((await store.image(shared))?.recipients).toEqual({ h01: 0, h02: later, h03: 0 });
  await service.call(cancelImageShares, { ...shared, recipient: ['h01', 'h02'] });
  expect((await store.image(shared))?.recipients).toEqual({ [principal('h03')]: 0 });

  await service.commit([{ do: 'count', what: 'images', region: unshared.region, principal: unshared.owner, by: 1 }]);
  await service.call(deleteImage, { ...unshared });
  expect(await store.image(unshared)).toMatchObject({ state: 'deleted' });
});
