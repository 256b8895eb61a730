import type { AccessKeyStep } from '../model/plan.ts';
import * as items from './items.ts';
import * as keys from './schema.ts';
import { doesNotExist, type TransactItem } from './transact-item.ts';

/** Writes one step about an access key as the item of a transaction. */
export function accessKeyItem(step: AccessKeyStep, TableName: string): TransactItem {
  switch (step.do) {
    case 'create-access-key':
      return { Put: { TableName, Item: items.accessKeyItem(step.key), ConditionExpression: doesNotExist } };
    case 'change-access-key':
      return {
        Update: {
          TableName,
          Key: keys.accessKeyKey(step.keyId),
          UpdateExpression: 'SET #state = :state',
          ConditionExpression: belongs,
          ExpressionAttributeNames: { '#account': 'account', '#state': 'state' },
          ExpressionAttributeValues: { ':account': step.accountId, ':state': step.state },
        },
      };
    case 'remove-access-key':
      return {
        Delete: {
          TableName,
          Key: keys.accessKeyKey(step.keyId),
          ConditionExpression: `${doesNotExist} OR ${belongs}`,
          ExpressionAttributeNames: { '#account': 'account' },
          ExpressionAttributeValues: { ':account': step.accountId },
        },
      };
  }
}

const belongs = '#account = :account';
