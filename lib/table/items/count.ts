/** The number of images and instances of a principal in a region. Quotas are conditions on these items. */

import type { PrincipalId, Region } from '../../model/ids.ts';
import type { Count, Counted } from '../../model/principal.ts';
import type { Item } from '../item.ts';
import { type Key, keyOf, parsePattern, schema } from '../schema.ts';
import type { CountKey } from '../store.ts';
import { returnOldItem, type Writes } from '../write.ts';

const schemas = { images: schema.imageCount, instances: schema.instanceCount } as const satisfies Readonly<
  Record<Counted, object>
>;

export const countKey = ({ what, region, principal }: CountKey): Key => keyOf(schemas[what], { region, principal });

export const countFrom = (item: Item): Count => ({ used: item['used'] as number, changes: item['changes'] as number });

/** Returns the key of a count item. */
export function countKeyFrom(what: Counted, item: Item): CountKey {
  const { region, principal } = parsePattern(schemas[what].PK, item['PK'] as string);
  return { what, region: region as Region, principal: principal as PrincipalId };
}

export const countWrites: Writes<'count' | 'correct-count' | 'require-none'> = {
  count: ({ by, atMost, ...key }) => {
    const [ConditionExpression, bound] =
      by < 0
        ? ['used >= :least', { ':least': -by }]
        : atMost === undefined
          ? []
          : ['attribute_not_exists(used) OR used < :most', { ':most': atMost }];
    return {
      Update: {
        Key: countKey(key),
        UpdateExpression: 'ADD used :by, changes :one',
        ConditionExpression,
        ExpressionAttributeValues: { ':by': by, ':one': 1, ...bound },
        ...returnOldItem,
      },
    };
  },

  'correct-count': ({ seenChanges, used, ...key }) => ({
    Update: {
      Key: countKey(key),
      UpdateExpression: 'SET used = :used ADD changes :one',
      ConditionExpression: seenChanges === 0 ? 'attribute_not_exists(changes)' : 'changes = :seen',
      ExpressionAttributeValues: { ':used': used, ':one': 1, ...(seenChanges > 0 && { ':seen': seenChanges }) },
    },
  }),

  'require-none': (key) => ({
    ConditionCheck: {
      Key: countKey(key),
      ConditionExpression: 'attribute_not_exists(PK) OR used = :none',
      ExpressionAttributeValues: { ':none': 0 },
    },
  }),
};
