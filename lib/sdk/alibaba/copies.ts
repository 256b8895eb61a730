import * as z from 'zod';
import { ActionError, type ErrorCode } from '../../model/error.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Flag, Text } from '../wire-fields.ts';
import { invalidParameter } from './error-codes.ts';
import { CallOptions, Description, ImageId, Name, runWithOptions } from './parameters.ts';
import { TagList } from './tags.ts';

/** The errors of CopyImage for an image that the caller doesn't own, or that no longer exists. */
const notOwnedCodes: ReadonlySet<ErrorCode> = new Set(['NotOwner', 'ImageNotFound']);

/**
 * Copies an image that the caller owns to any region, or saves a shared image as the caller's own in the same region. The copy
 * keeps the description and tags of the image unless the call sets new ones.
 */
export const copyImage = wireAction({
  parameters: z.object({
    ...CallOptions,
    ImageId,
    DestinationRegionId: Text.optional(),
    DestinationImageName: Name.optional(),
    DestinationDescription: Description.optional(),
    Tag: TagList.optional(),
    Encrypted: Flag.optional(),
  }),
  run: ({ ImageId: imageId, DestinationRegionId, DestinationImageName: name, ...parameters }, service) =>
    runWithOptions(parameters, service, async (api) => {
      const { region } = service;
      const destinationRegion = DestinationRegionId === undefined ? region : service.requireRegion(DestinationRegionId);
      const isWithinRegion = destinationRegion === region;
      if (parameters.Encrypted === true && (await api.getImage(imageId)).encryption === 'none') {
        throw new ProviderError(invalidParameter('Encrypted', 'cannot be true: a copy has the same encryption as its source'));
      }
      const details = { name, description: parameters.DestinationDescription, tags: parameters.Tag };
      const copy = await api.copyImage(imageId, { destinationRegion, ...details }).catch((failure: unknown) => {
        // Decided by the error and not by reading the image first: a repeated ClientToken must return the first result even if
        // the image has changed or been deleted since.
        const isNotOwned = failure instanceof ActionError && notOwnedCodes.has(failure.code);
        if (isNotOwned && isWithinRegion) {
          return api.saveSharedImage(imageId, details);
        }
        throw failure;
      });
      return { ImageId: copy.imageId };
    }),
});
