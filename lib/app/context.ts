import { actorOf, type Caller } from '../auth/caller.ts';
import { ActionError } from '../model/error.ts';
import type { ImageId, ImageKey, InstanceId, PrincipalId, Region } from '../model/ids.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { PrincipalKind } from '../model/principal.ts';
import type { Stamp } from '../model/record.ts';
import { type Acting, actingAs, actingPrincipal, principalByToken, type Tenant } from '../rules/principals.ts';
import { Contention, type Facts, type Store, type Wanted } from '../table/store.ts';
import { change, type LoadMore } from './change.ts';
import { type Dependencies, stampOf } from './dependencies.ts';
import { keepingAnswer, keptOf, repeatOf } from './idempotency.ts';
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

type Decide<Answer, Known> = (facts: Facts & Known, stamp: Stamp) => Plan<Answer>;

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
  /** As the call states them: see Call. */
  readonly revisionsSeen: readonly number[] | undefined;
  /** Notes that the recipient has used its share of the image, if the table can be written; in a dry run it does nothing. */
  readonly noteUse: (key: ImageKey, recipient: PrincipalId) => Promise<void>;
  /** The account of the caller's credentials. Refuses with Forbidden when they name none. */
  readonly tenant: () => Tenant;
  /** The principal that the caller acts as, where its token alone says it: nothing has to be read. */
  readonly principalByToken: (region: Region) => PrincipalId | undefined;
  /** Reads facts, strongly consistent in one batch, with the principal that the caller acts as. */
  readonly readAs: (region: Region, wanted: Wanted) => Promise<Facts & { readonly principal: PrincipalId }>;
  readonly read: (wanted: Wanted) => Promise<Facts>;
  /** Whose records the caller reads: the principal it acts as in the region; without one, its stated project or its account. */
  readonly readRecordPrincipal: (region: Region | undefined) => Promise<{ principal: PrincipalId; kind: PrincipalKind }>;
  /** Makes a read of several steps again while it meets Contention of its own; the store's reads are retried as it is. */
  readonly retry: <Found>(read: () => Promise<Found>) => Promise<Found>;
  /**
   * Loads, decides, commits: see change.ts. With an Idempotency-Key the answer is kept and given again. `more` reads what else
   * the decision has to know.
   */
  readonly change: <Answer, More = unknown>(
    wanted: Wanted,
    decide: Decide<Answer, More>,
    more?: LoadMore<More>,
  ) => Promise<Answer>;
  /** The same, with the principal that the caller acts as. */
  readonly changeAs: <Answer, More = unknown>(
    region: Region,
    wanted: Wanted,
    decide: Decide<Answer, { readonly principal: PrincipalId } & More>,
    more?: LoadMore<More>,
  ) => Promise<Answer>;
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

  const acting = (region: Region) => {
    const policy = policyOf(region);
    const as = actingAs(tenant(), policy, call.project);
    return { as, principalIn: (facts: Facts) => actingPrincipal(tenant(), as, policy, facts) };
  };

  const { read } = store;

  /** `known` tells what follows from the facts for every action; its refusal comes before an answer that was kept. */
  const changeKnowing = <Answer, Known, More>(
    { wanted, more, known }: { wanted: Wanted; more: LoadMore<More> | undefined; known: (facts: Facts) => Known },
    decide: Decide<Answer, Known & More>,
  ) => {
    const { action, project, idempotency, revisionsSeen } = call;
    const kept = idempotency && keptOf(idempotency.key, { action, caller, project, request: idempotency.request, revisionsSeen });
    return change<Answer, More>({
      store,
      budget,
      more,
      isDryRun: call.isDryRun ?? false,
      wanted: { ...wanted, ...(kept !== undefined && { kept: kept.key }) },
      decide: (facts) => {
        const mark = stamp();
        const all = { ...facts, ...known(facts) };
        if (kept === undefined) {
          return decide(all, mark);
        }
        return repeatOf<Answer>(kept, facts.kept, mark.at) ?? keepingAnswer(decide(all, mark), kept, mark.at);
      },
    });
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
    revisionsSeen: call.revisionsSeen,
    async noteUse(key, recipient) {
      if (call.isDryRun !== true) {
        await store.noteUse(key, recipient, now()).catch(ignoreTrouble);
      }
    },
    tenant,
    read,
    principalByToken: (region) => principalByToken(tenant(), policyOf(region), call.project),
    retry: (reading) => retry(reading, budget),
    async readAs(region, wanted) {
      const { as, principalIn } = acting(region);
      const facts = await read(withActing(wanted, as));
      return { ...facts, principal: principalIn(facts) };
    },
    async readRecordPrincipal(region) {
      const kind = region === undefined ? kindWithoutRegion(tenant(), call) : policyOf(region).principalKind;
      const as = actingAs(tenant(), { principalKind: kind }, call.project);
      return { kind, principal: actingPrincipal(tenant(), as, { principalKind: kind }, await read(withActing({}, as))) };
    },
    async removeClosedPrincipal(principal, kind) {
      if (call.isDryRun !== true) {
        await removeClosedPrincipal(principal, kind, { store, regions, now, newStamp: stamp, budget });
      }
    },
    change: (wanted, decide, more) => changeKnowing({ wanted, more, known: () => ({}) }, decide),
    changeAs: <Answer, More>(
      region: Region,
      wanted: Wanted,
      decide: Decide<Answer, { readonly principal: PrincipalId } & More>,
      more?: LoadMore<More>,
    ) => {
      const { as, principalIn } = acting(region);
      const known = (facts: Facts) => ({ principal: principalIn(facts) });
      return changeKnowing<Answer, { readonly principal: PrincipalId }, More>(
        { wanted: withActing(wanted, as), more, known },
        decide,
      );
    },
  };
}

/** What was asked is done by then; a note that the table has no time for must not make a failure of it. */
function ignoreTrouble(failure: unknown): void {
  const isTrouble = failure instanceof Contention || (failure instanceof ActionError && failure.code === 'Unavailable');
  if (!isTrouble) {
    throw failure;
  }
}

const withActing = (wanted: Wanted, { account, project }: Acting): Wanted => ({
  ...wanted,
  ...(account !== undefined && { accounts: [...(wanted.accounts ?? []), account] }),
  ...(project !== undefined && { projects: [...(wanted.projects ?? []), project] }),
});

const kindWithoutRegion = (caller: Tenant, { project }: Call): PrincipalKind =>
  (caller.project ?? project) === undefined ? 'account' : 'project';
