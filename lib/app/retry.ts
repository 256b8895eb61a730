import { ActionError } from '../model/error.ts';
import { Contention, type Store } from '../table/store.ts';

/** How long a call can wait for a busy table. Injected, so that tests don't sleep and don't depend on chance. */
export interface RetryBudget {
  /** Milliseconds until the call times out. */
  readonly remainingMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
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

/** The error for a call whose retry budget is spent. */
export const tooBusy = (cause?: unknown): ActionError =>
  new ActionError(
    'Unavailable',
    { detail: 'The image is being changed by too many requests. No changes were made. Try again.', retryAfterSeconds: 1 },
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
 * A store that retries reads while the table is too busy. It doesn't retry commits, because `change` decides again on fresh
 * facts, or `recordUse` and `recordKeyUse`, which are best effort.
 */
export const withRetry = (store: Store, budget: RetryBudget): Store => ({
  read: (wanted) => retry(() => store.read(wanted), budget),
  image: (key) => retry(() => store.image(key), budget),
  accessKey: (keyId) => retry(() => store.accessKey(keyId), budget),
  recordKeyUse: (keyId, at) => store.recordKeyUse(keyId, at),
  recordNonce: (use) => retry(() => store.recordNonce(use), budget),
  commit: (steps) => store.commit(steps),
  sharesOf: (key) => retry(() => store.sharesOf(key), budget),
  shares: (keys) => retry(() => store.shares(keys), budget),
  ownedImages: (key, page) => retry(() => store.ownedImages(key, page), budget),
  receivedImages: (key, page) => retry(() => store.receivedImages(key, page), budget),
  deletedImages: (key, since, page) => retry(() => store.deletedImages(key, since, page), budget),
  instancesOf: (key, page) => retry(() => store.instancesOf(key, page), budget),
  copyJobsOf: (key, page) => retry(() => store.copyJobsOf(key, page), budget),
  projectsOf: (account, page) => retry(() => store.projectsOf(account, page), budget),
  addressBook: (accountId, page) => retry(() => store.addressBook(accountId, page), budget),
  records: (principal, filter, page) => retry(() => store.records(principal, filter, page), budget),
  record: (key, id) => retry(() => store.record(key, id), budget),
  recordUse: (key, recipient, at) => store.recordUse(key, recipient, at),
  tasksDue: (shard, until, page) => retry(() => store.tasksDue(shard, until, page), budget),
  everything: () => store.everything(),
  ping: () => retry(() => store.ping(), budget),
});
