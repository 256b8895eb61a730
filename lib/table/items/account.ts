import type { AccessKeyId, PrincipalId } from '../../model/ids.ts';
import type { Account } from '../../model/principal.ts';
import { dated, type Item } from '../item.ts';
import { type Key, keyOf, schema } from '../schema.ts';
import { renaming, whileOpen } from '../while-open.ts';
import { doesNotExist, type Write, type Writes } from '../write.ts';

export const accountKey = (accountId: PrincipalId): Key => keyOf(schema.account, { accountId });

export const accountItem = ({ createdAt, accessKeys = [], ...rest }: Account): Item => ({
  ...accountKey(rest.accountId),
  ...rest,
  createdAt: createdAt.toISOString(),
  ...(accessKeys.length > 0 && { accessKeys: setOf(accessKeys) }),
});

export function accountFrom(item: Item): Account {
  const accessKeys = item['accessKeys'] as ReadonlySet<AccessKeyId> | undefined;
  return { ...dated<Account>(item), ...(accessKeys !== undefined && { accessKeys: [...accessKeys].sort() }) };
}

/** Access key IDs as a DynamoDB string set, which can't be empty. */
const setOf = (ids: readonly AccessKeyId[]): Set<string> => new Set(ids);

export const accountWrites: Writes<
  | 'create-account'
  | 'rename-account'
  | 'close-account'
  | 'list-access-key'
  | 'unlist-access-key'
  | 'count-address-book'
  | 'correct-address-book-count'
  | 'add-project'
  | 'set-default-project'
  | 'correct-project-count'
  | 'remove-project'
> = {
  'create-account': ({ account }) => ({ Put: { Item: accountItem(account), ConditionExpression: doesNotExist } }),

  'rename-account': ({ accountId, name }) => renaming(accountKey(accountId), name),

  'close-account': ({ accountId, accessKeys = [] }) => {
    const [values, keysAreUnchanged] =
      accessKeys.length === 0 ? [{}, 'attribute_not_exists(accessKeys)'] : [{ ':keys': setOf(accessKeys) }, 'accessKeys = :keys'];
    const isEmpty = whileOpen({ ':closed': 'closed', ':none': 0, ...values }, ['openProjects = :none', keysAreUnchanged]);
    return update(accountId, 'SET #state = :closed REMOVE accessKeys, addressBookEntries', isEmpty);
  },

  'list-access-key': ({ accountId, keyId, atMost }) =>
    update(
      accountId,
      'ADD accessKeys :key',
      whileOpen({ ':key': setOf([keyId]), ':most': atMost }, ['(attribute_not_exists(accessKeys) OR size(accessKeys) < :most)']),
    ),

  'unlist-access-key': ({ accountId, keyId }) =>
    update(accountId, 'DELETE accessKeys :key', {
      ConditionExpression: 'contains(accessKeys, :keyId)',
      ExpressionAttributeValues: { ':key': setOf([keyId]), ':keyId': keyId },
    }),

  'count-address-book': (step) =>
    update(
      step.accountId,
      'ADD addressBookEntries :by',
      step.by === 1
        ? whileOpen({ ':by': 1, ':most': step.atMost }, [
            '(attribute_not_exists(addressBookEntries) OR addressBookEntries < :most)',
          ])
        : whileOpen({ ':by': -1 }),
    ),

  'correct-address-book-count': ({ accountId, seen, entries }) =>
    update(
      accountId,
      'SET addressBookEntries = :counted',
      whileOpen({ ':counted': entries, ':seen': seen }, [
        seen === 0 ? '(attribute_not_exists(addressBookEntries) OR addressBookEntries = :seen)' : 'addressBookEntries = :seen',
      ]),
    ),

  'add-project': ({ project, isDefault }) =>
    update(
      project.account,
      `SET defaultProject = ${isDefault === true ? ':project' : 'if_not_exists(defaultProject, :project)'} ADD openProjects :one`,
      whileOpen({ ':project': project.projectId, ':one': 1 }),
    ),

  'set-default-project': ({ accountId, projectId }) =>
    update(accountId, 'SET defaultProject = :project', whileOpen({ ':project': projectId })),

  'correct-project-count': ({ accountId, seen, openProjects }) =>
    update(
      accountId,
      'SET openProjects = :counted',
      whileOpen({ ':counted': openProjects, ':seen': seen }, ['openProjects = :seen']),
    ),

  'remove-project': ({ accountId, projectId, wasDefault }) =>
    update(
      accountId,
      `${wasDefault ? 'REMOVE defaultProject ' : ''}ADD openProjects :less`,
      whileOpen({ ':project': projectId, ':less': -1 }, [
        wasDefault ? 'defaultProject = :project' : '(attribute_not_exists(defaultProject) OR defaultProject <> :project)',
      ]),
    ),
};

const update = (
  accountId: PrincipalId,
  UpdateExpression: string,
  condition: Omit<NonNullable<Write['Update']>, 'Key' | 'UpdateExpression'>,
): Write => ({ Update: { Key: accountKey(accountId), UpdateExpression, ...condition } });
