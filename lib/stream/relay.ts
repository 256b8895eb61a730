import { change, loadWanted } from '../app/change.ts';
import type { CleanUpDeps } from '../app/dependencies.ts';
import { removeClosedPrincipal } from '../app/remove-closed-principal.ts';
import type { ImageEvent } from '../model/events.ts';
import type { Image } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import type { ChangeRecord } from '../model/record.ts';
import { eventOf } from '../rules/events.ts';
import { recipientsCopies, recordsWritten } from '../rules/records.ts';
import type { TableChange } from './decode.ts';

/** Gives events to whoever listens, in their order. Throws unless all of them were taken; some may have been. */
export type Publish = (events: readonly ImageEvent[]) => Promise<void>;

export interface RelayDeps extends CleanUpDeps {
  readonly publish: Publish;
}

/** Does what follows from a write of an item: see the stream's function. */
export async function relay(change: TableChange, relaying: RelayDeps): Promise<void> {
  switch (change.of) {
    case 'record':
      return copyToRecipients(change.record, relaying);
    case 'image':
      return publishChanges(change.image, change.revisionBefore, relaying);
    case 'account':
      return change.account.state === 'closed' ? removeClosedPrincipal(change.account.accountId, 'account', relaying) : undefined;
    case 'project':
      return change.project.state === 'closed' ? removeClosedPrincipal(change.project.projectId, 'project', relaying) : undefined;
    default:
      return undefined;
  }
}

async function copyToRecipients(record: ChangeRecord, { store, budget }: RelayDeps): Promise<void> {
  const steps = recipientsCopies(record).map((copy): Step => ({ do: 'put-record', record: copy }));
  if (steps.length > 0) {
    await change({ store, budget, load: loadWanted(store, {}), decide: () => ({ steps, result: undefined }) });
  }
}

/** An event for each record that a write of an image brought. Rule `audit.record`. */
async function publishChanges(image: Image, before: number, { store, publish }: RelayDeps): Promise<void> {
  const events: ImageEvent[] = [];
  for (const { id, sequence } of recordsWritten(image, before)) {
    const record = await store.record(image, id);
    if (record === undefined) {
      throw new Error(`Image ${image.imageId} in ${image.region} has no record ${id}, which came with revision ${sequence}`);
    }
    events.push(eventOf(record, sequence));
  }
  if (events.length > 0) {
    await publish(events);
  }
}
