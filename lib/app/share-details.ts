import type { PrincipalId } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import { Contention, type Store } from '../table/store.ts';

/** Reads before giving up on an image that keeps changing. */
const readsMax = 5;

/**
 * Returns the details of the shares in an image's recipient map, and the image that they belong to. Reads the share items first.
 * If one is missing, reads the image: if it has changed, both are read again. If it hasn't, the item is really missing, and fsck
 * repairs that. Throws Contention if the image keeps changing.
 */
export async function shareDetails(
  store: Store,
  initial: Image,
): Promise<{ image: Image | undefined; details: ReadonlyMap<PrincipalId, Share> }> {
  let image = initial;
  for (let read = 1; read <= readsMax; read += 1) {
    const details = new Map((await store.sharesOf(initial)).map((share) => [share.recipient, share]));
    if (Object.keys(image.recipients).every((recipient) => details.has(recipient as PrincipalId))) {
      return { image, details };
    }
    const current = await store.image(initial);
    if (current === undefined || current.revision === image.revision) {
      return { image: current, details };
    }
    image = current;
  }
  throw new Contention('The list of shares keeps changing');
}
