import * as z from 'zod';
import { wireAction } from '../wire.ts';
import { CallOptions, Description, ImageId, Name, withOptions } from './parameters.ts';

/** Changes an own image's name, description or whether it is deprecated; what is not stated stays. */
export const modifyImageAttribute = wireAction({
  parameters: z.object({
    DryRun: CallOptions.DryRun,
    ImageId,
    ImageName: Name.optional(),
    Description: Description.optional(),
    Status: z.enum(['Deprecated', 'Available'], { error: 'must be Deprecated or Available' }).optional(),
  }),
  run: ({ ImageId: imageId, ImageName: name, Description: description, Status, DryRun }, service) =>
    withOptions({ DryRun }, service, async (calls) => {
      await calls.updateImage(imageId, {
        name,
        description,
        deprecated: Status === undefined ? undefined : Status === 'Deprecated',
      });
      return {};
    }),
});

/** Deletes an own image. `Force` changes nothing: servers that were made from it are no obstacle, its shares always are. */
export const deleteImage = wireAction({
  parameters: z.object({ DryRun: CallOptions.DryRun, ImageId }),
  run: ({ ImageId: imageId, DryRun }, service) =>
    withOptions({ DryRun }, service, async (calls) => {
      await calls.deleteImage(imageId);
      return {};
    }),
});
