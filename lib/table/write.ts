import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Step } from '../model/plan.ts';

/** One item of a TransactWriteItems call. */
export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** A transaction item without the table name. */
export type Write = { readonly [Operation in keyof TransactItem]?: Omit<NonNullable<TransactItem[Operation]>, 'TableName'> };

/** The writes of these steps. */
export type Writes<Do extends Step['do']> = { readonly [Each in Do]: (step: Extract<Step, { do: Each }>) => Write };

export const doesNotExist = 'attribute_not_exists(PK)';

/** Returns the current item if the condition fails. */
export const returnOldItem = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
