import { actorName, type Caller } from '../auth/caller.ts';
import { ActionError } from '../model/error.ts';
import type { CopyJobKey, ImageId, ImageKey, InstanceId, PrincipalId, Region } from '../model/ids.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { PrincipalKind } from '../model/principal.ts';
import type { Stamp } from '../model/record.ts';
import { accountOf, principalByToken, type Tenant } from '../rules/principals.ts';
import { Contention, type Facts, type RegionalPrincipal, type Store, type Wanted } from '../table/store.ts';
import { type ActingPrincipal, actingAs, principalsIn } from './acting.ts';
import { loadWanted } from './change.ts';
import { type ChangeOfEach, changeEach, type EachChanged } from './change-each.ts';
import { changeOnce } from './change-once.ts';
import { changeStamp, type Dependencies } from './dependencies.ts';
import { type IdempotentCall, idempotentCall, replay } from './idempotency.ts';
import type { Regions } from './regions.ts';
import { removeClosedPrincipal } from './remove-closed-principal.ts';
import { type RetryBudget, retry, withRetry } from './retry.ts';
import { sharePlannedCopies } from './share-planned.ts';

/** The parts of the context that differ from call to call. */
export interface Call {
  /** Name of the action. */
  readonly action: string;
  readonly caller: Caller;
  readonly requestId: string;
  /** The caller's network address. */
  readonly from?: string | undefined;
  /** The project that the request specifies, which the caller acts as in regions where projects own images. */
  readonly project?: PrincipalId | undefined;
  readonly isDryRun?: boolean;
  /** The revisions in If-Match: the edit applies only to one of them. Undefined: to any revision. */
  readonly revisionsSeen?: readonly number[] | undefined;
  readonly idempotency?: { readonly key: string; readonly request: unknown } | undefined;
  readonly budget: RetryBudget;
}

/** Decides on the facts. Can be called several times: see ChangeOptions in change.ts. */
type Decide<Result, Loaded> = (facts: Loaded, stamp: Stamp) => Plan<Result>;

/** What to read before a decision. */
export interface ToRead<More = unknown> extends Wanted {
  /**
   * Reads additional facts, based on those read first. Returns the fields to add to them. `changeAsPrincipal` adds the principal to
   * the facts.
   */
  readonly loadMore?: ((facts: Facts & Partial<ActingPrincipal>, store: Store) => Promise<More>) | undefined;
}

