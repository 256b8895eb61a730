/** Replaces `@smithy/core/event-streams` in the bundles. No request to AWS has or gets a stream of events. */
export function eventStreamSerdeProvider(): never {
  throw new Error('The bundle has no code for streams of events');
}
