import * as z from 'zod';
import { eventDetails, eventSource } from '../lib/model/events.ts';

/** The JSON Schema of every event as EventBridge delivers it; `$defs` has the detail of each under its type. */
export function eventsDocument() {
  const events = Object.entries(eventDetails).map(([type, detail]) =>
    z.object({ source: z.literal(eventSource), 'detail-type': z.literal(type), detail: detail.meta({ id: type }) }),
  );
  return z.toJSONSchema(
    z.union(events).meta({
      title: 'Events of the image sharing service',
      description: 'One for every change of an image, at least once and in no order: docs/events.md says how to read them.',
    }),
    // As whoever reads them takes them: fields that it does not know may be there.
    { io: 'input' },
  );
}
