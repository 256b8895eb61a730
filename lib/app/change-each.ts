import { ActionError, type ErrorCode } from '../model/error.ts';
import type { ImageKey } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Stamp } from '../model/record.ts';
import { keyOf, keyText } from '../rules/images.ts';
import { factsFrom } from '../table/facts.ts';
import type { Facts, Store } from '../table/store.ts';
import { change, forecast, loadWanted } from './change.ts';
import { hasTime, type RetryBudget } from './retry.ts';

/** How many images are changed at the same time. Each change is a transaction of its own, on items of its own. */
const concurrentChanges = 10;

/** Images per call. Keeps the result, which is recorded with an Idempotency-Key, below the 400 KB of a DynamoDB item. */
const imagesPerCallMax = 1_000;

/** How often the images are listed. The last time finds no other, unless more keep being added. */
const passesMax = 5;

/** A change of every image in a list. */
export interface ChangeOfEach {
  /** Returns the images to change, as they are stored. Can return only some of them once `hasTime` returns false. */
  readonly list: (hasTime: () => boolean) => Promise<readonly Image[]>;
  /** Plans the change of one image, which can differ from the listed one. Returns whether there is anything to change. */
  readonly decide: (image: Image | undefined, key: ImageKey, stamp: Stamp) => Plan<boolean>;
}

/** What one call changed, or in a dry run would change. */
export interface EachChanged {
  readonly changed: readonly ImageKey[];
  readonly failed: readonly (ImageKey & { readonly code: ErrorCode; readonly detail: string })[];
  /** Whether all images were tried. If not, the call must be repeated. */
  readonly complete: boolean;
}

interface EachOptions {
  readonly store: Store;
  readonly newStamp: () => Stamp;
  readonly budget: RetryBudget;
  readonly isDryRun: boolean;
}

/**
 * Changes every image in a list, each once and in a transaction with its own record. Then lists the images again until no other is
 * left, because the list can lag. If one image fails, the others are changed anyway.
 */
export async function changeEach({ list, decide }: ChangeOfEach, options: EachOptions): Promise<EachChanged> {
  const { budget, isDryRun } = options;
  const changed = new Map<string, ImageKey>();
  const failed = new Map<string, EachChanged['failed'][number]>();
  const result = (complete: boolean) => ({ changed: [...changed.values()], failed: [...failed.values()], complete });
  for (let pass = 1; pass <= passesMax && hasTime(budget); pass += 1) {
    const images = (await list(() => hasTime(budget))).filter(
      (image) => !failed.has(keyText(image)) && !changed.has(keyText(image)),
    );
    if (!hasTime(budget)) {
      break;
    }
    const outcomes = await tryEach(images.slice(0, imagesPerCallMax - changed.size), budget, (image) =>
      changeOne(image, decide, options),
    );
    for (const [index, outcome] of outcomes.entries()) {
      const key = keyOf(images[index] as Image);
      if (outcome instanceof ActionError) {
        failed.set(keyText(key), { ...key, code: outcome.code, detail: outcome.details.detail });
      } else if (outcome) {
        changed.set(keyText(key), key);
      }
    }
    if (images.length === 0 || isDryRun || outcomes.length < images.length) {
      return result(outcomes.length === images.length);
    }
  }
  return result(false);
}

/** Calls `work` for the items in order, several at a time, while there is time. Returns the results. */
async function tryEach<Item, Result>(
  items: readonly Item[],
  budget: RetryBudget,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const takeTurns = async (): Promise<void> => {
    while (next < items.length && hasTime(budget)) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(items[index] as Item);
      } catch (failure) {
        // The call fails, so the others must not go on.
        next = items.length;
        throw failure;
      }
    }
  };
  await Promise.all(Array.from({ length: concurrentChanges }, takeTurns));
  return results;
}

/** Returns whether there was anything to change, or why it couldn't be changed. */
async function changeOne(
  image: Image,
  decide: ChangeOfEach['decide'],
  { store, newStamp, budget, isDryRun }: EachOptions,
): Promise<boolean | ActionError> {
  const reload = loadWanted(store, { images: [image] });
  const run = isDryRun ? forecast : change;
  try {
    return await run<boolean, Facts>({
      store,
      budget,
      // The image was just read. If it has changed since, the conditions of the plan fail.
      load: async (stale) => (stale === undefined ? { ...factsFrom({}, []), image, images: [image] } : reload(stale)),
      decide: (facts) => decide(facts.image, image, newStamp()),
    });
  } catch (failure) {
    if (failure instanceof ActionError) {
      return failure;
    }
    throw failure;
  }
}
