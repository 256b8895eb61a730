import type { PrincipalId } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import { Contention, type Store } from '../table/store.ts';

/** Reads after which changes that keep coming between are left to settle. */
const readsMax = 5;

/**
 * The details of the shares that an image's map holds, with the image that they belong to. Image and share items are read
 * one after the other, so a change may come between; then both are read again. Without a change between, an item that is
 * missing is missing for good, which fsck mends. Throws Contention when changes keep coming between.
 */
export async function shareDetails(
  store: Store,
  seen: Image,
): Promise<{ image: Image | undefined; details: ReadonlyMap<PrincipalId, Share> }> {
  let image = seen;
  for (let read = 1; read <= readsMax; read += 1) {
    const details = new Map((await store.sharesOf(seen)).map((share) => [share.recipient, share]));
    if (Object.keys(image.recipients).every((recipient) => details.has(recipient as PrincipalId))) {
      return { image, details };
    }
    const now = await store.image(seen);
    if (now === undefined || now.revision === image.revision) {
      return { image: now, details };
    }
    image = now;
  }
  throw new Contention('The list of shares keeps changing');
}
