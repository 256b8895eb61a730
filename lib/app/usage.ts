import type { ImageKey, PrincipalId, Region } from '../model/ids.ts';
import { type DayOfUsage, type Period, usageOf } from '../rules/usage.ts';
import type { Store } from '../table/store.ts';
import { everyEntry } from './every-entry.ts';

/** Images whose sizes are read at a time. */
const imagesPerRead = 100;

/** What the principal's own images took up in a period, region by region. */
export async function usageIn(
  store: Store,
  { principal, regions }: { readonly principal: PrincipalId; readonly regions: readonly Region[] },
  period: Period,
): Promise<{ region: Region; gibHours: number; days: DayOfUsage[] }[]> {
  const since = new Date(period.from * 1_000);
  return Promise.all(
    regions.map(async (region) => {
      const place = { region, principal };
      // Those that are there first: one that ends between the two reads is then in both rather than in none.
      const there = await everyEntry((page) => store.ownedImages(place, page));
      const ended = await everyEntry((page) => store.deletedImages(place, since, page));
      const keys = [...new Map([...there, ...ended].map((key) => [key.imageId, key])).values()];
      const images = (await Promise.all(inParts(keys).map((part) => store.read({ images: part })))).flatMap(
        (facts) => facts.images,
      );
      return { region, ...usageOf(images, period) };
    }),
  );
}

const inParts = (keys: readonly ImageKey[]): ImageKey[][] =>
  Array.from({ length: Math.ceil(keys.length / imagesPerRead) }, (_, part) =>
    keys.slice(part * imagesPerRead, (part + 1) * imagesPerRead),
  );
