import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Recipients } from '../model/image.ts';
import type { DocumentClient } from './document-client.ts';
import type { Item } from './item.ts';
import { recipientAttributes } from './items/recipients.ts';
import { schema } from './schema.ts';

/** Whether an image is from an earlier version, whose `recipients` are a map from all recipients to their expirations. */
const isEarlier = 'attribute_type(recipients, :map)';

/** Changes the images of earlier versions. Can be repeated, but nothing else may write to the table. Returns how many it changed. */
export async function upgradeImages(client: DocumentClient, table: string): Promise<number> {
  let changed = 0;
  let startKey: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        FilterExpression: `SK = :image AND ${isEarlier}`,
        ExpressionAttributeValues: { ':image': schema.image.SK, ':map': 'M' },
        ExclusiveStartKey: startKey,
      }),
    );
    for (const item of page.Items ?? []) {
      await client.send(new UpdateCommand({ TableName: table, ...upgradeOf(item) }));
      changed += 1;
    }
    startKey = page.LastEvaluatedKey;
  } while (startKey !== undefined);
  return changed;
}

function upgradeOf({ PK, SK, recipients }: Item) {
  const { recipients: set, expiring } = recipientAttributes(recipients as Recipients);
  return {
    Key: { PK, SK },
    UpdateExpression: `SET expiring = :expiring${set === undefined ? ' REMOVE recipients' : ', recipients = :set'}`,
    ConditionExpression: isEarlier,
    ExpressionAttributeValues: { ':map': 'M', ':expiring': expiring, ...(set !== undefined && { ':set': set }) },
  };
}
