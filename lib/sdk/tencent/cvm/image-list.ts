/** The lists of CVM's images. */
import * as z from 'zod';
import type { ImageView } from '../../../model/views.ts';
import type { Service } from '../../service.ts';
import { ProviderError, wireAction } from '../../wire.ts';
import { ignored } from '../../wire-fields.ts';
import { found } from '../dry-run.ts';
import { contains, cvmFiltering, Filters, passesNothing, passing } from '../filters.ts';
import { Image, onPage, page, requireAtMost } from '../parameters.ts';
import { cvmImage, imageTypes, isOfCvm, platformOf } from './image-view.ts';

/** Ids that one call may name. The documents give no number; lists answer as many at most. */
const idsMax = 100;

/** All images, or of those that are named the ones that there are. */
export async function imagesOf(service: Service, imageIds: readonly z.output<typeof Image>[]): Promise<readonly ImageView[]> {
  requireAtMost(idsMax, 'ImageIds', imageIds);
  if (imageIds.length === 0) {
    return service.images('all');
  }
  const named = await Promise.all([...new Set(imageIds)].map((imageId) => found(service.image(imageId))));
  return named.filter((image) => image !== undefined);
}

const isImageType = (type: string): boolean => Object.values<string>(imageTypes).includes(type);

function isOfType(image: ImageView, type: string): boolean {
  if (!isImageType(type)) {
    throw new ProviderError({ code: cvmFiltering.unknownName, message: 'The filter image-type has no such value.' });
  }
  return imageTypes[image.visibility] === type;
}

/** Source: the documents of DescribeImages in the SDK for Node. Nothing here belongs to a dedicated cluster (CDC). */
const filtering = {
  ...cvmFiltering,
  names: {
    'image-id': (image: ImageView, value: string) => image.imageId === value,
    'image-type': isOfType,
    'image-name': (image: ImageView, value: string) => contains(image.name, value),
    platform: (image: ImageView, value: string) => contains(platformOf(image), value),
    'tag-key': (image: ImageView, value: string) => Object.hasOwn(image.tags, value),
    'tag-value': (image: ImageView, value: string) => Object.values(image.tags).includes(value),
    'dedicated-cluster-id': passesNothing,
    'cdc-cache-status': passesNothing,
  },
  prefixes: {
    'tag:': (key: string) => (image: ImageView, value: string) => Object.hasOwn(image.tags, key) && image.tags[key] === value,
  },
};

export const describeImages = wireAction({
  parameters: z.strictObject({ ImageIds: z.array(Image).default([]), Filters, ...page, ...ignored('InstanceType') }),
  async run({ ImageIds, Filters: filters, ...cut }, service) {
    if (ImageIds.length > 0 && filters.length > 0) {
      throw new ProviderError({
        code: 'InvalidParameter.InvalidParameterCoexistImageIdsFilters',
        message: 'ImageIds and Filters cannot be specified at the same time.',
      });
    }
    const images = passing((await imagesOf(service, ImageIds)).filter(isOfCvm), filters, filtering);
    return { TotalCount: images.length, ImageSet: onPage(images, cut).map(cvmImage) };
  },
});

export const describeImageQuota = wireAction({
  parameters: z.strictObject({}),
  async run(_, service) {
    const { region, account } = service;
    const { quotas } = await service.accountOverview();
    const quota = quotas.find((one) => one.region === region && one.principal === account);
    return { ImageNumQuota: quota?.limit ?? 0 };
  },
});
