/** Lists and counts CVM images. */
import * as z from 'zod';
import type { ImageView } from '../../../model/views.ts';
import { tencentPolicy } from '../../../policies/tencent.ts';
import { findImage } from '../../find-image.ts';
import type { Service } from '../../service.ts';
import { ProviderError, wireAction } from '../../wire.ts';
import { ignored } from '../../wire-fields.ts';
import {
  byName,
  byNothing,
  byOneOf,
  byPart,
  byText,
  cvmFilterLimits,
  Filters,
  idForm,
  selectBy,
  tagFilters,
} from '../filters.ts';
import { ImageParameter, pageOf, pageParameters, requireAtMost } from '../parameters.ts';
import { cvmImage, imageTypes, isCvmImage, platformOf } from './image-view.ts';

/** The most ids in one call. Undocumented; equal to the largest page of a list. */
const idsMax = 100;

/** Returns all images or, if ids are given, those of them that the caller can see. */
export async function imagesOf(
  service: Service,
  imageIds: readonly z.output<typeof ImageParameter>[],
): Promise<readonly ImageView[]> {
  requireAtMost(idsMax, 'ImageIds', imageIds);
  if (imageIds.length === 0) {
    return service.listImages('all');
  }
  const images = await Promise.all([...new Set(imageIds)].map((imageId) => findImage(imageId, service)));
  return images.filter((image) => image !== undefined);
}

/** Values of `image-type`. There are no images from the marketplace here. */
const imageTypeNames = [...Object.values(imageTypes), 'MARKET_IMAGE'];

export const byImageType = byOneOf(imageTypeNames, (image: ImageView) => imageTypes[image.visibility]);

/** Source: the documentation of DescribeImages in the SDK for Node. Dedicated clusters (CDC) don't exist here. */
const filterRules = {
  ...cvmFilterLimits,
  byName: {
    'image-id': byText((image: ImageView) => image.imageId, idForm(tencentPolicy.imageId.prefix, 'InvalidImageId.Malformed')),
    'image-type': byImageType,
    'image-name': byName((image: ImageView) => image.name),
    platform: byPart(platformOf),
    ...tagFilters.byName,
    'dedicated-cluster-id': byNothing<ImageView>(),
    'cdc-cache-status': byOneOf(['CACHED_ALL', 'CACHING', 'CACHED', 'CACHE_INVALID', 'CACHE_FAILED'], () => undefined),
  },
  byPrefix: tagFilters.byPrefix,
};

export const describeImages = wireAction({
  parameters: z.strictObject({
    ImageIds: z.array(ImageParameter).default([]),
    Filters,
    ...pageParameters,
    ...ignored('InstanceType'),
  }),
  async run({ ImageIds, Filters: filters, ...page }, service) {
    if (ImageIds.length > 0 && filters.length > 0) {
      throw new ProviderError({
        code: 'InvalidParameter.InvalidParameterCoexistImageIdsFilters',
        message: 'ImageIds and Filters cannot be specified at the same time.',
      });
    }
    const select = selectBy<ImageView>(filters, filterRules);
    const images = select((await imagesOf(service, ImageIds)).filter(isCvmImage));
    return { TotalCount: images.length, ImageSet: pageOf(images, page).map(cvmImage) };
  },
});

export const describeImageQuota = wireAction({
  parameters: z.strictObject({}),
  async run(_, service) {
    const { region, account } = service;
    const { quotas } = await service.getAccount();
    const quota = quotas.find((entry) => entry.region === region && entry.principal === account);
    return { ImageNumQuota: quota?.limit ?? 0 };
  },
});
