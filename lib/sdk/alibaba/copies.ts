import * as z from 'zod';
import { ActionError, type ErrorCode } from '../../model/error.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Flag, Text } from '../wire-fields.ts';
import { invalidParameter } from './error-codes.ts';
import { CallOptions, Description, ImageId, Name, withOptions } from './parameters.ts';
import { StatedTags } from './tags.ts';

/** What is told of an image that is somebody else's, or no more. */
const othersCodes: ReadonlySet<ErrorCode> = new Set(['NotOwner', 'ImageNotFound']);

/**
 * Copies an own image, within its region or to another one, or saves a shared one as the caller's own within its region.
 * The copy has the image's description and tags, or those that the call states.
 */
export const copyImage = wireAction({
  parameters: z.object({
    ...CallOptions,
    ImageId,
    DestinationRegionId: Text.optional(),
    DestinationImageName: Name.optional(),
    DestinationDescription: Description.optional(),
    Tag: StatedTags.optional(),
    Encrypted: Flag.optional(),
  }),
  run: ({ ImageId: imageId, DestinationRegionId, DestinationImageName: name, ...parameters }, service) =>
    withOptions(parameters, service, async (calls) => {
      const { region } = service;
      const destinationRegion = DestinationRegionId === undefined ? region : service.regionNamed(DestinationRegionId);
      const isWithinRegion = destinationRegion === region;
      if (parameters.Encrypted === true && (await calls.image(imageId)).encryption === 'none') {
        throw new ProviderError(invalidParameter('Encrypted', 'cannot be true: copies are encrypted as their image is'));
      }
      const details = { name, description: parameters.DestinationDescription, tags: parameters.Tag };
      const copy = await calls.copyImage(imageId, { destinationRegion, ...details }).catch((failure: unknown) => {
        // What is not one's own is saved. A call that repeats another by its token may find the image in any state.
        const isOthers = failure instanceof ActionError && othersCodes.has(failure.code);
        if (isOthers && isWithinRegion) {
          return calls.saveImage(imageId, details);
        }
        throw failure;
      });
      return { ImageId: copy.imageId };
    }),
});
