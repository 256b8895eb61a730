import type { Region } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { ImagesToCount, Numbered, NumberedPage } from '../model/numbered-list.ts';
import type { ImageView } from '../model/views/image.ts';
import { type ListScope, partsOf } from '../rules/image-list.ts';
import { imageView } from '../rules/views.ts';
import { publicOwner, visibilityOf } from '../rules/visibility.ts';
import type { Context } from './context.ts';
import { type ListedImage, readImagePart } from './image-pages.ts';
import { type ListPart, readNumberedPage } from './numbered-list.ts';

/** Reads a page of the images that the caller can see, in the order of ListImages, and counts all of them. */
export async function readNumberedImages(
  { region, scope, toCount, page }: { region: Region; scope: ListScope; toCount: ImagesToCount; page: NumberedPage },
  { store, read, readAsPrincipal, policyOf, now }: Context,
): Promise<Numbered<ImageView>> {
  const policy = policyOf(region);
  const { principal } = await readAsPrincipal(region, {});
  const filter = { ...toCount, now: now() };
  const parts = partsOf(scope).map(
    (part): ListPart<ListedImage, ImageView> => ({
      list: part === 'shared' ? 'received' : 'owned',
      principal: { region, principal: part === 'public' ? publicOwner : principal },
      readPage: (request) => readImagePart(store, part, { region, principal }, request, filter),
      async show(keys) {
        const images = new Map((await read({ images: keys })).images.map((image) => [image.imageId, image]));
        return keys.map(({ imageId, sharedAt }) => {
          const image = images.get(imageId);
          const visibility = visibilityOf(image, principal, now());
          return image !== undefined && visibility === part && isCounted(image, toCount)
            ? imageView(image, visibility, { policy, now: now(), principal, sharedAt })
            : undefined;
        });
      },
    }),
  );
  return readNumberedPage(store, parts, filter, page);
}

const isCounted = ({ state, products }: Pick<Image, 'state' | 'products'>, { states, product }: ImagesToCount): boolean =>
  (states?.includes(state) ?? true) && (product === undefined || products.includes(product));
