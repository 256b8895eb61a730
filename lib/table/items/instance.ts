import type { InstanceKey, PrincipalId, Region } from '../../model/ids.ts';
import type { Instance } from '../../model/instance.ts';
import { dated, type Item } from '../item.ts';
import { fillPattern, type Key, keyOf, parsePattern, schema } from '../schema.ts';
import { doesNotExist, type Writes } from '../write.ts';

export const instanceKey = (key: InstanceKey): Key => keyOf(schema.instance, key);

/** Returns the instance that an item, or an entry in the index, belongs to. */
export const instanceKeyOf = (item: Item): InstanceKey => parsePattern(schema.instance.PK, item['PK'] as string) as InstanceKey;

/** The index partition of the instances of a principal. */
export const instancesPartition = (key: { region: Region; principal: PrincipalId }): string =>
  fillPattern(schema.instance.GSI1PK, key);

/** The position of an instance in that list. */
export const instancePosition = ({ createdAt, instanceId }: Pick<Instance, 'createdAt' | 'instanceId'>): string =>
  fillPattern(schema.instance.GSI1SK, { createdAt: createdAt.toISOString(), instanceId });

/** `principal` is named `holder`, for compatibility with existing items. */
function instanceItem(instance: Instance): Item {
  const { region: _, instanceId: __, createdAt, principal, ...rest } = instance;
  return {
    ...instanceKey(instance),
    GSI1PK: instancesPartition(instance),
    GSI1SK: instancePosition(instance),
    ...rest,
    holder: principal,
    createdAt: createdAt.toISOString(),
  };
}

export function instanceFrom({ holder, ...rest }: Item): Instance {
  return { ...dated<Omit<Instance, 'principal'>>(rest), ...instanceKeyOf(rest), principal: holder as PrincipalId };
}

export const instanceWrites: Writes<'create-instance' | 'reinstall-instance' | 'remove-instance'> = {
  'create-instance': ({ instance }) => ({ Put: { Item: instanceItem(instance), ConditionExpression: doesNotExist } }),

  'reinstall-instance': ({ instance, madeFrom }) => ({
    Put: {
      Item: instanceItem(instance),
      ConditionExpression: 'imageId = :madeFrom',
      ExpressionAttributeValues: { ':madeFrom': madeFrom },
    },
  }),

  'remove-instance': ({ key }) => ({ Delete: { Key: instanceKey(key), ConditionExpression: 'attribute_exists(PK)' } }),
};
