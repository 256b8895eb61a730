import { ActionError } from '../model/error.ts';
import { unknownOutcome } from '../table/failures.ts';
import { Contention, type Store } from '../table/store.ts';

/** How long a call can wait for a busy table. Injected, so that tests don't sleep and don't depend on chance. */
export interface RetryBudget {
  /** Milliseconds until the call times out. */
  readonly remainingMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Aborted when the call must respond, because it is about to time out. Absent: never. */
  readonly deadline?: AbortSignal;
}

const firstDelayMs = 25;
const delayMsMax = 400;

/** A call gives up this long before it times out, so that it can still respond. */
const reserveMs = 5_000;

/** Full jitter: 0 to 25 ms after the first attempt, doubling up to 400 ms. */
export const delayMs = (attempt: number, random: () => number): number =>
  random() * Math.min(delayMsMax, firstDelayMs * 2 ** attempt);

/** Whether enough time is left to start something. */
export const hasTime = ({ remainingMs }: Pick<RetryBudget, 'remainingMs'>): boolean => remainingMs() >= reserveMs;

/** Waits before the next attempt. Returns false without waiting if there is no time left. */
export async function backOff(attempt: number, { remainingMs, wait, random }: RetryBudget): Promise<boolean> {
  const delay = delayMs(attempt, random);
  if (remainingMs() - delay < reserveMs) {
    return false;
  }
  await wait(delay);
  return true;
}

/**
 * Returns a function that waits for work until the deadline. Work that hasn't ended by then goes on, and nothing waits for it:
 * the call throws Unavailable, because it is unknown whether the work takes effect. After the deadline, no work starts.
 */
export function untilDeadline({
  deadline,
}: Pick<RetryBudget, 'deadline'>): <Result>(work: () => Promise<Result>) => Promise<Result> {
  if (deadline === undefined) {
    return (work) => work();
  }
  return async (work) => {
    if (deadline.aborted) {
      throw unknownOutcome(deadline.reason);
    }
    const { promise: passed, reject } = Promise.withResolvers<never>();
    const onPassed = () => reject(unknownOutcome(deadline.reason));
    deadline.addEventListener('abort', onPassed, { once: true });
    try {
      return await Promise.race([work(), passed]);
    } finally {
      // A signal with a listener stays in memory until its time is over, and with it what the call has loaded.
      deadline.removeEventListener('abort', onPassed);
    }
  };
}

/**
 * The error for a call whose retry budget is spent. Doesn't say that nothing was changed, because closing an account or a project
 * takes several transactions.
 */
export const tooBusy = (cause?: unknown): ActionError =>
  new ActionError(
    'Unavailable',
    {
      detail: "Couldn't complete the request, because too many others change the same data at the moment. Try again.",
      retryAfterSeconds: 1,
    },
    cause,
  );

/** Retries a call while it throws Contention. Throws Unavailable once the budget is spent. */
export async function retry<Result>(call: () => Promise<Result>, budget: RetryBudget): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await call();
    } catch (failure) {
      if (!(failure instanceof Contention)) {
        throw failure;
      }
      if (!(await backOff(attempt, budget))) {
        throw tooBusy(failure);
      }
    }
  }
}

/**
 * A store that retries reads while the table is too busy, and that waits for nothing longer than until the deadline. It doesn't
 * retry commits, because `change` decides again on fresh facts, or `recordUse` and `recordKeyUse`, which are best effort.
 */
export function withRetry(store: Store, budget: RetryBudget): Store {
  const inTime = untilDeadline(budget);
  const retried = <Result>(call: () => Promise<Result>) => retry(() => inTime(call), budget);
  return {
    read: (wanted) => retried(() => store.read(wanted)),
    image: (key) => retried(() => store.image(key)),
    accessKey: (keyId) => retried(() => store.accessKey(keyId)),
    recordKeyUse: (keyId, at) => inTime(() => store.recordKeyUse(keyId, at)),
    recordNonce: (use) => retried(() => store.recordNonce(use)),
    commit: (steps) => inTime(() => store.commit(steps)),
    sharesOf: (key) => retried(() => store.sharesOf(key)),
    shares: (keys) => retried(() => store.shares(keys)),
    ownedImages: (key, page, filter) => retried(() => store.ownedImages(key, page, filter)),
    receivedImages: (key, page, filter) => retried(() => store.receivedImages(key, page, filter)),
    countListed: (list, key, query) => retried(() => store.countListed(list, key, query)),
    deletedImages: (key, since, page) => retried(() => store.deletedImages(key, since, page)),
    instancesOf: (key, page) => retried(() => store.instancesOf(key, page)),
    copyJobsOf: (key, page) => retried(() => store.copyJobsOf(key, page)),
    projectsOf: (account, page) => retried(() => store.projectsOf(account, page)),
    addressBook: (accountId, page) => retried(() => store.addressBook(accountId, page)),
    records: (principal, filter, page) => retried(() => store.records(principal, filter, page)),
    record: (key, id) => retried(() => store.record(key, id)),
    recordUse: (key, recipient, at) => inTime(() => store.recordUse(key, recipient, at)),
    tasksDue: (shard, until, page) => retried(() => store.tasksDue(shard, until, page)),
    everything: () => store.everything(),
    ping: () => retried(() => store.ping()),
  };
}
