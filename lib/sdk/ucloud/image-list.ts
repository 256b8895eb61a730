import * as z from 'zod';
import { wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { imageItem, imageTypeOf, imageTypes, scopes, tagOf } from './image-view.ts';
import { foundOf, ImageParameter, idsPerCallMax, osTypeOf, paged, paging } from './parameters.ts';

/** Source: https://docs.ucloud.cn/api/uhost-api/describe_image. */
export const describeImage = wireAction({
  parameters: z.object({
    ...paging(),
    ImageType: z.enum(imageTypes).optional(),
    OsType: z.enum(['Linux', 'Windows']).optional(),
    ImageId: ImageParameter.optional(),
    ImageIds: z.array(ImageParameter).max(idsPerCallMax).default([]),
    Tag: Text.optional(),
  }),
  async run({ ImageType, OsType, ImageId, ImageIds, Tag: tag, ...page }, service) {
    const ids = ImageId === undefined ? ImageIds : [ImageId, ...ImageIds];
    const scope = ImageType === undefined ? 'all' : scopes[ImageType];
    const listed = ids.length > 0 ? await foundOf(ids, service.image, 'ImageNotFound') : await service.images(scope);
    const images = listed.filter(
      (image) =>
        (ImageType ?? imageTypeOf(image)) === imageTypeOf(image) &&
        (OsType ?? osTypeOf(image.os)) === osTypeOf(image.os) &&
        (tag ?? tagOf(image)) === tagOf(image),
    );
    return { TotalCount: images.length, ImageSet: paged(images, page).map(imageItem) };
  },
});
