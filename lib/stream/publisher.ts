import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { thisProcess } from '../app/process.ts';
import { requestLimits } from '../app/request-limits.ts';
import { eventSource, type ImageEvent } from '../model/events.ts';
import type { Publish } from './relay.ts';

/** Limit of EventBridge: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const eventsPerCallMax = 10;

/** Publishes to an EventBridge bus. Throws if the bus does not accept all events; some may have been sent. */
export const publishOn =
  (client: Pick<EventBridgeClient, 'send'>, bus: string): Publish =>
  async (events) => {
    for (let start = 0; start < events.length; start += eventsPerCallMax) {
      const Entries = events.slice(start, start + eventsPerCallMax).map((event) => entryOf(event, bus));
      const { FailedEntryCount = 0, Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
      if (FailedEntryCount > 0) {
        const reasons = results.flatMap(({ ErrorCode, ErrorMessage }) => (ErrorCode ? [`${ErrorCode}: ${ErrorMessage}`] : []));
        throw new Error(`${bus} did not accept ${FailedEntryCount} of ${Entries.length} events: ${reasons.join('; ')}`);
      }
    }
  };

const entryOf = ({ type, detail }: ImageEvent, EventBusName: string): PutEventsRequestEntry => ({
  EventBusName,
  Source: eventSource,
  DetailType: type,
  Detail: JSON.stringify(detail),
  Resources: [`${eventSource}:${detail.region}/${detail.imageId}`],
  Time: new Date(detail.at),
});

/** Writes each event as one line of JSON, if there is no bus, such as on a laptop. */
export const publishTo =
  (output: { write(text: string): unknown }): Publish =>
  async (events) => {
    for (const { type, detail } of events) {
      output.write(`${JSON.stringify({ event: type, ...detail })}\n`);
    }
  };

let cachedPublisher: Publish | undefined;

/**
 * Returns the publisher of this process, created on first use. Not in process.ts, so that only the relay bundles the EventBridge
 * client.
 */
export function thisPublisher(): Publish {
  const { eventBus } = thisProcess();
  cachedPublisher ??=
    eventBus === undefined ? publishTo(process.stdout) : publishOn(new EventBridgeClient(requestLimits), eventBus);
  return cachedPublisher;
}
