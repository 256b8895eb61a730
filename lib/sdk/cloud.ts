import type { Policy } from '../model/policy.ts';
import type { Protocol } from './wire.ts';

/** A supported cloud: its rules and the protocol of its SDKs. */
export interface Cloud {
  readonly policy: Policy;
  readonly protocol: Protocol;
}
