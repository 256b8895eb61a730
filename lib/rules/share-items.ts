/** The items of shares, which follow the recipient map of the image. */
import type { ImageKey, PrincipalId } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import type { CleanUpTask, Stamp } from '../model/record.ts';
import { epochSeconds } from './recipients.ts';

/** Returns the details of new shares, by recipient. */
export const sharesFor = (
  { region, imageId }: ImageKey,
  recipients: readonly PrincipalId[],
  stamp: Stamp,
): [PrincipalId, Share][] =>
  recipients.map((recipient) => [
    recipient,
    { region, imageId, recipient, sharedAt: stamp.at, sharedBy: stamp.actor, recordId: stamp.recordId },
  ]);

/**
 * Removes the items of shares that are no longer in the recipient map, as many as fit into the transaction. The clean-up removes
 * the rest. Until then they do no harm, because share items grant no access.
 */
export function removals(image: Image, stamp: Stamp, recipients: readonly PrincipalId[], room: number): Step[] {
  const fitting = recipients.length <= room ? recipients.length : room - 1;
  const now = recipients.slice(0, fitting);
  const later = recipients.slice(fitting);
  return [
    ...now.map((recipient): Step => ({ do: 'remove-share', key: image, recipient })),
    ...(later.length > 0 ? [cleanUpStep(image, stamp, epochSeconds(stamp.at), later)] : []),
  ];
}

/** Schedules the clean-up of the shares with these recipients. `dueAt` is in epoch seconds. */
export function cleanUpStep(image: Image, stamp: Stamp, dueAt: number, recipients: readonly PrincipalId[]): Step {
  const task: CleanUpTask = {
    kind: 'shares',
    dueAt,
    ref: stamp.recordId,
    region: image.region,
    imageId: image.imageId,
    recipients,
  };
  return { do: 'schedule-clean-up', task };
}
