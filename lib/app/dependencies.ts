import type { Secrets } from '../auth/sealing.ts';
import type { AccessKeyId } from '../model/ids.ts';
import type { IdForm } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { serviceActor } from '../rules/records.ts';
import type { Store } from '../table/store.ts';
import type { Regions } from './regions.ts';
import { type RetryBudget, withRetry } from './retry.ts';

/** A new access key. Its secret is returned once, and is stored encrypted. */
export interface GeneratedAccessKey {
  readonly keyId: AccessKeyId;
  /** 40 characters of A-Za-z0-9. */
  readonly secret: string;
}

/** What all calls of a process share. Tests replace all of it. */
export interface Dependencies {
  readonly store: Store;
  readonly regions: Regions;
  readonly now: () => Date;
  /** Returns the ID of a new record: a UUID of version 7. IDs sort by time. */
  readonly newRecordId: (at: Date) => string;
  /** Returns the ID of a new image or instance, in the format of the policy. It is random, so it can already be in use. */
  readonly newResourceId: (form: IdForm) => string;
  /** Seals and unseals the secrets of access keys. The first use requires KMS_KEY_ID or DATA_KEY_FILE. */
  readonly secrets: Secrets;
  /** Generates an access key with a cryptographically random secret. */
  readonly newAccessKey: () => GeneratedAccessKey;
}

/** Creates the stamp of a change that is made now. `call` is the call or the run that makes it. */
export function changeStamp(
  { now, newRecordId }: Pick<Dependencies, 'now' | 'newRecordId'>,
  call: { readonly actor: string; readonly from?: string | undefined; readonly requestId: string },
): Stamp {
  const at = now();
  const { actor, from, requestId } = call;
  return { at, actor, ...(from !== undefined && { from }), requestId, recordId: newRecordId(at) };
}

/** What background work needs: the clean-up, and the function on the table's stream. */
export interface BackgroundDependencies {
  readonly store: Store;
  readonly regions: Regions;
  readonly now: () => Date;
  readonly newStamp: () => Stamp;
  readonly budget: RetryBudget;
}

/** Creates the dependencies for one run of background work. Changes are recorded with the service as the actor. */
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
