/** Lists and counts CVM images. */
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Product } from '../../../model/image.ts';
import type { Numbered } from '../../../model/numbered-list.ts';
import type { ImageView } from '../../../model/views/image.ts';
import { tencentPolicy } from '../../../policies/tencent.ts';
import { findImages } from '../../find-image.ts';
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
  type FilterRules,
  Filters,
  idForm,
  selectBy,
  tagFilters,
} from '../filters.ts';
import { ImageParameter, pageOf, pageParameters, requireAtMost } from '../parameters.ts';
import { cvmImage, imageTypes, platformOf } from './image-view.ts';

/** The most IDs in one call. Undocumented; equal to the largest page of a list. */
const idsMax = 100;

interface ImagePageRequest {
  readonly service: Service;
  readonly imageIds: readonly z.output<typeof ImageParameter>[];
  readonly filters: z.output<typeof Filters>;
  readonly page: { readonly Offset: number; readonly Limit: number };
}

/**
 * Returns a page of the images for a product: of all or, if IDs are given, of those of them that the caller can see. Filters need
 * all images, except for a single one by type.
 */
export async function imagePage(
  { service, imageIds, filters, page }: ImagePageRequest,
  rules: FilterRules<ImageView>,
  product: Product,
): Promise<Numbered<ImageView>> {
  requireAtMost(idsMax, 'ImageIds', imageIds);
  const select = selectBy<ImageView>(filters, rules);
  const scope = scopeOf(filters);
  if (imageIds.length === 0 && scope !== undefined) {
    return service.numberedImages(scope, { product }, { offset: page.Offset, limit: page.Limit });
  }
  const images = imageIds.length === 0 ? await service.listImages('all') : await findImages(imageIds, service);
  const found = select(images.filter(({ products }) => products.includes(product)));
  return { total: found.length, entries: pageOf(found, page) };
}

/** Returns the part of the list that is all that the filters ask for, if there is one. */
const scopeOf = (filters: z.output<typeof Filters>): ImageView['visibility'] | 'all' | undefined =>
  filters.length === 0
    ? 'all'
    : visibilities.find((one) => isDeepStrictEqual(filters, [{ Name: 'image-type', Values: [imageTypes[one]] }]));

const visibilities = ['owned', 'shared', 'public'] as const;

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
    const { total, entries } = await imagePage({ service, imageIds: ImageIds, filters, page }, filterRules, 'standard');
    return { TotalCount: total, ImageSet: entries.map(cvmImage) };
  },
});

export const describeImageQuota = wireAction({
  parameters: z.strictObject({}),
  async run(_, service) {
    const { region } = service;
    const { quotas } = await service.getAccount();
    const quota = quotas.find((entry) => entry.region === region);
    return { ImageNumQuota: quota?.limit ?? 0 };
  },
});
