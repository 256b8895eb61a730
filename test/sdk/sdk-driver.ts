import type * as fc from 'fast-check';
import type { Key } from './keys.ts';
import type { Reply, SentRequest } from './wire-request.ts';

/** Makes the requests of one cloud's SDKs, for the tests that all clouds share. */
export interface SdkDriver {
  /** The name of its policy. */
  readonly cloud: string;
  /** Returns a signed call that lists the images that the caller owns. */
  readonly listImages: (key: Key, parameters?: Readonly<Record<string, unknown>>) => SentRequest;
  /** Returns undefined for a success. Throws if the response doesn't have the cloud's format. */
  readonly errorCodeOf: (reply: Reply) => string | undefined;
  readonly codes: Readonly<
    Record<'unknownKey' | 'disabledKey' | 'wrongSignature' | 'protocolDisabled' | 'tooLarge' | 'notUtf8', string>
  >;
  readonly internalErrorCodes: readonly string[];
  readonly withWrongSignature: (request: SentRequest) => SentRequest;
  /** Requests that are recognized as the cloud's, but malformed or unusual. */
  readonly malformed: (key: Key) => fc.Arbitrary<SentRequest>;
}
