/** Image families. */
import * as z from 'zod';
import { lineOf } from '../../../model/fields.ts';
import { tagValueBytesMax } from '../../../model/limits.ts';
import { wireAction } from '../../wire.ts';
import { Text } from '../../wire-fields.ts';
import { familyOf } from '../image-tags.ts';
import { cvmImage, isCvmImage } from './image-view.ts';

/** The family of an image. Empty for none. */
export const ImageFamily = Text.pipe(lineOf(tagValueBytesMax));

/**
 * Returns the newest available image of a family, without deprecated ones. Only own images: another account could share an image
 * that it gave the name of the family.
 */
export const describeImageFromFamily = wireAction({
  parameters: z.strictObject({ ImageFamily: ImageFamily.refine((family) => family !== '', 'must not be empty') }),
  async run({ ImageFamily: family }, service) {
    const images = await service.listImages('owned');
    const image = images.find((one) => one.state === 'available' && isCvmImage(one) && familyOf(one) === family);
    return { Image: image === undefined ? null : cvmImage(image) };
  },
});
