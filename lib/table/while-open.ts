/** Conditions that accounts and projects share: both are open until they are closed. */
import type { Key } from './schema.ts';
import type { Write } from './write.ts';

/** The condition that the account or project is open, and whatever else is stated. */
export const whileOpen = (values: Record<string, unknown> = {}, also: readonly string[] = []) => ({
  ConditionExpression: ['#state = :open', ...also].join(' AND '),
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: { ':open': 'open', ...values },
});

/** Renames an open account or project. */
export function renaming(key: Key, name: string): Write {
  const { ExpressionAttributeNames, ...open } = whileOpen({ ':name': name });
  return {
    Update: {
      Key: key,
      UpdateExpression: 'SET #name = :name',
      ...open,
      ExpressionAttributeNames: { ...ExpressionAttributeNames, '#name': 'name' },
    },
  };
}
