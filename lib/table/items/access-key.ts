import { type AccessKey, keyUseIntervalMs } from '../../model/access-key.ts';
import type { AccessKeyId } from '../../model/ids.ts';
import { dated, type Item } from '../item.ts';
import { type Key, keyOf, schema } from '../schema.ts';
import { doesNotExist, type Write, type Writes } from '../write.ts';

export const accessKeyKey = (keyId: AccessKeyId): Key => keyOf(schema.accessKey, { keyId });

const accessKeyItem = ({ createdAt, lastUsedAt, ...rest }: AccessKey): Item => ({
  ...accessKeyKey(rest.keyId),
  ...rest,
  createdAt: createdAt.toISOString(),
  ...(lastUsedAt !== undefined && { lastUsedAt: lastUsedAt.toISOString() }),
});

export const accessKeyFrom = (item: Item): AccessKey => ({
  ...dated<AccessKey>(item),
  ...(item['lastUsedAt'] !== undefined && { lastUsedAt: new Date(item['lastUsedAt'] as string) }),
});

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

/** Records that a key was used, unless it no longer exists or a use was recorded less than an hour ago. */
export const accessKeyUse = (keyId: AccessKeyId, at: Date) =>
  ({
    Key: accessKeyKey(keyId),
    UpdateExpression: 'SET lastUsedAt = :at',
    ConditionExpression: 'attribute_exists(PK) AND (attribute_not_exists(lastUsedAt) OR lastUsedAt <= :anHourAgo)',
    ExpressionAttributeValues: {
      ':at': at.toISOString(),
      ':anHourAgo': new Date(at.getTime() - keyUseIntervalMs).toISOString(),
    },
  }) satisfies Write['Update'];