/** Everything that an action can use. */
export interface Context {
  readonly caller: Caller;
  readonly store: Store;
  readonly regions: Regions;
  readonly now: () => Date;
  /** Returns the policy of a region. Throws RegionNotFound. */
  readonly policyOf: (region: Region) => Policy;
  /** Draws a random image ID. If it is already in use, the commit fails and the next attempt has to draw another one. */
  readonly newImageId: (policy: Policy) => ImageId;
  /** The same for instances. */
  readonly newInstanceId: (policy: Policy) => InstanceId;
  /** Draws the random ID of a resource that has the same form in all regions. */
  readonly newResourceId: Dependencies['newResourceId'];
  /** Returns the ID of a record, for plans that need more than that of their stamp. */
  readonly newRecordId: Dependencies['newRecordId'];
  readonly secrets: Dependencies['secrets'];
  readonly newAccessKey: Dependencies['newAccessKey'];
  /** Returns whether the result of a change is that of an earlier call with the same Idempotency-Key. */
  readonly isReplayed: () => boolean;
  /** See Call. */
  readonly revisionsSeen: readonly number[] | undefined;
  /** Records that the recipient used its share of the image, if the table is available. Does nothing in a dry run. */
  readonly recordUse: (key: ImageKey, recipient: PrincipalId) => Promise<void>;
  /** Returns the account and project of the credentials. Throws Forbidden if they have no account. */
  readonly tenant: () => Tenant;
  /** Returns the account, for what concerns all of it. Throws Forbidden if the credentials are limited to a project. */
  readonly requireAccountId: () => PrincipalId;
  /** Returns the principal that the caller acts as if the token alone determines it, without a read. */
  readonly principalByToken: (region: Region) => PrincipalId | undefined;
  /**
   * Reads facts and the principal that the caller acts as, in one strongly consistent batch: the one in the region or, without a
   * region, the specified project, the project of the credentials, or the account.
   */
  readonly readAsPrincipal: (region: Region | undefined, wanted: Wanted) => Promise<Facts & ActingPrincipal>;
  readonly read: (wanted: Wanted) => Promise<Facts>;
  /**
   * Returns the principal that the caller acts as in each of these regions. Without regions: in every region in which it has one.
   * Throws what `readAsPrincipal` throws.
   */
  readonly readPrincipals: (regions: readonly Region[] | undefined) => Promise<RegionalPrincipal[]>;
  /** Retries a multi-step read that throws Contention itself. Reads from the store are always retried. */
  readonly retry: <Found>(read: () => Promise<Found>) => Promise<Found>;
  /**
   * Reads what `toRead` names, decides, and commits: see change.ts. Records the result of a call with an Idempotency-Key, and
   * returns it if the call is repeated. In a dry run, decides without committing.
   */
  readonly change: <Result, More = unknown>(toRead: ToRead<More>, decide: Decide<Result, Facts & More>) => Promise<Result>;
  /** Like `change`. Also reads the principal that the caller acts as, as `readAsPrincipal` does, and adds it to the facts. */
  readonly changeAsPrincipal: <Result, More = unknown>(
    region: Region | undefined,
    toRead: ToRead<More>,
    decide: Decide<Result, Facts & ActingPrincipal & More>,
  ) => Promise<Result>;
  /**
   * Shares the copies of a job that can be shared already. If the table is too busy, leaves the rest to the clean-up. Does nothing
   * in a dry run.
   */
  readonly sharePlannedCopies: (key: CopyJobKey) => Promise<void>;
  /** Changes every image in a list, each in its own transaction: see change-each.ts. In a dry run, changes nothing. */
  readonly changeEach: (changeOfEach: ChangeOfEach) => Promise<EachChanged>;
  /** Removes a closed principal from all images shared with it. Does nothing in a dry run. */
  readonly removeClosedPrincipal: (principal: PrincipalId, kind: PrincipalKind) => Promise<void>;
}

