import { actorOf, type Caller } from '../auth/caller.ts';
import { ActionError } from '../model/error.ts';
import type { ImageId, ImageKey, InstanceId, PrincipalId, Region } from '../model/ids.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { PrincipalKind } from '../model/principal.ts';
import type { Stamp } from '../model/record.ts';
import { accountOf, actingKeys, actingPrincipal, principalByToken, type Tenant } from '../rules/principals.ts';
import { Contention, type Facts, type Store, type Wanted } from '../table/store.ts';
import { change, forecast, loadWanted } from './change.ts';
import { type Dependencies, stampOf } from './dependencies.ts';
import { idempotentCall, replay, withRecord } from './idempotency.ts';
import type { Regions } from './regions.ts';
import { removeClosedPrincipal } from './remove-closed-principal.ts';
import { type RetryBudget, retry, withRetry } from './retry.ts';

/** What is particular to one call. */
export interface Call {
  /** Name of the action. */
  readonly action: string;
  readonly caller: Caller;
  readonly requestId: string;
  /** The caller's network address. */
  readonly from?: string | undefined;
  /** The project that the request states: whom the caller acts as where projects hold images. */
  readonly project?: PrincipalId | undefined;
  readonly isDryRun?: boolean;
  /** The revisions on one of which an edit is made; absent where any will do. */
  readonly revisionsSeen?: readonly number[] | undefined;
  readonly idempotency?: { readonly key: string; readonly request: unknown } | undefined;
  readonly budget: RetryBudget;
}

type Decide<Result, Known> = (facts: Known, stamp: Stamp) => Plan<Result>;

/** Reads what a decision needs beyond what is wanted; its fields are added to the facts. */
export type LoadMore<More> = (facts: Facts, store: Store) => Promise<More>;

/** The principal that the caller acts as. */
interface ActingPrincipal {
  readonly principal: PrincipalId;
}

/** All that an action may use. */
export interface Context {
  readonly caller: Caller;
  readonly store: Store;
  readonly regions: Regions;
  readonly now: () => Date;
  /** The policy of a region. Refuses with RegionNotFound. */
  readonly policyOf: (region: Region) => Policy;
  readonly newImageId: (policy: Policy) => ImageId;
  readonly secrets: Dependencies['secrets'];
  readonly newAccessKey: Dependencies['newAccessKey'];
  readonly newInstanceId: (policy: Policy) => InstanceId;
  /** Whether the result of a change is that of an earlier call with the same Idempotency-Key. */
  readonly isReplayed: () => boolean;
  /** As the call states them: see Call. */
  readonly revisionsSeen: readonly number[] | undefined;
  /** Notes that the recipient has used its share of the image, if the table can be written; in a dry run it does nothing. */
  readonly noteUse: (key: ImageKey, recipient: PrincipalId) => Promise<void>;
  /** The account of the caller's credentials. Refuses with Forbidden when they name none. */
  readonly tenant: () => Tenant;
  /** The same for what concerns the whole account. Refuses with Forbidden when the credentials are limited to a project. */
  readonly account: () => PrincipalId;
  /** The principal that the caller acts as, where its token alone says it: nothing has to be read. */
  readonly principalByToken: (region: Region) => PrincipalId | undefined;
  /** Reads facts, strongly consistent in one batch, with the principal that the caller acts as. */
  readonly readAs: (region: Region, wanted: Wanted) => Promise<Facts & ActingPrincipal>;
  readonly read: (wanted: Wanted) => Promise<Facts>;
  /** Whose records the caller reads: the principal it acts as in the region; without one, its stated project or its account. */
  readonly readRecordPrincipal: (region: Region | undefined) => Promise<{ principal: PrincipalId; kind: PrincipalKind }>;
  /** Makes a read of several steps again while it meets Contention of its own; the store's reads are retried as it is. */
  readonly retry: <Found>(read: () => Promise<Found>) => Promise<Found>;
  /**
   * Loads, decides, commits: see change.ts. A call with an Idempotency-Key records its result, and a repeat returns it. In a dry
   * run, nothing is written.
   */
  readonly change: <Result, More = unknown>(
    wanted: Wanted,
    decide: Decide<Result, Facts & More>,
    more?: LoadMore<More>,
  ) => Promise<Result>;
  /** The same, with the principal that the caller acts as among the facts. */
  readonly changeAs: <Result, More = unknown>(
    region: Region,
    wanted: Wanted,
    decide: Decide<Result, Facts & ActingPrincipal & More>,
    more?: LoadMore<More>,
  ) => Promise<Result>;
  /** Takes a principal that was closed from the images shared with it; in a dry run it does nothing. */
  readonly removeClosedPrincipal: (principal: PrincipalId, kind: PrincipalKind) => Promise<void>;
}

