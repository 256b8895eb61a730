import * as z from 'zod';
import { wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { imageItem, imageTypeOf, imageTypes, scopes, tagOf } from './image-view.ts';
import { findAll, ImageParameter, idsPerCallMax, osTypeOf, pageOf, pageParameters } from './parameters.ts';

/** Source: https://docs.ucloud.cn/api/uhost-api/describe_image. */
export const describeImage = wireAction({
  parameters: z.object({
    ...pageParameters(),
    ImageType: z.enum(imageTypes).optional(),
    OsType: z.enum(['Linux', 'Windows']).optional(),
    ImageId: ImageParameter.optional(),
    ImageIds: z.array(ImageParameter).max(idsPerCallMax).default([]),
    Tag: Text.optional(),
  }),
  async run({ ImageType, OsType, ImageId, ImageIds, Tag: tag, ...page }, service) {
    const ids = ImageId === undefined ? ImageIds : [ImageId, ...ImageIds];
    const scope = ImageType === undefined ? 'all' : scopes[ImageType];
    const candidates = ids.length > 0 ? await findAll(ids, service.getImage, 'ImageNotFound') : await service.listImages(scope);
    const images = candidates.filter(
      (image) =>
        (ImageType ?? imageTypeOf(image)) === imageTypeOf(image) &&
        (OsType ?? osTypeOf(image.os)) === osTypeOf(image.os) &&
        (tag ?? tagOf(image)) === tagOf(image),
    );
    return { TotalCount: images.length, ImageSet: pageOf(images, page).map(imageItem) };
  },
});
