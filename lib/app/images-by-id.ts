import type { ImageId, Region } from '../model/ids.ts';
import type { ImageView } from '../model/views/image.ts';
import { imageView } from '../rules/views.ts';
import { visibilityOf } from '../rules/visibility.ts';
import type { Context } from './context.ts';

/**
 * Reads the images among these that the caller can see, as GetImage returns them, in the order of the IDs. Takes two requests in a
 * row, however many IDs there are.
 */
export async function readImagesById(
  { region, imageIds }: { region: Region; imageIds: readonly ImageId[] },
  { store, readAsPrincipal, policyOf, now }: Context,
): Promise<ImageView[]> {
  const { images, principal } = await readAsPrincipal(region, { images: imageIds.map((imageId) => ({ region, imageId })) });
  const seen = images.flatMap((image) => {
    const visibility = visibilityOf(image, principal, now());
    return visibility === undefined ? [] : [{ image, visibility }];
  });
  const received = seen.filter(({ visibility }) => visibility === 'shared');
  const shares = await store.shares(received.map(({ image: { imageId } }) => ({ region, imageId, recipient: principal })));
  const sharedAt = new Map(shares.map((share) => [share.imageId, share.sharedAt]));
  const shown = { policy: policyOf(region), now: now(), principal };
  return seen.map(({ image, visibility }) => imageView(image, visibility, { ...shown, sharedAt: sharedAt.get(image.imageId) }));
}
