import type { Policy } from '../model/policy.ts';
import type { Protocol, WireRequest } from './wire.ts';

/** A supported cloud: its rules and the protocol of its SDKs. */
export interface Cloud {
  readonly policy: Policy;
  /** Whether a request has the format of this cloud's SDKs. It doesn't have to be valid. */
  readonly recognizes: (request: WireRequest) => boolean;
  /** Loads the protocol, with the schemas of all its actions, on first use. */
  readonly protocol: () => Promise<Protocol>;
}
