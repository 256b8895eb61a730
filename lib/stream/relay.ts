import { change, loadWanted } from '../app/change.ts';
import type { BackgroundDependencies } from '../app/dependencies.ts';
import { logShares } from '../app/metrics.ts';
import { removeClosedPrincipal } from '../app/remove-closed-principal.ts';
import type { ImageEvent } from '../model/events.ts';
import type { Image } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import type { ChangeRecord } from '../model/record.ts';
import { eventOf } from '../rules/events.ts';
import { namesOf } from '../rules/recipients.ts';
import { recipientsCopies, recordsWritten } from '../rules/records.ts';
import type { TableChange } from './decode.ts';

/** Publishes events in order. Throws unless all of them were accepted; some may have been published. */
export type Publish = (events: readonly ImageEvent[]) => Promise<void>;

export interface RelayDeps extends BackgroundDependencies {
  readonly publish: Publish;
}

/** Does what a write requires: copies records to recipients, publishes events, or removes closed principals from images. */
export async function relay(change: TableChange, deps: RelayDeps): Promise<void> {
  switch (change.of) {
    case 'record':
      return copyToRecipients(change.record, deps);
    case 'image':
      await publishChanges(change.image, change.revisionBefore, deps);
      return countShares(change, deps);
    case 'account':
      return change.account.state === 'closed' ? removeClosedPrincipal(change.account.accountId, 'account', deps) : undefined;
    case 'project':
      return change.project.state === 'closed' ? removeClosedPrincipal(change.project.projectId, 'project', deps) : undefined;
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

/** Publishes an event for each record of the write. Rule `audit.record`. */
async function publishChanges(image: Image, revisionBefore: number, { store, publish }: RelayDeps): Promise<void> {
  const events: ImageEvent[] = [];
  for (const { id, sequence } of recordsWritten(image, revisionBefore)) {
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

/** A write that is relayed again is counted again. */
function countShares({ image, recipientsBefore: before }: Extract<TableChange, { of: 'image' }>, { regions }: RelayDeps): void {
  if (before === undefined) {
    return;
  }
  const after = image.recipients;
  const made = namesOf(after).filter((recipient) => !Object.hasOwn(before, recipient)).length;
  const ended = namesOf(before).filter((recipient) => !Object.hasOwn(after, recipient)).length;
  const cap = regions.get(image.region)?.recipientsPerImageMax;
  logShares({
    ...(made > 0 && { SharesMade: made, ...(cap !== undefined && { CapUsed: (100 * namesOf(after).length) / cap }) }),
    ...(ended > 0 && { SharesEnded: ended }),
  });
}
