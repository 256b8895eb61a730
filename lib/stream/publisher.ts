import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { thisProcess } from '../app/process.ts';
import { eventSource, type ImageEvent } from '../model/events.ts';
import type { Publish } from './relay.ts';

/** EventBridge takes so many events in one call: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const eventsPerCallMax = 10;

/** Publishes on an EventBridge bus. Whatever the bus does not take throws; the events before it were sent. */
export const publishOn =
  (client: Pick<EventBridgeClient, 'send'>, bus: string): Publish =>
  async (events) => {
    for (let at = 0; at < events.length; at += eventsPerCallMax) {
      const Entries = events.slice(at, at + eventsPerCallMax).map((event) => entryOf(event, bus));
      const { FailedEntryCount = 0, Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
      if (FailedEntryCount > 0) {
        const reasons = results.flatMap(({ ErrorCode, ErrorMessage }) => (ErrorCode ? [`${ErrorCode}: ${ErrorMessage}`] : []));
        throw new Error(`${bus} did not take ${FailedEntryCount} of ${Entries.length} events: ${reasons.join('; ')}`);
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

/** Writes each event as one line of JSON: where there is no bus, such as on a laptop. */
export const publishTo =
  (output: { write(text: string): unknown }): Publish =>
  async (events) => {
    for (const { type, detail } of events) {
      output.write(`${JSON.stringify({ event: type, ...detail })}\n`);
    }
  };

let started: Publish | undefined;

/**
 * How this process publishes, made when it is first asked for. It stands apart from process.ts, so that only the function
 * that publishes carries the client.
 */
export function thisPublisher(): Publish {
  const { eventBus } = thisProcess();
  started ??= eventBus === undefined ? publishTo(process.stdout) : publishOn(new EventBridgeClient(), eventBus);
  return started;
}
