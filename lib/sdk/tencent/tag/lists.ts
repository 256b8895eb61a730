/** Lists the tags of images. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Region } from '../../../model/ids.ts';
import type { ImageView } from '../../../model/views/image.ts';
import { findImage, findImages } from '../../find-image.ts';
import type { Service } from '../../service.ts';
import { type Fields, ProviderError, wireAction } from '../../wire.ts';
import { Integer, NfcText, Text } from '../../wire-fields.ts';
import { truncate } from '../error-codes.ts';
import { tagsIn } from '../image-tags.ts';
import { atLeastOne, ImageParameter, pageOf } from '../parameters.ts';
import { isRegionOfCloud } from '../regions.ts';
import { describeResource, findDescribed, imagePrefix, imageService, parseResource } from './resources.ts';

const pageMax = 1_000;
const limitError = `must be from 1 to ${pageMax}`;
const pageParameters = {
  Offset: Integer.pipe(z.number().min(0, 'must not be negative')).default(0),
  Limit: Integer.pipe(z.number().min(1, limitError).max(pageMax, limitError)).default(15),
};

const sortedTags = (image: ImageView) => Object.entries(tagsIn(image)).sort(([a], [b]) => (a < b ? -1 : 1));

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/**
 * A row for each tag, by key, so that pages don't overlap. Source: the data type TagResource in
 * github.com/TencentCloud/tencentcloud-sdk-go, tag/v20180813/models.go.
 */
const rowsOf = (image: ImageView): Fields[] =>
  sortedTags(image).map(([TagKey, TagValue]) => ({
    TagKey,
    TagValue,
    ResourceId: image.imageId,
    TagKeyMd5: md5(TagKey),
    TagValueMd5: md5(TagValue),
    ServiceType: imageService,
    Category: 'Custom',
  }));

/** Returns one page of rows. Throws OffsetInvalid for an offset between two pages, as the cloud documents. */
function pageOfRows(rows: readonly Fields[], page: { Offset: number; Limit: number }) {
  if (page.Offset % page.Limit !== 0) {
    throw new ProviderError({
      code: 'InvalidParameterValue.OffsetInvalid',
      message: `The parameter Offset must be a multiple of Limit, ${page.Limit}, but is ${page.Offset}.`,
    });
  }
  return { TotalCount: rows.length, ...page, rows: pageOf(rows, page) };
}

/** Returns the regions of this deployment that a filter selects. Throws RegionInvalid for a name that no region has. */
function regionsOf(name: string | undefined, { regions }: Service): readonly Region[] {
  if (name === undefined || name === '') {
    return regions;
  }
  const selected = regions.filter((region) => region === name);
  if (selected.length === 0 && !isRegionOfCloud(name)) {
    throw new ProviderError({
      code: 'InvalidParameterValue.RegionInvalid',
      message: `The parameter ResourceRegion must be a region, but is ${truncate(JSON.stringify(name))}.`,
    });
  }
  return selected;
}

const Word = Text.pipe(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'must be a name'));

/**
 * Source: the documentation of DescribeResourceTags in the SDK for Go. Other services, which have no resources here, find
 * nothing.
 */
export const describeResourceTags = wireAction({
  parameters: z.strictObject({
    CreateUin: Integer.optional(),
    ResourceRegion: Text.optional(),
    ServiceType: Word.optional(),
    ResourcePrefix: Word.optional(),
    ResourceId: Text.optional(),
    CosResourceId: Integer.pipe(z.literal([0, 1], { error: 'must be 0 or 1' })).default(0),
    ...pageParameters,
  }),
  async run({ CreateUin, ResourceRegion, ServiceType, ResourcePrefix, ResourceId, CosResourceId, ...page }, service) {
    const regions = regionsOf(ResourceRegion, service);
    const isAboutImages =
      (ServiceType ?? imageService) === imageService &&
      (ResourcePrefix ?? imagePrefix) === imagePrefix &&
      (CreateUin === undefined || String(CreateUin) === service.account) &&
      CosResourceId === 0;
    const images = isAboutImages
      ? await Promise.all(regions.map((region) => imagesIn(service.inRegion(region), ResourceId)))
      : [];
    const { rows, ...rest } = pageOfRows(images.flat().flatMap(rowsOf), page);
    return { ...rest, Rows: rows };
  },
});

/** Returns the caller's own images, or the image with this ID if the caller can see it. */
async function imagesIn(service: Service, id: string | undefined): Promise<readonly ImageView[]> {
  if (id === undefined || id === '') {
    return service.listImages('owned');
  }
  const imageId = ImageParameter.safeParse(id);
  const image = imageId.success ? await findImage(imageId.data, service) : undefined;
  return image === undefined ? [] : [image];
}

const resourceIdsMax = 50;

