import { patiently } from '../app/change.ts';
import type { CleanUpDeps } from '../app/dependencies.ts';
import { removeClosedHolder } from '../app/remove-closed-holder.ts';
import type { ImageEvent } from '../model/events.ts';
import type { Image } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import type { ChangeRecord } from '../model/record.ts';
import { eventOf } from '../rules/events.ts';
import { recipientsCopies, recordsWritten } from '../rules/records.ts';
import type { Item } from '../table/item.ts';
import { recordFrom } from '../table/items/record.ts';
import { storedFrom } from '../table/stored.ts';

/** A write of an item, as the table's stream tells it. */
export interface ItemChange {
  /** Absent for an item that is new, and from the stream of a table that was made without it. */
  readonly before?: Item | undefined;
  readonly after: Item;
  readonly isNew: boolean;
}

/** Gives events to whoever listens, in their order. Throws unless all of them were taken; some may have been. */
export type Publish = (events: readonly ImageEvent[]) => Promise<void>;

export interface Relaying extends CleanUpDeps {
  readonly publish: Publish;
}

/** Does what follows from a write of an item: see the stream's function. */
export async function relay(change: ItemChange, relaying: Relaying): Promise<void> {
  const record = recordFrom(change.after);
  if (record !== undefined) {
    return copyToRecipients(record, relaying);
  }
  const stored = storedFrom(change.after);
  if (stored.of === 'image') {
    return publishChanges(stored.image, revisionBefore(change, stored.image), relaying);
  }
  if (stored.of === 'account' && stored.account.state === 'closed') {
    await removeClosedHolder(stored.account.accountId, 'account', relaying);
  }
  if (stored.of === 'project' && stored.project.state === 'closed') {
    await removeClosedHolder(stored.project.projectId, 'project', relaying);
  }
}

async function copyToRecipients(record: ChangeRecord, { store, patience }: Relaying): Promise<void> {
  const steps = recipientsCopies(record).map((copy): Step => ({ do: 'put-record', record: copy }));
  if (steps.length > 0) {
    await patiently(() => store.commit(steps), patience);
  }
}

/** Where the item before is not told, the write is taken to have brought one record: an event that comes again is known by its id. */
const revisionBefore = ({ before, isNew }: ItemChange, { revision }: Image): number =>
  isNew ? 0 : before === undefined ? revision - 1 : (before['revision'] as number);

/** An event for each record that a write of an image brought. Rule `audit.record`. */
async function publishChanges(image: Image, before: number, { store, patience, publish }: Relaying): Promise<void> {
  const events: ImageEvent[] = [];
  for (const { id, sequence } of recordsWritten(image, before)) {
    const record = await patiently(() => store.record(image, id), patience);
    if (record === undefined) {
      throw new Error(`Image ${image.imageId} in ${image.region} has no record ${id}, which came with revision ${sequence}`);
    }
    events.push(eventOf(record, sequence));
  }
  if (events.length > 0) {
    await publish(events);
  }
}
