/** Makes CVM images available in the owner's Lighthouse. */
import * as z from 'zod';
import type { ImageView } from '../../../model/views/image.ts';
import { tencentPolicy } from '../../../policies/tencent.ts';
import type { Service } from '../../service.ts';
import { type Fields, ProviderError, wireAction } from '../../wire.ts';
import { byImageType, imagePage } from '../cvm/image-list.ts';
import { architectureOf, isCvmImage, platformOf, stateOf } from '../cvm/image-view.ts';
import { mapErrorCodes } from '../error-codes.ts';
import { byName, byText, Filters, idForm, lighthouseFilterLimits } from '../filters.ts';
import { blueprintIdOf, ImageParameter, Permission, pageParameters, timeOf } from '../parameters.ts';
import { isBlueprint } from './image-view.ts';
import { rejectIdsWithFilters } from './images.ts';

/** Lighthouse's error codes for CVM images. The code for an image of another owner is undocumented, so it was chosen. */
const errorCodes = { ImageNotFound: 'ResourceNotFound.ImageIdNotFound', NotOwner: 'UnsupportedOperation.ImageUnableToShare' };

/** Adds a CVM image to the caller's Lighthouse, or removes it. */
export const modifyImageSharePermission = wireAction({
  parameters: z.strictObject({ ImageId: ImageParameter, Permission }),
  run: ({ ImageId, Permission: permission }, service) =>
    mapErrorCodes(errorCodes, async () => {
      requireCvmImage(await service.getImage(ImageId), service);
      await service.updateImage(ImageId, { products: permission === 'SHARE' ? ['standard', 'lightweight'] : ['standard'] });
      return { BlueprintId: permission === 'SHARE' ? blueprintIdOf(ImageId) : null };
    }),
});

function requireCvmImage(image: ImageView, { region }: Service): void {
  if (!isCvmImage(image)) {
    throw new ProviderError({
      code: errorCodes.ImageNotFound,
      message: `The CVM image ${image.imageId} does not exist in ${region}, or you do not have access to it.`,
    });
  }
}

/** Source: the documentation of DescribeImagesToShare in the SDK for Node. */
const filterRules = {
  ...lighthouseFilterLimits,
  byName: {
    'image-id': byText(
      (image: ImageView) => image.imageId,
      idForm(tencentPolicy.imageId.prefix, 'InvalidParameterValue.InvalidImageIdMalformed'),
    ),
    'image-name': byName((image: ImageView) => image.name),
    'image-type': byImageType,
  },
};

export const describeImagesToShare = wireAction({
  parameters: z.strictObject({ ImageIds: z.array(ImageParameter).default([]), Filters, ...pageParameters }),
  async run({ ImageIds, Filters: filters, ...page }, service) {
    rejectIdsWithFilters(ImageIds, filters);
    const { total, entries } = await imagePage({ service, imageIds: ImageIds, filters, page }, filterRules, 'standard');
    return { TotalCount: total, ImageSet: entries.map(imageToShare) };
  },
});

/** Source: the data type Image of Lighthouse 2020-03-24 in the SDK for Node. */
const imageToShare = (image: ImageView): Fields => {
  const reason = unshareableReason(image);
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

/** Returns an empty string for an image that can be shared. */
function unshareableReason(image: ImageView): string {
  if (image.visibility !== 'owned') {
    return 'You do not own the image.';
  }
  return isBlueprint(image) ? 'The image is already shared with Lighthouse.' : '';
}
