import type { Step } from '../model/plan.ts';
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
