import type { HolderId } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Store } from './store.ts';

/** Changes that come between the two reads so often do not happen; an item that is missing for good is for fsck. */
const readsMax = 5;

/**
 * The details of the shares that an image's map holds, with the image that they belong to. Image and share items are read
 * one after the other, so a change may come between; then both are read again.
 */
export async function shareDetails(
  store: Store,
  seen: Image,
): Promise<{ image: Image | undefined; details: ReadonlyMap<HolderId, Share> }> {
  let image: Image | undefined = seen;
  for (let read = 1; ; read += 1) {
    const details = new Map((await store.sharesOf(seen)).map((share) => [share.recipient, share]));
    const isWhole = Object.keys(image.recipients).every((recipient) => details.has(recipient as HolderId));
    if (isWhole || read === readsMax) {
      return { image, details };
    }
    image = await store.image(seen);
    if (image === undefined) {
      return { image, details };
    }
  }
}
