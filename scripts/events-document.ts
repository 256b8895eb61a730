import * as z from 'zod';
import { eventDetails, eventSource } from '../lib/model/events.ts';

/** Generates the JSON Schema of all events as EventBridge delivers them. `$defs` has the detail of each event type. */
export function eventsDocument() {
  const events = Object.entries(eventDetails).map(([type, detail]) =>
    z.object({ source: z.literal(eventSource), 'detail-type': z.literal(type), detail: detail.meta({ id: type }) }),
  );
  return z.toJSONSchema(
    z.union(events).meta({
      title: 'Events of the image sharing service',
      description: 'One event per change of an image, delivered at least once and in no particular order. See docs/events.md.',
    }),
    // From the consumer's side, which must accept unknown fields.
    { io: 'input' },
  );
}
