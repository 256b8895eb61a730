/** Images of CVM that their owner makes usable in Lighthouse too. */
import * as z from 'zod';
import type { ImageView } from '../../../model/views.ts';
import type { Service } from '../../service.ts';
import { type Fields, ProviderError, wireAction } from '../../wire.ts';
import { imagesOf } from '../cvm/image-list.ts';
import { architectureOf, imageTypes, isOfCvm, platformOf, stateOf } from '../cvm/image-view.ts';
import { mapErrorCodes } from '../dry-run.ts';
import { contains, Filters, lighthouseFiltering, passing } from '../filters.ts';
import { blueprintIdOf, Image, onPage, Permission, page, timeOf } from '../parameters.ts';
import { isBlueprint } from './image-view.ts';
import { requireNamedOrFiltered } from './images.ts';

/** What Lighthouse tells of images of CVM; the code of an image that is not the caller's own is chosen. */
const refusals = { ImageNotFound: 'ResourceNotFound.ImageIdNotFound', NotOwner: 'UnsupportedOperation.ImageUnableToShare' };

/** Shares an image of CVM with the caller's own Lighthouse, or takes it from there. */
export const modifyImageSharePermission = wireAction({
  parameters: z.strictObject({ ImageId: Image, Permission }),
  run: ({ ImageId, Permission: permission }, service) =>
    mapErrorCodes(refusals, async () => {
      requireOfCvm(await service.image(ImageId), service);
      await service.updateImage(ImageId, { products: permission === 'SHARE' ? ['standard', 'lightweight'] : ['standard'] });
      return { BlueprintId: permission === 'SHARE' ? blueprintIdOf(ImageId) : null };
    }),
});

function requireOfCvm(image: ImageView, { region }: Service): void {
  if (!isOfCvm(image)) {
    throw new ProviderError({
      code: refusals.ImageNotFound,
      message: `There is no image ${image.imageId} of CVM in ${region} that you can see.`,
    });
  }
}

/** Source: the documents of DescribeImagesToShare in the SDK for Node. */
const filtering = {
  ...lighthouseFiltering,
  names: {
    'image-id': (image: ImageView, value: string) => image.imageId === value,
    'image-name': (image: ImageView, value: string) => contains(image.name, value),
    'image-type': (image: ImageView, value: string) => imageTypes[image.visibility] === value,
  },
};

export const describeImagesToShare = wireAction({
  parameters: z.strictObject({ ImageIds: z.array(Image).default([]), Filters, ...page }),
  async run({ ImageIds, Filters: filters, ...cut }, service) {
    requireNamedOrFiltered(ImageIds, filters);
    const images = passing((await imagesOf(service, ImageIds)).filter(isOfCvm), filters, filtering);
    return { TotalCount: images.length, ImageSet: onPage(images, cut).map(imageToShare) };
  },
});

/** Source: the data type Image of Lighthouse 2020-03-24 in the SDK for Node. */
const imageToShare = (image: ImageView): Fields => {
  const reason = whyNotToShare(image);
  return {
    ImageId: image.imageId,
    ImageName: image.name,
    ImageDescription: image.description,
    ImageSize: image.sizeGiB,
    ImageSource: 'CREATE_IMAGE',
    ImageClass: image.disksGiB.length === 1 ? 'SystemImage' : 'InstanceImage',
    ImageState: stateOf(image),
    IsSupportCloudinit: true,
    Architecture: architectureOf(image),
    OsName: image.os,
    Platform: platformOf(image),
    CreatedTime: timeOf(image.createdAt),
    IsShareable: reason === '',
    UnshareableReason: reason,
  };
};

function whyNotToShare(image: ImageView): string {
  if (image.visibility !== 'owned') {
    return 'The image is not your own.';
  }
  return isBlueprint(image) ? 'The image is shared with Lighthouse already.' : '';
}
