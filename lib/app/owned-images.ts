import type { ImageId, ImageKey, Region } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import { compareTexts } from '../model/order.ts';
import { keyText } from '../rules/images.ts';
import { visibilityOf } from '../rules/visibility.ts';
import { idAt } from '../table/positions.ts';
import type { RegionalPrincipal, Store } from '../table/store.ts';
import { everyEntry } from './every-entry.ts';

/** Reads all images of these owners, strongly consistent. One that was created a moment ago can be missing, as in the index. */
export async function everyOwnedImage(store: Store, owners: readonly RegionalPrincipal[], now: Date): Promise<Image[]> {
  const keys = await Promise.all(owners.map((owner) => everyEntry((page) => store.ownedImages(owner, page))));
  return readOwned(store, keys.flat(), owners, now);
}

/** Reads those of the images that belong to the owner in their region. */
export async function readOwned(
  store: Store,
  keys: readonly ImageKey[],
  owners: readonly RegionalPrincipal[],
  now: Date,
): Promise<Image[]> {
  const principals = new Map(owners.map(({ region, principal }) => [region, principal]));
  const { images } = await store.read({ images: keys });
  return images.filter((image) => {
    const principal = principals.get(image.region);
    return principal !== undefined && visibilityOf(image, principal, now) === 'owned';
  });
}

/** A place in the list of the images of all regions, newest first. Images of the same time and ID are in order of region. */
export interface ImagePlace {
  /** The position of the image in the list of its region: see `PositionedPage`. */
  readonly position: string;
  readonly region: Region;
  /** Whether the list goes on with the image itself, rather than after it. */
  readonly isInclusive: boolean;
}

/** The place of an image. */
export const placeOf = ({ createdAt, imageId, region }: Image, isInclusive = false): ImagePlace => ({
  position: `${createdAt.toISOString()}#${imageId}`,
  region,
  isInclusive,
});

const inOrder = (a: Pick<ImagePlace, 'position' | 'region'>, b: Pick<ImagePlace, 'position' | 'region'>): number =>
  compareTexts(b.position, a.position) || compareTexts(a.region, b.region);

/**
 * Reads about `count` images of these owners, from a place on. Merges the lists of the regions. `next` is where the list goes on;
 * it is missing at the end.
 */
export async function ownedImagesFrom(
  store: Store,
  owners: readonly RegionalPrincipal[],
  { from, count }: { readonly from: ImagePlace | undefined; readonly count: number },
  now: Date,
): Promise<{ images: Image[]; next: ImagePlace | undefined }> {
  const pages = await Promise.all(
    owners.map(async ({ region, principal }) => {
      const page = await store.ownedImages({ region, principal }, { limit: count, after: from?.position });
      return {
        keys: page.entries.map((key, index) => ({ ...key, position: page.positions[index] as string })),
        next: page.next,
      };
    }),
  );
  // Beyond the end of the shortest page, images of its region are missing.
  const end = pages
    .flatMap(({ next }) => next ?? [])
    .sort()
    .at(-1);
  const merged = pages
    .flatMap(({ keys }) => keys)
    .filter(({ position }) => end === undefined || position >= end)
    .sort(inOrder);
  const listed = new Map(merged.slice(0, count).map((place) => [keyText(place), place]));
  const atStart = from === undefined ? [] : keysAt(from, owners);
  const keys = [...listed.values(), ...atStart.filter((key) => !listed.has(keyText(key)))];
  const images = (await readOwned(store, keys, owners, now))
    .filter((image) => listed.has(keyText(image)) || placeOf(image).position === from?.position)
    .sort((a, b) => inOrder(placeOf(a), placeOf(b)));
  const last =
    merged.length > count ? merged[count - 1] : end === undefined ? undefined : { position: end, region: lastOf(owners) };
  return { images, next: last && { position: last.position, region: last.region, isInclusive: false } };
}

/** The images that are at the place, or at the same position in regions that follow. */
const keysAt = ({ position, region, isInclusive }: ImagePlace, owners: readonly RegionalPrincipal[]): ImageKey[] =>
  owners
    .filter((owner) => owner.region > region || (owner.region === region && isInclusive))
    .map((owner) => ({ region: owner.region, imageId: idAt(position) as ImageId }));

const lastOf = (owners: readonly RegionalPrincipal[]): Region =>
  owners
    .map(({ region }) => region)
    .sort()
    .at(-1) as Region;
