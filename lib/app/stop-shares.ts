import { ActionError, type ErrorCode } from '../model/error.ts';
import type { ImageKey, PrincipalId, Region } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { entriesMatching, planStop } from '../rules/owned-shares.ts';
import { factsFrom } from '../table/facts.ts';
import type { Facts, RegionalPrincipal, Store } from '../table/store.ts';
import { change, forecast, loadWanted } from './change.ts';
import { everyOwnedImage } from './owned-images.ts';
import { hasTime, type RetryBudget } from './retry.ts';

/** How many images are changed at the same time. Each change is a transaction of its own, on items of its own. */
const concurrentChanges = 10;

/** Images per call. Keeps the result, which is recorded with an Idempotency-Key, below the 400 KB of a DynamoDB item. */
const imagesPerCallMax = 1_000;

/** How often the images are listed. The last time finds nothing, unless more images keep being shared. */
const passesMax = 5;

/** What one call stopped, or in a dry run would stop. */
export interface StoppedShares {
  readonly stopped: readonly ImageKey[];
  readonly failed: readonly (ImageKey & { readonly code: ErrorCode; readonly detail: string })[];
  /** Whether all images were tried. If not, the call must be repeated. */
  readonly complete: boolean;
}

interface StopOptions {
  readonly store: Store;
  readonly policyOf: (region: Region) => Policy;
  readonly now: () => Date;
  readonly newStamp: () => Stamp;
  readonly budget: RetryBudget;
  readonly isDryRun: boolean;
}

/**
 * Stops sharing every image of the owners with a recipient, each once and in a transaction with its own record. Then lists the
 * images again until no other is left, because the list can lag. A share that is created after the image was stopped is a new one,
 * and stays. If one image fails, the others are changed anyway.
 */
export async function stopShares(
  recipient: PrincipalId,
  owners: readonly RegionalPrincipal[],
  options: StopOptions,
): Promise<StoppedShares> {
  const { store, now, budget, isDryRun } = options;
  const principals = new Map(owners.map(({ region, principal }) => [region, principal]));
  const stopped = new Map<string, ImageKey>();
  const failed = new Map<string, StoppedShares['failed'][number]>();
  const result = (complete: boolean) => ({ stopped: [...stopped.values()], failed: [...failed.values()], complete });
  for (let pass = 1; pass <= passesMax && hasTime(budget); pass += 1) {
    const images = entriesMatching(await everyOwnedImage(store, owners, now()), { recipient }, now())
      .map(({ image }) => image)
      .filter((image) => !failed.has(keyText(image)) && !stopped.has(keyText(image)));
    const outcomes = await tryEach(images.slice(0, imagesPerCallMax - stopped.size), budget, (image) =>
      stopOne(image, recipient, { ...options, principal: principals.get(image.region) as PrincipalId }),
    );
    for (const [index, outcome] of outcomes.entries()) {
      const { region, imageId } = images[index] as Image;
      const key = { region, imageId };
      if (outcome instanceof ActionError) {
        failed.set(keyText(key), { ...key, code: outcome.code, detail: outcome.details.detail });
      } else if (outcome) {
        stopped.set(keyText(key), key);
      }
    }
    if (images.length === 0 || isDryRun || outcomes.length < images.length) {
      return result(outcomes.length === images.length);
    }
  }
  return result(false);
}

const keyText = ({ region, imageId }: ImageKey): string => `${region}#${imageId}`;

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

/** Returns whether the image was shared with the recipient, or why it couldn't be changed. */
async function stopOne(
  image: Image,
  recipient: PrincipalId,
  { store, policyOf, newStamp, budget, isDryRun, principal }: StopOptions & { readonly principal: PrincipalId },
): Promise<boolean | ActionError> {
  const reload = loadWanted(store, { images: [image] });
  const run = isDryRun ? forecast : change;
  try {
    return await run<boolean, Facts>({
      store,
      budget,
      // The image was just read. If it has changed since, the conditions of the plan fail.
      load: async (stale) => (stale === undefined ? { ...factsFrom({}, []), image, images: [image] } : reload(stale)),
      decide: (facts) => planStop(recipient, facts.image, { principal, policy: policyOf(image.region), stamp: newStamp() }),
    });
  } catch (failure) {
    if (failure instanceof ActionError) {
      return failure;
    }
    throw failure;
  }
}
