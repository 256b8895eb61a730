import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Recipients } from '../../lib/model/image.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { imageItem } from '../../lib/table/items/image.ts';
import { upgradeImages } from '../../lib/table/upgrade.ts';
import { anImage, imageId, noonSeconds, principal } from '../support/builders.ts';
import { freshTable } from '../support/dynamodb.ts';

const image = (number: number, recipients: Recipients = {}) => anImage({ imageId: imageId(`img-${number}`), recipients });

it('upgrades images whose recipients are one map, so that they can be changed', async () => {
  const { client, table } = await freshTable();
  const store = new DynamoDBStore(client, table);
  const put = (Item: Record<string, unknown>) => client.send(new PutCommand({ TableName: table, Item }));
  const { expiring: _, ...earlier } = imageItem(image(1));
  const recipients = { [principal('h01')]: 0, [principal('h02')]: noonSeconds };
  await put({ ...earlier, recipients });
  await put({ ...earlier, PK: imageItem(image(2))['PK'], recipients: {} });
  await put(imageItem(image(3, { [principal('h03')]: 0 })));
  expect((await store.image(image(1)))?.recipients).toEqual(recipients);

  expect([await upgradeImages(client, table), await upgradeImages(client, table)]).toEqual([2, 0]);

  const added = { [principal('h04')]: 0 };
  for (const [number, exactly] of [recipients, {}, { [principal('h03')]: 0 }].entries()) {
    const { owner, ...key } = image(number + 1);
    await store.commit([{ do: 'change-image', owner, key, expect: { exactly }, change: { entries: added } }]);
    expect((await store.image(key))?.recipients).toEqual({ ...exactly, ...added });
  }
});
