/** Conditions and writes that accounts and projects have in common. */
import type { Key } from './schema.ts';
import type { Write } from './write.ts';

/** The condition that the account or project is open, and any additional conditions. */
export const whileOpen = (values: Record<string, unknown> = {}, additional: readonly string[] = []) => ({
  ConditionExpression: ['#state = :open', ...additional].join(' AND '),
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: { ':open': 'open', ...values },
});

/** Renames an open account or project. */
export function renaming(key: Key, name: string): Write {
  const { ExpressionAttributeNames, ...condition } = whileOpen({ ':name': name });
  return {
    Update: {
      Key: key,
      UpdateExpression: 'SET #name = :name',
      ...condition,
      ExpressionAttributeNames: { ...ExpressionAttributeNames, '#name': 'name' },
    },
  };
}
