import { eventTypes, type ImageEvent } from '../model/events.ts';
import type { ChangeRecord } from '../model/record.ts';

/**
 * The event of an owner's record, which is the image's change of number `sequence`: all that the record says but where
 * the caller was. Rule `audit.record`.
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
