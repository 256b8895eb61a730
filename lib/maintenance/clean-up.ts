import { change } from '../app/change.ts';
import type { CleanUpDeps } from '../app/dependencies.ts';
import { removeClosedPrincipal } from '../app/remove-closed-principal.ts';
import { ActionError } from '../model/error.ts';
import type { Region } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import type { CleanUpTask } from '../model/record.ts';
import { planCleanUpOfDeletedImage, planSweepOfShares } from '../rules/clean-up.ts';
import { epochSeconds } from '../rules/recipients.ts';
import { dueShards } from '../table/store.ts';

const pageLimit = 25;

/** A sweep leaves the rest to the next one when less time than this is left. */
const reserveMs = 10_000;

export interface Swept {
  readonly done: number;
  /** What could not be done and stays for the next sweep. */
  readonly failed: readonly { readonly due: CleanUpTask; readonly cause: unknown }[];
  /** Whether the time sufficed for everything that was due. */
  readonly isFinished: boolean;
}

/** Does the work that is due by now, shard after shard: each item is removed with its work, or stays for the next sweep. */
export async function sweep(deps: CleanUpDeps): Promise<Swept> {
  let done = 0;
  const failed: { due: CleanUpTask; cause: unknown }[] = [];
  for (let shard = 0; shard < dueShards; shard += 1) {
    for await (const due of dueIn(shard, deps)) {
      if (deps.budget.remainingMs() < reserveMs) {
        return { done, failed, isFinished: false };
      }
      try {
        await sweepOne(due, deps);
        done += 1;
      } catch (cause) {
        failed.push({ due, cause });
      }
    }
  }
  return { done, failed, isFinished: true };
}

async function* dueIn(shard: number, { store, now }: CleanUpDeps): AsyncIterable<CleanUpTask> {
  const until = epochSeconds(now());
  let after: string | undefined;
  do {
    const page = await store.due(shard, until, { limit: pageLimit, after });
    yield* page.entries;
    after = page.next;
  } while (after !== undefined);
}

async function sweepOne(due: CleanUpTask, deps: CleanUpDeps): Promise<void> {
  switch (due.kind) {
    case 'shares':
      return sweepShares(due, deps);
    case 'image':
      return cleanUpDeletedImage(due, deps);
    case 'principal':
      await removeClosedPrincipal(due.principal, due.principalKind, deps);
      await change({
        store: deps.store,
        budget: deps.budget,
        wanted: {},
        decide: () => ({ answer: undefined, steps: [{ do: 'remove-clean-up', due }] }),
      });
  }
}

function policyOf(region: Region, { regions }: CleanUpDeps): Policy {
  const policy = regions.get(region);
  if (policy === undefined) {
    throw new ActionError('RegionNotFound', { detail: `Work is due in region ${region}, which is not configured.` });
  }
  return policy;
}

async function sweepShares(due: Extract<CleanUpTask, { kind: 'shares' }>, deps: CleanUpDeps): Promise<void> {
  const policy = policyOf(due.region, deps);
  const { store, budget, newStamp } = deps;
  await change({
    store,
    budget,
    wanted: { images: [due], shares: due.recipients },
    decide: ({ image, shares }) => ({
      answer: undefined,
      steps: planSweepOfShares(due, image, shares, { policy, stamp: newStamp() }),
    }),
  });
}

async function cleanUpDeletedImage(due: Extract<CleanUpTask, { kind: 'image' }>, { store, budget }: CleanUpDeps): Promise<void> {
  let isDone = false;
  while (!isDone) {
    const shares = await store.sharesOf(due);
    isDone = await change({
      store,
      budget,
      wanted: { images: [due] },
      decide: ({ image }) => {
        const steps = planCleanUpOfDeletedImage(due, image, shares);
        return { steps, answer: steps.some((step) => step.do === 'remove-clean-up') };
      },
    });
  }
}
