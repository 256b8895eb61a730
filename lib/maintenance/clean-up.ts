import { change, patiently } from '../app/change.ts';
import type { Patience } from '../app/retry.ts';
import { ActionError } from '../model/error.ts';
import type { HolderId, ImageKey, Region } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import type { Due, Stamp } from '../model/record.ts';
import { planSweepOfEndedImage, planSweepOfHolder, planSweepOfShares } from '../rules/clean-up.ts';
import { epochSeconds } from '../rules/recipients.ts';
import { dueShards, type Store } from '../table/store.ts';

export interface Sweeping {
  readonly store: Store;
  readonly regions: ReadonlyMap<Region, Policy>;
  readonly now: () => Date;
  readonly newStamp: () => Stamp;
  readonly patience: Patience;
}

const pageLimit = 25;

/** A sweep leaves the rest to the next one when less time than this is left. */
const reserveMs = 10_000;

export interface Swept {
  readonly done: number;
  /** What could not be done and stays for the next sweep. */
  readonly failed: readonly { readonly due: Due; readonly cause: unknown }[];
  /** Whether the time sufficed for everything that was due. */
  readonly isFinished: boolean;
}

/** Does the work that is due by now, shard after shard: each item is removed with its work, or stays for the next sweep. */
export async function sweep(sweeping: Sweeping): Promise<Swept> {
  let done = 0;
  const failed: { due: Due; cause: unknown }[] = [];
  for (let shard = 0; shard < dueShards; shard += 1) {
    for await (const due of dueIn(shard, sweeping)) {
      if (sweeping.patience.remainingMs() < reserveMs) {
        return { done, failed, isFinished: false };
      }
      try {
        await sweepOne(due, sweeping);
        done += 1;
      } catch (cause) {
        failed.push({ due, cause });
      }
    }
  }
  return { done, failed, isFinished: true };
}

async function* dueIn(shard: number, { store, now, patience }: Sweeping): AsyncIterable<Due> {
  const until = epochSeconds(now());
  let after: string | undefined;
  do {
    const page = await patiently(() => store.due(shard, until, { limit: pageLimit, after }), patience);
    yield* page.entries;
    after = page.next;
  } while (after !== undefined);
}

async function sweepOne(due: Due, sweeping: Sweeping): Promise<void> {
  switch (due.kind) {
    case 'shares':
      return sweepShares(due, sweeping);
    case 'image':
      return sweepEndedImage(due, sweeping);
    case 'holder':
      await sweepHolder(due.holder, due.holderKind, sweeping);
      await change({
        store: sweeping.store,
        patience: sweeping.patience,
        wanted: {},
        decide: () => ({ answer: undefined, steps: [{ do: 'remove-due', due }] }),
      });
  }
}

function policyOf(region: Region, { regions }: Sweeping): Policy {
  const policy = regions.get(region);
  if (policy === undefined) {
    throw new ActionError('RegionNotFound', { detail: `Work is due in region ${region}, which is not configured.` });
  }
  return policy;
}

async function sweepShares(due: Extract<Due, { kind: 'shares' }>, sweeping: Sweeping): Promise<void> {
  const policy = policyOf(due.region, sweeping);
  const { store, patience, newStamp } = sweeping;
  await change({
    store,
    patience,
    wanted: { images: [due], shares: due.recipients },
    decide: ({ image, shares }) => ({
      answer: undefined,
      steps: planSweepOfShares(due, image, shares, { policy, stamp: newStamp() }),
    }),
  });
}

async function sweepEndedImage(due: Extract<Due, { kind: 'image' }>, { store, patience }: Sweeping): Promise<void> {
  let isDone = false;
  while (!isDone) {
    const shares = await patiently(() => store.sharesOf(due), patience);
    isDone = await change({
      store,
      patience,
      wanted: { images: [due] },
      decide: ({ image }) => {
        const steps = planSweepOfEndedImage(due, image, shares);
        return { steps, answer: steps.some((step) => step.do === 'remove-due') };
      },
    });
  }
}

/** Takes a closed holder from every image that it received; the list comes from the index, what is done does not. */
export async function sweepHolder(holder: HolderId, kind: Policy['holderKind'], sweeping: Sweeping): Promise<void> {
  for (const [region, policy] of sweeping.regions) {
    if (policy.holderKind !== kind) {
      continue;
    }
    let after: string | undefined;
    do {
      const page = await patiently(
        () => sweeping.store.receivedImages({ region, holder }, { limit: pageLimit, after }),
        sweeping.patience,
      );
      for (const key of page.entries) {
        await takeFrom(key, holder, policy, sweeping);
      }
      after = page.next;
    } while (after !== undefined);
  }
}

async function takeFrom(key: ImageKey, holder: HolderId, policy: Policy, { store, patience, newStamp }: Sweeping): Promise<void> {
  await change({
    store,
    patience,
    wanted: { images: [key], shares: [holder] },
    decide: ({ image, shares }) => ({
      answer: undefined,
      steps: planSweepOfHolder(holder, image, shares.get(holder), { policy, stamp: newStamp() }),
    }),
  });
}
