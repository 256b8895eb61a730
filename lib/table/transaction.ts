import type { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Step } from '../model/plan.ts';
import { hasUnknownOutcome } from './failures.ts';
import { accessKeyWrites } from './items/access-key.ts';
import { accountWrites } from './items/account.ts';
import { addressBookWrites } from './items/address-book.ts';
import { copyJobWrites } from './items/copy-job.ts';
import { countWrites } from './items/count.ts';
import { idempotencyWrites } from './items/idempotency.ts';
import { imageWrites } from './items/image.ts';
import { instanceWrites } from './items/instance.ts';
import { principalWrites } from './items/principal.ts';
import { projectWrites } from './items/project.ts';
import { recordWrites } from './items/record.ts';
import { shareWrites } from './items/share.ts';
import { taskWrites } from './items/task.ts';
import type { TransactItem, Writes } from './write.ts';

const writes: Writes<Step['do']> = {
  ...imageWrites,
  ...shareWrites,
  ...recordWrites,
  ...countWrites,
  ...instanceWrites,
  ...principalWrites,
  ...accountWrites,
  ...projectWrites,
  ...accessKeyWrites,
  ...copyJobWrites,
  ...addressBookWrites,
  ...idempotencyWrites,
  ...taskWrites,
};

/** Converts one step to an item of a transaction. */
export function transactItem(step: Step, TableName: string): TransactItem {
  const write = writes[step.do](step as never);
  return Object.fromEntries(Object.entries(write).map(([operation, input]) => [operation, { TableName, ...input }]));
}

/**
 * Watches the attempts that the SDK makes to send a transaction. If one got no response, the transaction can be committed, even
 * if DynamoDB then rejects the next one because it is too busy. All attempts have the same token, so at most one takes effect.
 */
export function watchAttempts(command: TransactWriteCommand): { readonly mayHaveCommitted: () => boolean } {
  let isUnknown = false;
  command.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (failure) {
        isUnknown ||= hasUnknownOutcome(failure);
        throw failure;
      }
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  return { mayHaveCommitted: () => isUnknown };
}
