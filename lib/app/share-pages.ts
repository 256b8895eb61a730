/** Pages of the shares of a principal's images. Positions are sort keys, so they stay valid while shares come and go. */
import type { ImageKey, Region } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import { pageLimitDefault, pageLimitMax } from '../model/limits.ts';
import { entriesMatching, matchesUse, type OwnedShare, type SharedImage, type ShareFilter } from '../rules/owned-shares.ts';
import type { Page, PageRequest, RegionalPrincipal, ShareKey, Store } from '../table/store.ts';
import { entriesReadMax } from './fill-page.ts';
import { everyOwnedImage, type ImagePlace, ownedImagesFrom, placeOf, readOwned } from './owned-images.ts';

const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
const id = '[A-Za-z0-9._-]+';
/** In a list by time: when it was shared, then what distinguishes shares of the same time. */
const byTime = new RegExp(`^${time}(#${id}){3}$`);
/** In a list by image: the image, then when it was shared and with whom, unless the position is after all shares of the image. */
const byImage = new RegExp(`^(${time}#${id})#(${id})(?:#(${time}#${id}))?$`);

export const isPositionByTime = (position: string): boolean => byTime.test(position);
export const isPositionByImage = (position: string): boolean => byImage.test(position);

/** Compares texts that start with a time: the latest first. After the time, they are in alphabetical order. */
function latestFirst(a: string, b: string): number {
  const [timeA, timeB] = [a.slice(0, a.indexOf('#')), b.slice(0, b.indexOf('#'))];
  return timeA === timeB ? (a < b ? -1 : a > b ? 1 : 0) : timeA > timeB ? -1 : 1;
}

const positionByTime = ({ share: { sharedAt, region, imageId, recipient } }: OwnedShare): string =>
  `${sharedAt.toISOString()}#${region}#${imageId}#${recipient}`;

/**
 * Returns one page of the shares with a recipient or of an image, the latest first. To sort them, it reads all of the images, or
 * the one with this ID in each region, and all shares that match.
 */
export async function sharesByTime(
  store: Store,
  owners: readonly RegionalPrincipal[],
  { imageId, ...filter }: ShareFilter & { readonly imageId?: ImageKey['imageId'] | undefined },
  { limit, after }: PageRequest,
  now: Date,
): Promise<Page<OwnedShare>> {
  const images =
    imageId === undefined
      ? await everyOwnedImage(store, owners, now)
      : await readOwned(
          store,
          owners.map(({ region }) => ({ region, imageId })),
          owners,
          now,
        );
  const shares = (await withDetails(store, entriesMatching(images, filter, now)))
    .filter(({ share }) => matchesUse(share, filter))
    .map((share) => ({ share, position: positionByTime(share) }))
    .filter(({ position }) => after === undefined || latestFirst(position, after) > 0)
    .sort((a, b) => latestFirst(a.position, b.position));
  const last = shares.length > limit ? shares[limit - 1] : undefined;
  return { entries: shares.slice(0, limit).map(({ share }) => share), ...(last && { next: last.position }) };
}

/**
 * Returns one page of the shares of all images: the newest image first, and the latest share of an image first. Reads about
 * `entriesReadMax` images and shares at most, so a page can be short although it has a `next`.
 */
export async function sharesByImage(
  store: Store,
  owners: readonly RegionalPrincipal[],
  filter: ShareFilter,
  { limit, after }: PageRequest,
  now: Date,
): Promise<Page<OwnedShare>> {
  const found: PositionedShare[] = [];
  let entriesRead = 0;
  let next: string | undefined;
  for await (const part of partsByImage(store, owners, filter, { limit, after }, now)) {
    found.push(...part.shares);
    entriesRead += part.entriesRead;
    next = part.next;
    if (found.length >= limit || entriesRead >= entriesReadMax) {
      break;
    }
  }
  const last = found.length > limit ? found[limit - 1]?.position : next;
  return { entries: found.slice(0, limit).map(({ share }) => share), ...(last !== undefined && { next: last }) };
}

interface PositionedShare {
  readonly share: OwnedShare;
  readonly position: string;
}

/** Reads the list above part by part. `next` is the position after the part, or undefined at the end of the list. */
async function* partsByImage(
  store: Store,
  owners: readonly RegionalPrincipal[],
  filter: ShareFilter,
  { limit, after }: PageRequest,
  now: Date,
): AsyncGenerator<{ readonly shares: PositionedShare[]; readonly entriesRead: number; readonly next: string | undefined }> {
  const [, position = '', region, afterShare] = byImage.exec(after ?? '') ?? [];
  const start = region === undefined ? undefined : { position, region: region as Region, isInclusive: afterShare !== undefined };
  const isAfterStart = ({ image, share }: OwnedShare): boolean =>
    afterShare === undefined ||
    textOf(placeOf(image)) !== `${position}#${region}` ||
    latestFirst(positionInImage(share), afterShare) > 0;
  const sharesPerPart = filter.unusedSince === undefined ? limit : pageLimitMax;
  let from: ImagePlace | undefined = start;
  do {
    const { images, next } = await ownedImagesFrom(store, owners, { from, count: Math.max(limit, pageLimitDefault) }, now);
    const parts = partsOf(images, filter, sharesPerPart, now);
    if (parts.length === 0) {
      yield { shares: [], entriesRead: images.length, next: next && textOf(next) };
    }
    for (const [index, entries] of parts.entries()) {
      const lastImage = index < parts.length - 1 ? entries.at(-1)?.image : undefined;
      const place = lastImage === undefined ? next : placeOf(lastImage);
      yield {
        shares: (await withDetails(store, entries))
          .filter((share) => matchesUse(share.share, filter) && isAfterStart(share))
          .map((share) => ({ share, position: `${textOf(placeOf(share.image))}#${positionInImage(share.share)}` })),
        entriesRead: entries.length + (index === 0 ? images.length : 0),
        next: place && textOf(place),
      };
    }
    from = next;
  } while (from !== undefined);
}

const textOf = ({ position, region }: ImagePlace): string => `${position}#${region}`;
const positionInImage = ({ sharedAt, recipient }: Share): string => `${sharedAt.toISOString()}#${recipient}`;

/** Returns the entries of the images that match, in parts of whole images with at least `size` entries, if there are as many. */
function partsOf(images: readonly Image[], filter: ShareFilter, size: number, now: Date): SharedImage[][] {
  const parts: SharedImage[][] = [];
  for (const image of images) {
    const entries = entriesMatching([image], filter, now);
    const part = parts.at(-1);
    if (part !== undefined && part.length < size) {
      part.push(...entries);
    } else if (entries.length > 0) {
      parts.push(entries);
    }
  }
  return parts;
}

/**
 * Adds the details of the shares, and sorts those of each image, the latest first. Skips entries without details: they were
 * removed since, or fsck finds them.
 */
async function withDetails(store: Store, entries: readonly SharedImage[]): Promise<OwnedShare[]> {
  const keyText = ({ region, imageId, recipient }: ShareKey): string => `${region}#${imageId}#${recipient}`;
  const keyOf = ({ image: { region, imageId }, recipient }: SharedImage): ShareKey => ({ region, imageId, recipient });
  const details = new Map((await store.shares(entries.map(keyOf))).map((share) => [keyText(share), share]));
  const shares = entries.flatMap((entry) => {
    const share = details.get(keyText(keyOf(entry)));
    return share === undefined ? [] : [{ ...entry, share }];
  });
  return [...Map.groupBy(shares, ({ image }) => image).values()].flatMap((ofImage) =>
    ofImage.sort((a, b) => latestFirst(positionInImage(a.share), positionInImage(b.share))),
  );
}
