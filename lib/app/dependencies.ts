import type { Secrets } from '../auth/sealing.ts';
import type { AccessKeyId } from '../model/ids.ts';
import type { IdForm } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { serviceActor } from '../rules/records.ts';
import type { Store } from '../table/store.ts';
import type { Regions } from './regions.ts';
import { type RetryBudget, withRetry } from './retry.ts';

/** An access key as it is drawn; its secret is shown once and then only sealed. */
export interface DrawnKey {
  readonly keyId: AccessKeyId;
  /** 40 characters of A-Za-z0-9. */
  readonly secret: string;
}

/** What the process gives every call. */
export interface Dependencies {
  readonly store: Store;
  readonly regions: Regions;
  readonly now: () => Date;
  /** Ids of records sort by time. */
  readonly newRecordId: (at: Date) => string;
  readonly newId: (form: IdForm) => string;
  /** Seals and unseals secrets of access keys; needs KMS_KEY_ID or DATA_KEY_FILE when it is first used. */
  readonly secrets: Secrets;
  /** Draws an access key: nobody can guess its secret. */
  readonly newAccessKey: () => DrawnKey;
}

/** The stamp of a change made now. */
export function stampOf(
  { now, newRecordId }: Pick<Dependencies, 'now' | 'newRecordId'>,
  who: { readonly actor: string; readonly from?: string | undefined; readonly requestId: string },
): Stamp {
  const at = now();
  const { actor, from, requestId } = who;
  return { at, actor, ...(from !== undefined && { from }), requestId, recordId: newRecordId(at) };
}

/** What work needs that nobody waits for: clean-up, and what follows from a write. */
export interface CleanUpDeps {
  readonly store: Store;
  readonly regions: Regions;
  readonly now: () => Date;
  readonly newStamp: () => Stamp;
  readonly budget: RetryBudget;
}

/** The same, in the name of the service. */
export const cleanUpDepsOf = (dependencies: Dependencies, requestId: string, budget: RetryBudget): CleanUpDeps => ({
  store: withRetry(dependencies.store, budget),
  regions: dependencies.regions,
  now: dependencies.now,
  budget,
  newStamp: () => stampOf(dependencies, { actor: serviceActor, requestId }),
});
