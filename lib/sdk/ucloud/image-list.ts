import * as z from 'zod';
import type { ImageView } from '../../model/views/image.ts';
import { findImages } from '../find-image.ts';
import { wireAction } from '../wire.ts';
import { funcTypeOf, funcTypes, imageItem, imageTypeOf, imageTypes, scopes, tagOf } from './image-view.ts';
import { commonParameters, ImageParameter, idsPerCallMax, osTypeOf, pageOf, pageParameters, Tag } from './parameters.ts';
import { hasEntriesIn } from './zones.ts';

/** Source: https://docs.ucloud.cn/api/uhost-api/describe_image. */
export const describeImage = wireAction({
  parameters: z.object({
    ...commonParameters,
    ...pageParameters(),
    ImageType: z.enum(imageTypes).optional(),
    FuncType: z.enum(funcTypes).optional(),
    OsType: z.enum(['Linux', 'Windows']).optional(),
    ImageId: ImageParameter.optional(),
    ImageIds: z.array(ImageParameter).max(idsPerCallMax).default([]),
    Tag: Tag.optional(),
    PriceSet: z.literal([0, 1, '0', '1'], 'must be 0 or 1').optional(),
  }),
  async run({ Zone, ImageType, FuncType, OsType, ImageId, ImageIds, Tag: tag, PriceSet, ...page }, service) {
    const hasEntries = hasEntriesIn(Zone, service.region);
    const ids = ImageId === undefined ? ImageIds : [ImageId, ...ImageIds];
    const scope = ImageType === undefined ? 'all' : scopes[ImageType];
    const item = (image: ImageView) => ({ ...imageItem(image), ...(Number(PriceSet) === 1 && { PriceSet: [] }) });
    const filters = [FuncType, OsType, tag];
    if (ids.length === 0 && hasEntries && ImageType !== 'Business' && filters.every((value) => value === undefined)) {
      const { total, entries } = await service.numberedImages(scope, {}, { offset: page.Offset, limit: page.Limit });
      return { TotalCount: total, ImageSet: entries.map(item) };
    }
    const candidates = ids.length > 0 ? await findImages(ids, service) : await service.listImages(scope);
    const images = candidates.filter(
      (image) =>
        hasEntries &&
        (ImageType ?? imageTypeOf(image)) === imageTypeOf(image) &&
        (FuncType ?? funcTypeOf(image)) === funcTypeOf(image) &&
        (OsType ?? osTypeOf(image.os)) === osTypeOf(image.os) &&
        (tag ?? tagOf(image)) === tagOf(image),
    );
    return {
      TotalCount: images.length,
      ImageSet: pageOf(images, page).map(item),
    };
  },
});
