import type { Step } from '../model/plan.ts';
import { accessKeyItem } from './access-key-items.ts';
import { holderItem, whileOpen } from './holder-items.ts';
import { imageExpressions } from './image-expressions.ts';
import * as items from './items.ts';
import * as keys from './schema.ts';
import { doesNotExist, type TransactItem } from './transact-item.ts';

const askForOld = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/** Writes one step as the item of a transaction. */
export function transactItem(step: Step, TableName: string): TransactItem {
  switch (step.do) {
    case 'create-image':
      return { Put: { TableName, Item: items.imageItem(step.image), ConditionExpression: doesNotExist } };
    case 'change-image':
      return { Update: { TableName, Key: keys.imageKey(step.key), ...imageExpressions(step), ...askForOld } };
    case 'empty-ended-image':
      return {
        Update: {
          TableName,
          Key: keys.imageKey(step.key),
          UpdateExpression: 'SET recipients = :empty',
          ConditionExpression: 'attribute_exists(endedAt)',
          ExpressionAttributeValues: { ':empty': {} },
        },
      };
    case 'put-share':
      return { Put: { TableName, Item: items.shareItem(step.share) } };
    case 'remove-share':
      return {
        Delete: {
          TableName,
          Key: keys.shareKey(step.key, step.recipient),
          ...(step.recordId !== undefined && {
            ConditionExpression: 'recordId = :recordId',
            ExpressionAttributeValues: { ':recordId': step.recordId },
          }),
        },
      };
    case 'count':
      return count(step, TableName);
    case 'correct-count':
      return {
        Update: {
          TableName,
          Key: keys.countKey(step),
          UpdateExpression: 'SET used = :used ADD changes :one',
          ConditionExpression: step.seenChanges === 0 ? 'attribute_not_exists(changes)' : 'changes = :seen',
          ExpressionAttributeValues: {
            ':used': step.used,
            ':one': 1,
            ...(step.seenChanges > 0 && { ':seen': step.seenChanges }),
          },
        },
      };
    case 'require-none':
      return {
        ConditionCheck: {
          TableName,
          Key: keys.countKey(step),
          ConditionExpression: 'attribute_not_exists(PK) OR used = :none',
          ExpressionAttributeValues: { ':none': 0 },
        },
      };
    case 'require-open':
      return { ConditionCheck: { TableName, Key: keys.holderKey(step.kind, step.holder), ...whileOpen() } };
    case 'create-instance':
      return { Put: { TableName, Item: items.instanceItem(step.instance), ConditionExpression: doesNotExist } };
    case 'remake-instance':
      return {
        Put: {
          TableName,
          Item: items.instanceItem(step.instance),
          ConditionExpression: 'imageId = :madeFrom',
          ExpressionAttributeValues: { ':madeFrom': step.madeFrom },
        },
      };
    case 'remove-instance':
      return { Delete: { TableName, Key: keys.instanceKey(step.key), ConditionExpression: 'attribute_exists(PK)' } };
    case 'create-access-key':
    case 'change-access-key':
    case 'remove-access-key':
      return accessKeyItem(step, TableName);
    case 'put-record':
      return { Put: { TableName, Item: items.recordItem(step.record) } };
    case 'put-due':
      return { Put: { TableName, Item: items.dueItem(step.due) } };
    case 'remove-due':
      return { Delete: { TableName, Key: keys.dueKey(step.due) } };
    case 'keep-answer':
      return {
        Put: {
          TableName,
          Item: items.keptItem(step.kept),
          ConditionExpression: `${doesNotExist} OR expiresAt <= :now`,
          ExpressionAttributeValues: { ':now': Math.floor(step.now.getTime() / 1_000) },
        },
      };
    default:
      return holderItem(step, TableName);
  }
}

function count({ by, atMost, ...key }: Extract<Step, { do: 'count' }>, TableName: string): TransactItem {
  const hasRoom = by < 0 ? 'used >= :least' : atMost === undefined ? undefined : 'attribute_not_exists(used) OR used < :most';
  return {
    Update: {
      TableName,
      Key: keys.countKey(key),
      UpdateExpression: 'ADD used :by, changes :one',
      ...(hasRoom !== undefined && { ConditionExpression: hasRoom }),
      ExpressionAttributeValues: {
        ':by': by,
        ':one': 1,
        ...(by < 0 ? { ':least': -by } : atMost === undefined ? {} : { ':most': atMost }),
      },
      ...askForOld,
    },
  };
}
