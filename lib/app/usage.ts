import type { ImageKey, PrincipalId, Region } from '../model/ids.ts';
import { type DayOfUsage, type Period, usageOf } from '../rules/usage.ts';
import type { Store } from '../table/store.ts';
import { everyEntry } from './every-entry.ts';

/** Images per batch read. */
const imagesPerRead = 100;

/** Returns what the images that the principal owns used in a period, by region. */
export async function usageIn(
  store: Store,
  { principal, regions }: { readonly principal: PrincipalId; readonly regions: readonly Region[] },
  period: Period,
): Promise<{ region: Region; gibHours: number; days: DayOfUsage[] }[]> {
  const since = new Date(period.from * 1_000);
  return Promise.all(
    regions.map(async (region) => {
      const owner = { region, principal };
      // In this order, an image that is deleted between the two reads is in both lists rather than in neither.
      const existing = await everyEntry((page) => store.ownedImages(owner, page));
      const deleted = await everyEntry((page) => store.deletedImages(owner, since, page));
      const keys = [...new Map([...existing, ...deleted].map((key) => [key.imageId, key])).values()];
      const images = (await Promise.all(batchesOf(keys).map((batch) => store.read({ images: batch })))).flatMap(
        (facts) => facts.images,
      );
      return { region, ...usageOf(images, period) };
    }),
  );
}

const batchesOf = (keys: readonly ImageKey[]): ImageKey[][] =>
  Array.from({ length: Math.ceil(keys.length / imagesPerRead) }, (_, batch) =>
    keys.slice(batch * imagesPerRead, (batch + 1) * imagesPerRead),
  );
