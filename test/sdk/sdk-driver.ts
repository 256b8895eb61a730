import type * as fc from 'fast-check';
import type { Key } from './keys.ts';
import type { Reply, SentRequest } from './wire-request.ts';

/** How one cloud's SDKs speak, as far as every cloud's requests are tested alike. */
export interface SdkDriver {
  /** The name of its policy. */
  readonly cloud: string;
  /** A call that lists the caller's own images, signed. */
  readonly listing: (key: Key, parameters?: Readonly<Record<string, unknown>>) => SentRequest;
  /** The cloud's code in an answer, and undefined in a success. Throws where the answer is none of the cloud's. */
  readonly codeIn: (reply: Reply) => string | undefined;
  readonly codes: Readonly<
    Record<'unknownKey' | 'disabledKey' | 'wrongSignature' | 'switchedOff' | 'tooLarge' | 'notUtf8', string>
  >;
  /** Codes that are the service's fault. */
  readonly faults: readonly string[];
  /** The request with its signature changed. */
  readonly misSigned: (sent: SentRequest) => SentRequest;
  /** Requests that are made in the cloud's manner, and odd. */
  readonly odd: (key: Key) => fc.Arbitrary<SentRequest>;
}
