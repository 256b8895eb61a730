import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Step } from '../model/plan.ts';

/** One item of a TransactWriteItems call. */
export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** The same without the name of the table. */
export type Write = { readonly [Operation in keyof TransactItem]?: Omit<NonNullable<TransactItem[Operation]>, 'TableName'> };

/** How these steps are written. */
export type Writes<Do extends Step['do']> = { readonly [Each in Do]: (step: Extract<Step, { do: Each }>) => Write };

export const doesNotExist = 'attribute_not_exists(PK)';

/** Asks for the item as it stands when the condition does not hold. */
export const returnOldItem = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
