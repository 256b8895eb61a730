import { eventTypes, type ImageEvent } from '../model/events.ts';
import type { ChangeRecord } from '../model/record.ts';

/**
 * Returns the event for an owner's record, with the position of the change in the image's history. It omits the caller's network
 * address. Rule `audit.record`.
 */
export function eventOf(record: ChangeRecord, sequence: number): ImageEvent {
  const {
    id,
    at,
    action,
    region,
    imageId,
    principal: owner,
    actor,
    requestId,
    recipients,
    added,
    rescheduled,
    state,
    source,
  } = record;
  return {
    type: eventTypes[action],
    detail: {
      id,
      sequence,
      at: at.toISOString(),
      region,
      imageId,
      owner,
      actor,
      requestId,
      ...(recipients !== undefined && { recipients: [...recipients] }),
      ...(recipients !== undefined &&
        added !== undefined && {
          added: [...added],
          removed: recipients.filter((recipient) => !added.includes(recipient) && !rescheduled?.includes(recipient)),
        }),
      ...(rescheduled !== undefined && { rescheduled: [...rescheduled] }),
      ...(state !== undefined && { state }),
      ...(source !== undefined && { source }),
    },
  };
}
