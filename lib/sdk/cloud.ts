import type { Policy } from '../model/policy.ts';
import type { Protocol } from './wire.ts';

/** What every cloud's folder fills in. */
export interface Cloud {
  readonly policy: Policy;
  /** How its SDKs speak. */
  readonly protocol: Protocol;
}