/** Creates the context of one call. */
export function contextOf(dependencies: Dependencies, call: Call): Context {
  const { regions, now } = dependencies;
  const { caller, budget } = call;
  const store = withRetry(dependencies.store, budget);

  const policyOf = (region: Region): Policy => {
    const policy = regions.get(region);
    if (policy === undefined) {
      throw new ActionError('RegionNotFound', {
        detail: `Region ${region} doesn't exist. To list regions, call GET /v1/regions.`,
      });
    }
    return policy;
  };

  const tenant = (): Tenant => {
    if (caller.account === undefined) {
      throw new ActionError('Forbidden', { detail: "These credentials aren't associated with an account." });
    }
    return { account: caller.account, project: caller.project };
  };

  const newStamp = (): Stamp =>
    changeStamp(dependencies, { actor: actorName(caller), from: call.from, requestId: call.requestId });

  const actingIn = (region: Region | undefined) =>
    actingAs(region === undefined ? kindWithoutRegion(tenant(), call) : policyOf(region).principalKind, tenant(), call.project);

  const { read } = store;
  let isReplayed = false;

  const identityOfCall = (): IdempotentCall | undefined => {
    const { action, project, idempotency, revisionsSeen } = call;
    const { key, request } = idempotency ?? {};
    return key === undefined ? undefined : idempotentCall(key, { action, caller, project, request, revisionsSeen });
  };

  const changeInCall = async <Result, More = unknown>(
    { loadMore, ...wanted }: ToRead<More>,
    decide: Decide<Result, Facts & More>,
  ): Promise<Result> => {
    const { isDryRun = false } = call;
    const identity = identityOfCall();
    const loadFacts = loadWanted(store, { ...wanted, idempotencyKey: identity?.key });
    const changed = await changeOnce<Result, Facts & More>({
      ...{ store, budget, identity, isDryRun, newStamp, now, decide },
      async load(stale) {
        const facts = await loadFacts(stale);
        return { ...facts, ...(await loadMore?.(facts, store)) } as Facts & More;
      },
    });
    isReplayed = changed.isReplayed;
    return changed.result;
  };

  /**
   * Runs changes that don't fit into one transaction. A repeated call returns the recorded result. A result is recorded only if
   * it is final, so that repeating an interrupted call continues it.
   */
  const runOnce = async <Result>(run: () => Promise<Result>, isFinal: (result: Result) => boolean): Promise<Result> => {
    const identity = identityOfCall();
    if (identity === undefined) {
      return run();
    }
    const { idempotencyRecord } = await read({ idempotencyKey: identity.key });
    const recorded = replay<Result>(identity, idempotencyRecord, now());
    if (recorded !== undefined) {
      isReplayed = true;
      return recorded.result;
    }
    const result = await run();
    return isFinal(result) ? changeInCall({}, () => ({ steps: [], result })) : result;
  };

  return {
    caller,
    store,
    regions,
    now,
    policyOf,
    newImageId: (policy) => dependencies.newResourceId(policy.imageId) as ImageId,
    newInstanceId: (policy) => dependencies.newResourceId(policy.instanceId) as InstanceId,
    newResourceId: dependencies.newResourceId,
    newRecordId: dependencies.newRecordId,
    secrets: dependencies.secrets,
    newAccessKey: dependencies.newAccessKey,
    isReplayed: () => isReplayed,
    revisionsSeen: call.revisionsSeen,
    async recordUse(key, recipient) {
      if (call.isDryRun !== true) {
        await store.recordUse(key, recipient, now()).catch(ignoreUnavailable);
      }
    },
    tenant,
    requireAccountId: () => accountOf(tenant()),
    read,
    principalByToken: (region) => principalByToken(tenant(), policyOf(region), call.project),
    retry: (read) => retry(read, budget),
    async readAsPrincipal(region, wanted) {
      const { withKeys, actingBy } = actingIn(region);
      const facts = await read(withKeys(wanted));
      return { ...facts, ...actingBy(facts) };
    },
    async sharePlannedCopies(key) {
      if (call.isDryRun !== true) {
        await sharePlannedCopies(key, { store, regions, now, newStamp, budget }).catch(ignoreUnavailable);
      }
    },
    readPrincipals(named) {
      const places = [...new Set(named ?? regions.keys())].map((region) => ({ region, kind: policyOf(region).principalKind }));
      return principalsIn(places, { tenant: tenant(), requested: call.project, isEveryRegion: named === undefined }, read);
    },
    changeEach: (changeOfEach) =>
      runOnce(
        () => changeEach(changeOfEach, { store, newStamp, budget, isDryRun: call.isDryRun ?? false }),
        ({ complete, failed }) => complete && failed.length === 0,
      ),
    async removeClosedPrincipal(principal, kind) {
      if (call.isDryRun !== true) {
        await removeClosedPrincipal(principal, kind, { store, regions, now, newStamp, budget });
      }
    },
    change: changeInCall,
    changeAsPrincipal: <Result, More>(
      region: Region | undefined,
      { loadMore, ...wanted }: ToRead<More>,
      decide: Decide<Result, Facts & ActingPrincipal & More>,
    ) => {
      const { withKeys, actingBy } = actingIn(region);
      const loadPrincipal = async (facts: Facts, factStore: Store) => {
        const acting = actingBy(facts);
        return { ...acting, ...(await loadMore?.({ ...facts, ...acting }, factStore)) } as ActingPrincipal & More;
      };
      return changeInCall<Result, ActingPrincipal & More>({ ...withKeys(wanted), loadMore: loadPrincipal }, decide);
    },
  };
}

/** The change is already committed. The call must not fail because what follows it has to wait. */
function ignoreUnavailable(failure: unknown): void {
  const isUnavailable = failure instanceof Contention || (failure instanceof ActionError && failure.code === 'Unavailable');
  if (!isUnavailable) {
    throw failure;
  }
}

const kindWithoutRegion = (caller: Tenant, { project }: Call): PrincipalKind =>
  (caller.project ?? project) === undefined ? 'account' : 'project';