export const describeResourceTagsByResourceIds = wireAction({
  parameters: z.strictObject({
    ServiceType: Word,
    ResourcePrefix: Word,
    ResourceIds: atLeastOne(Text).max(resourceIdsMax, `must have at most ${resourceIdsMax} entries`),
    ResourceRegion: Text.refine((region) => region !== '', 'must not be empty for images'),
    Category: z.enum(['Custom', 'System', 'All'], { error: 'must be Custom, System, or All' }).default('All'),
    ...pageParameters,
  }),
  async run({ ServiceType, ResourcePrefix, ResourceIds, ResourceRegion, Category, ...page }, service) {
    const regions = regionsOf(ResourceRegion, service);
    const isAboutImages = ServiceType === imageService && ResourcePrefix === imagePrefix && Category !== 'System';
    const ids = isAboutImages ? [...new Set(ResourceIds)].map(requireImageId) : [];
    const images = await Promise.all(regions.map((region) => findImages(ids, service.inRegion(region))));
    const { rows, ...rest } = pageOfRows(images.flat().flatMap(rowsOf), page);
    return { ...rest, Tags: rows };
  },
});

/** Throws ResourceIdInvalid for an ID that no image can have. */
function requireImageId(id: string, index: number) {
  const imageId = ImageParameter.safeParse(id);
  if (!imageId.success) {
    throw new ProviderError({
      code: 'InvalidParameterValue.ResourceIdInvalid',
      message: `The parameter ResourceIds.${index} must be the ID of an image, but is ${truncate(JSON.stringify(id))}.`,
    });
  }
  return imageId.data;
}

/** Sources: the documentation and the error codes of GetResources in the SDK for Go. */
const resourceListMax = 10;
const tagFiltersMax = 6;
const tagValuesMax = 10;
const resultsMax = 200;
const resultsError = `must be from 1 to ${resultsMax}`;

const TagFilter = z.strictObject({ TagKey: NfcText, TagValue: z.array(NfcText).default([]) });

/** Lists the caller's own images that have tags or, with `ResourceList`, those images that the caller can see. */
export const getResources = wireAction({
  parameters: z.strictObject({
    ResourceList: z.array(Text).default([]),
    TagFilters: z.array(TagFilter).default([]),
    PaginationToken: Text.pipe(z.string().regex(/^\d{0,6}$/, 'must be the PaginationToken of a response')).default(''),
    MaxResults: Integer.pipe(z.number().min(1, resultsError).max(resultsMax, resultsError)).default(50),
  }),
  async run({ ResourceList, TagFilters, PaginationToken, MaxResults }, service) {
    requireFilters(TagFilters);
    if (ResourceList.length > resourceListMax) {
      throw new ProviderError({
        code: 'LimitExceeded.ResourceNumPerRequest',
        message: `The parameter ResourceList must have at most ${resourceListMax} entries, but has ${ResourceList.length}.`,
      });
    }
    const described = ResourceList.map((text, index) => parseResource(text, `ResourceList.${index}`, service));
    const candidates =
      described.length > 0
        ? (await findDescribed(service, described)).map(({ resource, image }) => ({ Resource: resource.text, image }))
        : (await ownImages(service)).map((image) => ({ Resource: describeResource(image), image }));
    const matching = candidates.filter(
      ({ image }) => Object.keys(tagsIn(image)).length > 0 && TagFilters.every((filter) => matches(image, filter)),
    );
    const start = described.length > 0 ? 0 : Number(PaginationToken);
    const end = described.length > 0 ? matching.length : start + MaxResults;
    return {
      PaginationToken: end < matching.length ? String(end) : '',
      ResourceTagMappingList: matching.slice(start, end).map(({ Resource, image }) => ({
        Resource,
        Tags: sortedTags(image).map(([TagKey, TagValue]) => ({ TagKey, TagValue, Category: 'Custom' })),
      })),
    };
  },
});

const ownImages = async (service: Service): Promise<readonly ImageView[]> =>
  (await Promise.all(service.regions.map((region) => service.inRegion(region).listImages('owned')))).flat();

const matches = (image: ImageView, { TagKey, TagValue }: z.output<typeof TagFilter>): boolean =>
  Object.entries(tagsIn(image)).some(([key, value]) => key === TagKey && (TagValue.length === 0 || TagValue.includes(value)));

function requireFilters(filters: readonly z.output<typeof TagFilter>[]): void {
  const refuse = (code: string, message: string): never => {
    throw new ProviderError({ code, message });
  };
  if (filters.length > tagFiltersMax) {
    refuse('LimitExceeded.TagNumPerRequest', `Specify at most ${tagFiltersMax} entries in TagFilters.`);
  }
  const keys = new Set<string>();
  for (const { TagKey, TagValue } of filters) {
    if (TagKey === '') {
      refuse('InvalidParameterValue.TagKeyEmpty', 'A tag key in TagFilters is empty.');
    }
    if (keys.has(TagKey)) {
      refuse('InvalidParameterValue.TagKeyDuplicate', `TagFilters contains the tag key ${truncate(TagKey)} more than once.`);
    }
    keys.add(TagKey);
    if (TagValue.length > tagValuesMax) {
      refuse('LimitExceeded.TagValue', `The filter ${truncate(TagKey)} must have at most ${tagValuesMax} values.`);
    }
  }
}
