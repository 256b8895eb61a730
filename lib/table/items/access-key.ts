import type { AccessKey } from '../../model/access-key.ts';
import type { AccessKeyId } from '../../model/ids.ts';
import { dated, type Item } from '../item.ts';
import { type Key, keyOf, schema } from '../schema.ts';
import { doesNotExist, type Writes } from '../write.ts';

export const accessKeyKey = (keyId: AccessKeyId): Key => keyOf(schema.accessKey, { keyId });

const accessKeyItem = ({ createdAt, ...rest }: AccessKey): Item => ({
  ...accessKeyKey(rest.keyId),
  ...rest,
  createdAt: createdAt.toISOString(),
});

export const accessKeyFrom = (item: Item): AccessKey => dated<AccessKey>(item);

const belongsToAccount = '#account = :account';

export const accessKeyWrites: Writes<'create-access-key' | 'change-access-key' | 'remove-access-key'> = {
  'create-access-key': ({ key }) => ({ Put: { Item: accessKeyItem(key), ConditionExpression: doesNotExist } }),

  'change-access-key': ({ accountId, keyId, state }) => ({
    Update: {
      Key: accessKeyKey(keyId),
      UpdateExpression: 'SET #state = :state',
      ConditionExpression: belongsToAccount,
      ExpressionAttributeNames: { '#account': 'account', '#state': 'state' },
      ExpressionAttributeValues: { ':account': accountId, ':state': state },
    },
  }),

  'remove-access-key': ({ accountId, keyId }) => ({
    Delete: {
      Key: accessKeyKey(keyId),
      ConditionExpression: `${doesNotExist} OR ${belongsToAccount}`,
      ExpressionAttributeNames: { '#account': 'account' },
      ExpressionAttributeValues: { ':account': accountId },
    },
  }),
};
