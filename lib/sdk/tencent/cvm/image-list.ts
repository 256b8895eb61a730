/** Lists and counts CVM images. */
import * as z from 'zod';
import type { ImageView } from '../../../model/views.ts';
import type { Service } from '../../service.ts';
import { ProviderError, wireAction } from '../../wire.ts';
import { ignored } from '../../wire-fields.ts';
import { findImage } from '../dry-run.ts';
import { applyFilters, contains, cvmFilterLimits, Filters, matchesNothing } from '../filters.ts';
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
  const images = await Promise.all([...new Set(imageIds)].map((imageId) => findImage(service, imageId)));
  return images.filter((image) => image !== undefined);
}

const isImageType = (type: string): boolean => Object.values<string>(imageTypes).includes(type);

function isOfType(image: ImageView, type: string): boolean {
  if (!isImageType(type)) {
    throw new ProviderError({
      code: cvmFilterLimits.unknownNameCode,
      message: 'The value of the filter image-type is not supported.',
    });
  }
  return imageTypes[image.visibility] === type;
}

/** Source: the documentation of DescribeImages in the SDK for Node. Dedicated clusters (CDC) don't exist here. */
const filterRules = {
  ...cvmFilterLimits,
  byName: {
    'image-id': (image: ImageView, value: string) => image.imageId === value,
    'image-type': isOfType,
    'image-name': (image: ImageView, value: string) => contains(image.name, value),
    platform: (image: ImageView, value: string) => contains(platformOf(image), value),
    'tag-key': (image: ImageView, value: string) => Object.hasOwn(image.tags, value),
    'tag-value': (image: ImageView, value: string) => Object.values(image.tags).includes(value),
    'dedicated-cluster-id': matchesNothing,
    'cdc-cache-status': matchesNothing,
  },
  byPrefix: {
    'tag:': (key: string) => (image: ImageView, value: string) => Object.hasOwn(image.tags, key) && image.tags[key] === value,
  },
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
    const images = applyFilters((await imagesOf(service, ImageIds)).filter(isCvmImage), filters, filterRules);
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
