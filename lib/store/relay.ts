import type { Step } from '../model/plan.ts';
import { recipientsCopies } from '../rules/records.ts';
import { patiently } from './change.ts';
import type { Item } from './items.ts';
import { recordFrom, storedFrom } from './items.ts';
import { type Sweeping, sweepHolder } from './sweep.ts';

/** Does what follows from an item that was written: see the stream's function. */
export async function relay(item: Item, sweeping: Sweeping): Promise<void> {
  const record = recordFrom(item);
  if (record !== undefined) {
    const steps = recipientsCopies(record).map((copy): Step => ({ do: 'put-record', record: copy }));
    if (steps.length > 0) {
      await patiently(() => sweeping.store.commit(steps), sweeping.patience);
    }
    return;
  }
  const stored = storedFrom(item);
  if (stored.of === 'account' && stored.account.state === 'closed') {
    await sweepHolder(stored.account.accountId, 'account', sweeping);
  }
  if (stored.of === 'project' && stored.project.state === 'closed') {
    await sweepHolder(stored.project.projectId, 'project', sweeping);
  }
}
