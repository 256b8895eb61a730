import { change, loadWanted } from '../app/change.ts';
import type { BackgroundDependencies } from '../app/dependencies.ts';
import { removeClosedPrincipal } from '../app/remove-closed-principal.ts';
import { sharePlannedCopies } from '../app/share-planned.ts';
import { ActionError } from '../model/error.ts';
import type { Region } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import type { CleanUpTask } from '../model/record.ts';
import { planDeletedImageCleanUp, planShareCleanUp } from '../rules/clean-up.ts';
import { epochSeconds } from '../rules/recipients.ts';
import { taskShards } from '../table/store.ts';

const pageLimit = 25;

/** If less time than this remains, the other tasks are left to the next run. */
const reserveMs = 10_000;

export interface CleanUpResult {
  readonly done: number;
  /** Failed tasks, which stay for the next run. */
  readonly failed: readonly { readonly task: CleanUpTask; readonly cause: unknown }[];
  /** Whether there was enough time for all due tasks. */
  readonly isFinished: boolean;
}

/**
 * Runs the due tasks, shard by shard. A task is removed in the transaction of its last step or after it, so an interrupted task
 * stays for the next run. Repeating its work changes nothing.
 */
export async function runCleanUp(deps: BackgroundDependencies): Promise<CleanUpResult> {
  let done = 0;
  const failed: { task: CleanUpTask; cause: unknown }[] = [];
  for (let shard = 0; shard < taskShards; shard += 1) {
    for await (const task of tasksDue(shard, deps)) {
      if (deps.budget.remainingMs() < reserveMs) {
        return { done, failed, isFinished: false };
      }
      try {
        await runTask(task, deps);
        done += 1;
      } catch (cause) {
        failed.push({ task, cause });
      }
    }
  }
  return { done, failed, isFinished: true };
}

async function* tasksDue(shard: number, { store, now }: BackgroundDependencies): AsyncIterable<CleanUpTask> {
  const until = epochSeconds(now());
  let after: string | undefined;
  do {
    const page = await store.tasksDue(shard, until, { limit: pageLimit, after });
    yield* page.entries;
    after = page.next;
  } while (after !== undefined);
}

async function runTask(task: CleanUpTask, deps: BackgroundDependencies): Promise<void> {
  switch (task.kind) {
    case 'shares':
      return cleanUpShares(task, deps);
    case 'image':
      return cleanUpDeletedImage(task, deps);
    case 'copy-job':
      await sharePlannedCopies(task, deps);
      return removeTask(task, deps);
    case 'principal':
      await removeClosedPrincipal(task.principal, task.principalKind, deps);
      return removeTask(task, deps);
  }
}

async function removeTask(task: CleanUpTask, { store, budget }: BackgroundDependencies): Promise<void> {
  await change({
    store,
    budget,
    load: loadWanted(store, {}),
    decide: () => ({ result: undefined, steps: [{ do: 'remove-clean-up', task }] }),
  });
}

function policyOf(region: Region, { regions }: BackgroundDependencies): Policy {
  const policy = regions.get(region);
  if (policy === undefined) {
    throw new ActionError('RegionNotFound', { detail: `A clean-up task is due in region ${region}, which is not configured.` });
  }
  return policy;
}

async function cleanUpShares(task: Extract<CleanUpTask, { kind: 'shares' }>, deps: BackgroundDependencies): Promise<void> {
  const policy = policyOf(task.region, deps);
  const { store, budget, newStamp } = deps;
  await change({
    store,
    budget,
    load: loadWanted(store, { images: [task], shares: task.recipients }),
    decide: ({ image, shares }) => ({
      result: undefined,
      steps: planShareCleanUp(task, image, shares, { policy, stamp: newStamp() }),
    }),
  });
}

async function cleanUpDeletedImage(
  task: Extract<CleanUpTask, { kind: 'image' }>,
  { store, budget }: BackgroundDependencies,
): Promise<void> {
  let isDone = false;
  while (!isDone) {
    const shares = await store.sharesOf(task);
    isDone = await change({
      store,
      budget,
      load: loadWanted(store, { images: [task] }),
      decide: ({ image }) => {
        const steps = planDeletedImageCleanUp(task, image, shares);
        return { steps, result: steps.some((step) => step.do === 'remove-clean-up') };
      },
    });
  }
}
