import type { AccessKeyId } from '../model/ids.ts';
import type { HolderStep } from '../model/plan.ts';
import * as items from './items.ts';
import * as keys from './schema.ts';
import { doesNotExist, type TransactItem } from './transact-item.ts';

/** Writes one step about an account or a project as the item of a transaction. */
export function holderItem(step: HolderStep, TableName: string): TransactItem {
  switch (step.do) {
    case 'create-account':
      return { Put: { TableName, Item: items.accountItem(step.account), ConditionExpression: doesNotExist } };
    case 'rename-account':
      return renaming(keys.accountKey(step.accountId), step.name, TableName);
    case 'trust-owners':
      return {
        Update: {
          TableName,
          Key: keys.accountKey(step.accountId),
          UpdateExpression: 'SET trustedOwners = :owners',
          ...whileOpen({ ':owners': step.owners }),
        },
      };
    case 'close-account':
      return {
        Update: {
          TableName,
          Key: keys.accountKey(step.accountId),
          UpdateExpression: 'SET #state = :closed REMOVE accessKeys',
          ...closing(step.accessKeys ?? []),
        },
      };
    case 'adopt-access-key':
      return {
        Update: {
          TableName,
          Key: keys.accountKey(step.accountId),
          UpdateExpression: 'ADD accessKeys :key',
          ...whileOpen({ ':key': items.setOf([step.keyId]), ':most': step.atMost }, [
            '(attribute_not_exists(accessKeys) OR size(accessKeys) < :most)',
          ]),
        },
      };
    case 'drop-access-key':
      return {
        Update: {
          TableName,
          Key: keys.accountKey(step.accountId),
          UpdateExpression: 'DELETE accessKeys :key',
          ConditionExpression: 'contains(accessKeys, :keyId)',
          ExpressionAttributeValues: { ':key': items.setOf([step.keyId]), ':keyId': step.keyId },
        },
      };
    case 'create-project':
      return { Put: { TableName, Item: items.projectItem(step.project), ConditionExpression: doesNotExist } };
    case 'adopt-project':
      return {
        Update: {
          TableName,
          Key: keys.accountKey(step.project.account),
          UpdateExpression: `SET defaultProject = ${step.isDefault === true ? ':project' : 'if_not_exists(defaultProject, :project)'} ADD openProjects :one`,
          ...whileOpen({ ':project': step.project.projectId, ':one': 1 }),
        },
      };
    case 'choose-project':
      return {
        Update: {
          TableName,
          Key: keys.accountKey(step.accountId),
          UpdateExpression: 'SET defaultProject = :project',
          ...whileOpen({ ':project': step.projectId }),
        },
      };
    case 'correct-projects':
      return {
        Update: {
          TableName,
          Key: keys.accountKey(step.accountId),
          UpdateExpression: 'SET openProjects = :counted',
          ...whileOpen({ ':counted': step.openProjects, ':seen': step.seen }, ['openProjects = :seen']),
        },
      };
    case 'rename-project':
      return renaming(keys.projectKey(step.projectId), step.name, TableName);
    case 'close-project':
      return {
        Update: {
          TableName,
          Key: keys.projectKey(step.projectId),
          UpdateExpression: 'SET #state = :closed',
          ...whileOpen({ ':closed': 'closed' }),
        },
      };
    case 'release-project':
      return {
        Update: {
          TableName,
          Key: keys.accountKey(step.accountId),
          UpdateExpression: `${step.wasDefault ? 'REMOVE defaultProject ' : ''}ADD openProjects :less`,
          ...whileOpen({ ':project': step.projectId, ':less': -1 }, [
            step.wasDefault
              ? 'defaultProject = :project'
              : '(attribute_not_exists(defaultProject) OR defaultProject <> :project)',
          ]),
        },
      };
  }
}

/** The condition that the account or project is open, and whatever else is stated. */
export const whileOpen = (values: Record<string, unknown> = {}, also: readonly string[] = []) => ({
  ConditionExpression: ['#state = :open', ...also].join(' AND '),
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: { ':open': 'open', ...values },
});

const closing = (accessKeys: readonly AccessKeyId[]) => {
  const [values, keysAreAsSeen] =
    accessKeys.length === 0
      ? [{}, 'attribute_not_exists(accessKeys)']
      : [{ ':keys': items.setOf(accessKeys) }, 'accessKeys = :keys'];
  return whileOpen({ ':closed': 'closed', ':none': 0, ...values }, ['openProjects = :none', keysAreAsSeen]);
};

const renaming = (Key: keys.Key, name: string, TableName: string): TransactItem => {
  const { ExpressionAttributeNames, ...open } = whileOpen({ ':name': name });
  return {
    Update: {
      TableName,
      Key,
      UpdateExpression: 'SET #name = :name',
      ...open,
      ExpressionAttributeNames: { ...ExpressionAttributeNames, '#name': 'name' },
    },
  };
};
