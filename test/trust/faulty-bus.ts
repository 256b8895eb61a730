import type { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { publishOn } from '../../lib/stream/publisher.ts';

/** Nothing is published, only the first event of several, or everything, although the caller learns of no success. */
export const busFaults = ['refused', 'partly', 'no answer'] as const;
export type BusFault = (typeof busFaults)[number];

/** An event bus that accepts events, unless a fault is planned for a request. */
export class FaultyBus {
  /** The details of the events, in the order in which they were accepted. */
  readonly accepted: string[] = [];
  requests = 0;
  #planned: (request: number) => BusFault | undefined;

  constructor(planned: (request: number) => BusFault | undefined) {
    this.#planned = planned;
  }

  heal(): void {
    this.#planned = () => undefined;
  }

  readonly publish = publishOn(
    { send: (command: PutEventsCommand) => this.#send(command) } as Pick<EventBridgeClient, 'send'>,
    'bus',
  );

  async #send({ input: { Entries = [] } }: PutEventsCommand): Promise<unknown> {
    const fault = this.#planned(this.requests);
    this.requests += 1;
    const count = fault === 'refused' ? 0 : fault === 'partly' ? 1 : Entries.length;
    this.accepted.push(...Entries.slice(0, count).map(({ Detail = '' }) => Detail));
    if (fault === 'no answer') {
      throw new Error('No answer');
    }
    return fault === undefined
      ? { FailedEntryCount: 0 }
      : {
          FailedEntryCount: Entries.length - count,
          Entries: Entries.map((_, index) => (index < count ? {} : { ErrorCode: 'ThrottlingException' })),
        };
  }
}
