import type { Policy } from '../model/policy.ts';

/** What every cloud's folder fills in. */
export interface Cloud {
  readonly policy: Policy;
}
