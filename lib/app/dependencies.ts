import type { Secrets } from '../auth/sealing.ts';
import type { AccessKeyId } from '../model/ids.ts';
import type { IdForm } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { serviceActor } from '../rules/records.ts';
import type { Store } from '../table/store.ts';
import type { Regions } from './regions.ts';
import { type RetryBudget, withRetry } from './retry.ts';

/** A newly generated access key. Its secret is shown once, and stored only sealed. */
export interface GeneratedAccessKey {
  readonly keyId: AccessKeyId;
  /** 40 characters of A-Za-z0-9. */
  readonly secret: string;
}

/** What all calls of a process have in common. */
export interface Dependencies {
  readonly store: Store;
  readonly regions: Regions;
  readonly now: () => Date;
  /** Record IDs sort by time. */
  readonly newRecordId: (at: Date) => string;
  readonly newId: (form: IdForm) => string;
  /** Seals and unseals the secrets of access keys. The first use requires KMS_KEY_ID or DATA_KEY_FILE. */
  readonly secrets: Secrets;
  /** Generates an access key with a cryptographically random secret. */
  readonly newAccessKey: () => GeneratedAccessKey;
}

/** Creates the stamp of a change made now. */
export function changeStamp(
  { now, newRecordId }: Pick<Dependencies, 'now' | 'newRecordId'>,
  who: { readonly actor: string; readonly from?: string | undefined; readonly requestId: string },
): Stamp {
  const at = now();
  const { actor, from, requestId } = who;
  return { at, actor, ...(from !== undefined && { from }), requestId, recordId: newRecordId(at) };
}

/** What background work needs: clean-up and the change stream. */
export interface BackgroundDependencies {
  readonly store: Store;
  readonly regions: Regions;
  readonly now: () => Date;
  readonly newStamp: () => Stamp;
  readonly budget: RetryBudget;
}

/** The dependencies for work that the service does on its own behalf. */
export const backgroundDependenciesOf = (
  dependencies: Dependencies,
  requestId: string,
  budget: RetryBudget,
): BackgroundDependencies => ({
  store: withRetry(dependencies.store, budget),
  regions: dependencies.regions,
  now: dependencies.now,
  budget,
  newStamp: () => changeStamp(dependencies, { actor: serviceActor, requestId }),
});
