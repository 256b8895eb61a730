import { eventTypes, type ImageEvent } from '../model/events.ts';
import type { ChangeRecord } from '../model/record.ts';
import { expirationOf, expirationsOf } from './recipients.ts';
import { removedIn } from './records.ts';

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
    endsAt,
    previousEnds,
    reason,
    changes,
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
      ...(added !== undefined && { added: [...added], removed: removedIn(record) }),
      ...(rescheduled !== undefined && { rescheduled: [...rescheduled] }),
      ...(endsAt !== undefined && { expiresAt: expirationOf(endsAt) }),
      ...(previousEnds !== undefined && { previousExpirations: expirationsOf(previousEnds) }),
      ...(reason !== undefined && { reason }),
      ...(changes !== undefined && { changes: [...changes] }),
      ...(state !== undefined && { state }),
      ...(source !== undefined && { source }),
    },
  };
}