/** Puts together what an action may use in one call. */
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

  const stamp = (): Stamp => stampOf(dependencies, { actor: actorOf(caller), from: call.from, requestId: call.requestId });

  /** What to read to know the principal that the caller acts as in a region, and how to tell it from what was read. */
  const actingIn = (policy: Pick<Policy, 'principalKind'>) => {
    const keys = actingKeys(tenant(), policy, call.project);
    return {
      withKeys: (wanted: Wanted): Wanted => ({
        ...wanted,
        accounts: [...(wanted.accounts ?? []), ...(keys.account === undefined ? [] : [keys.account])],
        projects: [...(wanted.projects ?? []), ...(keys.project === undefined ? [] : [keys.project])],
      }),
      principalIn: (facts: Facts) => actingPrincipal(tenant(), keys, policy, facts),
    };
  };

  const { read } = store;
  let isReplayed = false;

  const changeOnce = async <Result, More = unknown>(
    wanted: Wanted,
    decide: Decide<Result, Facts & More>,
    more?: LoadMore<More>,
  ): Promise<Result> => {
    const { action, project, idempotency, revisionsSeen } = call;
    const { key, request } = idempotency ?? {};
    const repeatable = key === undefined ? undefined : idempotentCall(key, { action, caller, project, request, revisionsSeen });
    const loadFacts = loadWanted(store, { ...wanted, idempotencyKey: repeatable?.key });
    const run = call.isDryRun === true ? forecast : change;
    try {
      return await run<Result, Facts & More>({
        store,
        budget,
        async load(stale) {
          const facts = await loadFacts(stale);
          return { ...facts, ...(await more?.(facts, store)) } as Facts & More;
        },
        decide(facts) {
          const made = stamp();
          if (repeatable === undefined) {
            return decide(facts, made);
          }
          const first = replay<Result>(repeatable, facts.idempotencyRecord, made.at);
          isReplayed = first !== undefined;
          return first ?? withRecord(decide(facts, made), repeatable, made.at);
        },
      });
    } catch (refusal) {
      // A batch of reads is not a snapshot: it may show what the first attempt of this call changed, but not its record yet.
      if (repeatable === undefined || !(refusal instanceof ActionError) || refusal.code === 'Unavailable') {
        throw refusal;
      }
      const { idempotencyRecord } = await read({ idempotencyKey: repeatable.key });
      const first = replay<Result>(repeatable, idempotencyRecord, now());
      if (first === undefined) {
        throw refusal;
      }
      isReplayed = true;
      return first.result;
    }
  };

  return {
    caller,
    store,
    regions,
    now,
    policyOf,
    newImageId: (policy) => dependencies.newId(policy.imageId) as ImageId,
    secrets: dependencies.secrets,
    newAccessKey: dependencies.newAccessKey,
    newInstanceId: (policy) => dependencies.newId(policy.instanceId) as InstanceId,
    isReplayed: () => isReplayed,
    revisionsSeen: call.revisionsSeen,
    async noteUse(key, recipient) {
      if (call.isDryRun !== true) {
        await store.noteUse(key, recipient, now()).catch(ignoreUnavailable);
      }
    },
    tenant,
    account: () => accountOf(tenant()),
    read,
    principalByToken: (region) => principalByToken(tenant(), policyOf(region), call.project),
    retry: (reading) => retry(reading, budget),
    async readAs(region, wanted) {
      const { withKeys, principalIn } = actingIn(policyOf(region));
      const facts = await read(withKeys(wanted));
      return { ...facts, principal: principalIn(facts) };
    },
    async readRecordPrincipal(region) {
      const kind = region === undefined ? kindWithoutRegion(tenant(), call) : policyOf(region).principalKind;
      const { withKeys, principalIn } = actingIn({ principalKind: kind });
      return { kind, principal: principalIn(await read(withKeys({}))) };
    },
    async removeClosedPrincipal(principal, kind) {
      if (call.isDryRun !== true) {
        await removeClosedPrincipal(principal, kind, { store, regions, now, newStamp: stamp, budget });
      }
    },
    change: changeOnce,
    changeAs: <Result, More>(
      region: Region,
      wanted: Wanted,
      decide: Decide<Result, Facts & ActingPrincipal & More>,
      more?: LoadMore<More>,
    ) => {
      const { withKeys, principalIn } = actingIn(policyOf(region));
      return changeOnce<Result, ActingPrincipal & More>(withKeys(wanted), decide, async (facts, loadFrom) => {
        const principal = principalIn(facts);
        return { principal, ...(await more?.(facts, loadFrom)) } as ActingPrincipal & More;
      });
    },
  };
}

/** The use itself is permitted and done; it does not fail because the table is too busy to note it. */
function ignoreUnavailable(failure: unknown): void {
  const isUnavailable = failure instanceof Contention || (failure instanceof ActionError && failure.code === 'Unavailable');
  if (!isUnavailable) {
    throw failure;
  }
}

const kindWithoutRegion = (caller: Tenant, { project }: Call): PrincipalKind =>
  (caller.project ?? project) === undefined ? 'account' : 'project';
